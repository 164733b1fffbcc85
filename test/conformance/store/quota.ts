import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Budget } from '../../../src/domain/budget.ts';
import type { ReplicaId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { createReporter, newReplica, nothingToReport as nothing } from '../../support/leaseReports.ts';
import { nextId } from '../../support/tenancySeed.ts';

export function quotaCases(store: () => OpenedStore): void {
  const { seedBudget, report } = createReporter(store);

  it('grants what is wanted up to the limit, to all replicas together', async () => {
    const budget = await seedBudget();
    const [one, other] = [newReplica(), newReplica()];
    expect(await report(budget, one, { want: 700n })).toMatchObject({ granted: 700n, limit: 1000n, spentByAll: 0n, leasedByAll: 700n });
    expect(await report(budget, other, { want: 700n })).toMatchObject({ granted: 300n, leasedByAll: 1000n });
    expect(await report(budget, one, { returned: 200n, spent: 500n })).toMatchObject({
      granted: 700n,
      spentByAll: 500n,
      leasedByAll: 300n,
    });
    expect(await report(budget, other, { granted: 300n, want: 700n })).toMatchObject({
      granted: 500n,
      spentByAll: 500n,
      leasedByAll: 500n,
    });
  });

  it('books a report that comes three times once, and a late one not at all', async () => {
    const budget = await seedBudget();
    const one = newReplica();
    await report(budget, one, { want: 500n });
    for (const _time of [1, 2, 3]) {
      expect(await report(budget, one, { spent: 120n, returned: 80n, overrun: 5n })).toMatchObject({ spentByAll: 120n, leasedByAll: 300n });
    }
    expect(await report(budget, one, { spent: 60n })).toMatchObject({ granted: 500n, spentByAll: 120n, leasedByAll: 300n });
  });

  it('refuses nothing under SOFT', async () => {
    const budget = await seedBudget({ policy: 'SOFT', limit: 10n });
    expect(await report(budget, newReplica(), { want: 5000n })).toMatchObject({ granted: 5000n, limit: 10n });
  });

  it('counts each period for itself', async () => {
    const budget = await seedBudget({ window: 'DAY' });
    const one = newReplica();
    expect(await report(budget, one, { want: 1000n, periodStart: 0, periodEnd: 86_400_000 })).toMatchObject({ granted: 1000n });
    const next = { want: 1000n, periodStart: 86_400_000, periodEnd: 172_800_000 };
    expect(await report(budget, one, next)).toMatchObject({ granted: 1000n, periodStart: 86_400_000 });
  });

  it('leaves unknown budgets out of the answer', async () => {
    const budget = await seedBudget();
    const unknown = { ...nothing, budgetId: toId<Budget['id']>(nextId()), want: 1n };
    const grants = await store().quotas.sync(newReplica(), [unknown, { ...nothing, budgetId: budget.id, want: 1n }]);
    expect(grants.map(({ budgetId }) => budgetId)).toEqual([budget.id]);
  });

  it('takes an overrun out of what is left, never below nothing', async () => {
    const budget = await seedBudget();
    const one = newReplica();
    await report(budget, one, { want: 100n });
    expect(await report(budget, one, { spent: 1300n, overrun: 1200n, granted: 100n, want: 50n })).toMatchObject({
      granted: 100n,
      spentByAll: 1300n,
      leasedByAll: 0n,
    });
  });

  it('closes the lease of a period that has ended when nothing of it is out', async () => {
    const budget = await seedBudget({ window: 'DAY' });
    const one = newReplica();
    const day = { periodStart: 0, periodEnd: 86_400_000 };
    await report(budget, one, { ...day, want: 100n });
    expect(await report(budget, one, { ...day, spent: 30n, returned: 70n })).toMatchObject({
      granted: 100n,
      spentByAll: 30n,
      leasedByAll: 0n,
    });
    expect(await report(budget, one, { ...day, spent: 30n, returned: 70n, granted: 100n, want: 50n })).toMatchObject({ granted: 100n });
  });

  it('grants what an answer that was lost has granted once', async () => {
    const budget = await seedBudget();
    const one = newReplica();
    await report(budget, one, { want: 300n });
    expect(await report(budget, one, { want: 300n })).toMatchObject({ granted: 300n });
    expect(await report(budget, one, { granted: 300n, want: 100n })).toMatchObject({ granted: 400n });
  });

  it('grants nothing where it would be too little for any call that waits', async () => {
    const budget = await seedBudget();
    await report(budget, newReplica(), { want: 600n });
    const one = newReplica();
    expect(await report(budget, one, { want: 900n, least: 500n })).toMatchObject({ granted: 0n, leasedByAll: 600n });
    expect(await report(budget, one, { want: 900n, least: 400n })).toMatchObject({ granted: 400n });
  });

  it('counts a recall where others hold what is wanted, and none where it is used up', async () => {
    const budget = await seedBudget();
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { want: 600n });
    expect(await report(budget, other, { want: 400n, least: 400n, recall: true })).toMatchObject({ granted: 400n, recalls: 0n });
    expect(await report(budget, other, { granted: 400n, want: 1n, least: 1n, recall: true })).toMatchObject({ recalls: 1n, replicas: 2 });
    await report(budget, one, { spent: 600n, granted: 600n });
    expect(await report(budget, other, { granted: 400n, want: 1n, least: 1n, recall: true })).toMatchObject({ granted: 400n, recalls: 1n });
  });

  it('tells of each threshold once, and of the highest where several are reached at once', async () => {
    const budget = await seedBudget();
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { want: 1000n });
    const crossed = async (by: ReplicaId, spent: bigint) => (await report(budget, by, { spent, granted: 1000n }))?.crossed;
    expect([await crossed(one, 499n), await crossed(one, 500n), await crossed(other, 0n), await crossed(one, 1000n)]).toEqual([
      null,
      50,
      null,
      100,
    ]);
    expect(await crossed(one, 1000n)).toBeNull();
  });

  it('never grants more than the limit, in whatever order replicas ask, spend and return', async () => {
    const step = fc.record({ replica: fc.nat(3), want: fc.nat(400), spend: fc.nat(100), giveBack: fc.nat(100) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), async (rounds) => {
        const budgets = [await seedBudget(), await seedBudget({ limit: 700n })];
        const accounts = Array.from({ length: 4 }, () => newAccount(newReplica(), budgets));
        for (const round of rounds) {
          // Each replica at most once a round, all at once: a replica has one sync under way.
          const steps = new Map(round.map((each) => [each.replica, each]));
          await Promise.all([...steps].map(([index, each]) => take(accounts[index], each)));
          for (const { id, limit } of budgets) {
            const out = accounts.reduce((sum, { leases }) => sum + outOf(leases.get(id)), 0n);
            expect(out).toBeLessThanOrEqual(limit);
          }
        }
      }),
      { numRuns: 25, seed: 7 },
    );
  }, 60_000);

  async function take(account: Account | undefined, { want, spend, giveBack }: Step): Promise<void> {
    if (account === undefined) return;
    for (const lease of account.leases.values()) {
      lease.spent += least(BigInt(spend), outOf(lease) - lease.spent);
      lease.returned += least(BigInt(giveBack), outOf(lease) - lease.spent);
    }
    const wish = { want: BigInt(want), least: BigInt(spend), recall: want % 3 === 0 };
    const reports = [...account.leases].map(([budgetId, lease]) => ({ ...nothing, ...lease, ...wish, budgetId }));
    // In either order: the store has its own.
    for (const { budgetId, granted } of await store().quotas.sync(account.id, want % 2 === 0 ? reports : reports.toReversed())) {
      const lease = account.leases.get(budgetId);
      if (lease !== undefined) lease.granted = granted;
    }
  }
}

interface Step {
  readonly want: number;
  readonly spend: number;
  readonly giveBack: number;
}

interface LeaseAccount {
  granted: bigint;
  spent: bigint;
  returned: bigint;
}

interface Account {
  readonly id: ReplicaId;
  readonly leases: ReadonlyMap<Budget['id'], LeaseAccount>;
}

function newAccount(id: ReplicaId, budgets: readonly Budget[]): Account {
  return { id, leases: new Map(budgets.map((budget) => [budget.id, { granted: 0n, spent: 0n, returned: 0n }])) };
}

/** What a replica may have spent, or spend yet. */
function outOf(lease: LeaseAccount | undefined): bigint {
  return lease === undefined ? 0n : lease.granted - lease.returned;
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
