import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Budget } from '../../../src/domain/budget.ts';
import type { ReplicaId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { LeaseGrant, LeaseReport } from '../../../src/ports/store.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { newBudget, nextId, seedTenancy } from '../../support/tenancySeed.ts';

const nothing = { periodStart: 0, periodEnd: null, spent: 0n, overrun: 0n, returned: 0n, want: 0n };

export function quotaCases(store: () => OpenedStore): void {
  async function seedBudget(changes: Partial<Budget> = {}): Promise<Budget> {
    const budget = newBudget(await seedTenancy(store()), changes);
    await store().budgets.create(budget);
    return budget;
  }

  async function report(budget: Budget, replicaId: ReplicaId, changes: Partial<LeaseReport>): Promise<LeaseGrant | undefined> {
    const [grant] = await store().quotas.sync(replicaId, [{ ...nothing, budgetId: budget.id, ...changes }]);
    return grant;
  }

  const replica = () => toId<ReplicaId>(nextId());

  it('grants what is wanted up to the limit, to all replicas together', async () => {
    const budget = await seedBudget();
    const [one, other] = [replica(), replica()];
    expect(await report(budget, one, { want: 700n })).toMatchObject({ granted: 700n, limit: 1000n, spentByAll: 0n, leasedByAll: 700n });
    expect(await report(budget, other, { want: 700n })).toMatchObject({ granted: 300n, leasedByAll: 1000n });
    expect(await report(budget, one, { returned: 200n, spent: 500n })).toMatchObject({
      granted: 700n,
      spentByAll: 500n,
      leasedByAll: 300n,
    });
    expect(await report(budget, other, { want: 700n })).toMatchObject({ granted: 500n, spentByAll: 500n, leasedByAll: 500n });
  });

  it('books a report that comes three times once, and a late one not at all', async () => {
    const budget = await seedBudget();
    const one = replica();
    await report(budget, one, { want: 500n });
    for (const _time of [1, 2, 3]) {
      expect(await report(budget, one, { spent: 120n, returned: 80n, overrun: 5n })).toMatchObject({ spentByAll: 120n, leasedByAll: 300n });
    }
    expect(await report(budget, one, { spent: 60n })).toMatchObject({ granted: 500n, spentByAll: 120n, leasedByAll: 300n });
  });

  it('refuses nothing under SOFT', async () => {
    const budget = await seedBudget({ policy: 'SOFT', limit: 10n });
    expect(await report(budget, replica(), { want: 5000n })).toMatchObject({ granted: 5000n, limit: 10n });
  });

  it('counts each period for itself', async () => {
    const budget = await seedBudget({ window: 'DAY' });
    const one = replica();
    expect(await report(budget, one, { want: 1000n, periodStart: 0, periodEnd: 86_400_000 })).toMatchObject({ granted: 1000n });
    const next = { want: 1000n, periodStart: 86_400_000, periodEnd: 172_800_000 };
    expect(await report(budget, one, next)).toMatchObject({ granted: 1000n, periodStart: 86_400_000 });
  });

  it('leaves unknown budgets out of the answer', async () => {
    const budget = await seedBudget();
    const unknown = { ...nothing, budgetId: toId<Budget['id']>(nextId()), want: 1n };
    const grants = await store().quotas.sync(replica(), [unknown, { ...nothing, budgetId: budget.id, want: 1n }]);
    expect(grants.map(({ budgetId }) => budgetId)).toEqual([budget.id]);
  });

  it('takes an overrun out of what is left, never below nothing', async () => {
    const budget = await seedBudget();
    const one = replica();
    await report(budget, one, { want: 100n });
    expect(await report(budget, one, { spent: 1300n, overrun: 1200n, want: 50n })).toMatchObject({
      granted: 100n,
      spentByAll: 1300n,
      leasedByAll: 0n,
    });
  });

  it('never grants more than the limit, in whatever order replicas ask, spend and return', async () => {
    const step = fc.record({ replica: fc.nat(3), want: fc.nat(400), spend: fc.nat(100), giveBack: fc.nat(100) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), async (rounds) => {
        const budgets = [await seedBudget(), await seedBudget({ limit: 700n })];
        const accounts = Array.from({ length: 4 }, () => ({
          id: replica(),
          leases: budgets.map(() => ({ granted: 0n, spent: 0n, returned: 0n })),
        }));
        for (const round of rounds) {
          // Each replica at most once a round, all at once: a replica has one sync under way.
          const steps = [...new Map(round.map((each) => [each.replica, each])).values()];
          await Promise.all(
            steps.map(async ({ replica: index, want, spend, giveBack }) => {
              const account = accounts[index];
              if (account === undefined) return;
              for (const lease of account.leases) {
                lease.spent += least(BigInt(spend), lease.granted - lease.spent - lease.returned);
                lease.returned += least(BigInt(giveBack), lease.granted - lease.spent - lease.returned);
              }
              const reports = budgets.map(({ id }, at) => ({ ...nothing, ...account.leases[at], budgetId: id, want: BigInt(want) }));
              // In either order: the store has its own.
              const grants = await store().quotas.sync(account.id, index % 2 === 0 ? reports : reports.toReversed());
              for (const grant of grants) {
                const lease = account.leases[budgets.findIndex(({ id }) => id === grant.budgetId)];
                if (lease !== undefined) lease.granted = grant.granted;
              }
            }),
          );
          for (const [at, budget] of budgets.entries()) {
            const out = accounts.reduce((sum, { leases }) => sum + (leases[at]?.granted ?? 0n) - (leases[at]?.returned ?? 0n), 0n);
            expect(out).toBeLessThanOrEqual(budget.limit);
          }
        }
      }),
      { numRuns: 25, seed: 7 },
    );
  }, 60_000);
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
