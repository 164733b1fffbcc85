import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Budget } from '../../../src/domain/budget.ts';
import type { ReplicaId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { LeaseGrant, LeaseReport } from '../../../src/ports/store.ts';
import { createIngest } from '../../../src/store/ledger/ingest.ts';
import { toRowJson } from '../../../src/store/ledger/record.ts';
import { settleReplica } from '../../../src/store/ledger/replica.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { silentLog } from '../../support/silentLog.ts';
import { newBudget, newCall, newUsage, nextId, seedTenancy } from '../../support/tenancySeed.ts';

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

  it('closes the lease of a period that has ended when nothing of it is out', async () => {
    const budget = await seedBudget({ window: 'DAY' });
    const one = replica();
    const day = { periodStart: 0, periodEnd: 86_400_000 };
    await report(budget, one, { ...day, want: 100n });
    expect(await report(budget, one, { ...day, spent: 30n, returned: 70n })).toMatchObject({
      granted: 100n,
      spentByAll: 30n,
      leasedByAll: 0n,
    });
    expect(await report(budget, one, { ...day, spent: 30n, returned: 70n, want: 50n })).toMatchObject({ granted: 100n });
  });

  it('settles a replica that is gone at what its ledger proves, once', async () => {
    const tenancy = await seedTenancy(store());
    const budgets = [newBudget(tenancy), newBudget(tenancy, { meter: 'PARALLEL' })];
    const one = replica();
    for (const budget of budgets) {
      await store().budgets.create(budget);
      await report(budget, one, { want: 500n, spent: 40n });
    }
    const draws = budgets.map(({ id }) => ({ budgetId: id, periodStart: 0, amount: 60n }));
    const events = [1, 2].map(() => newUsage(newCall(tenancy, { replicaId: one }), { draws }));
    const ingest = createIngest({ database: store().database, folder: '', log: silentLog });
    await ingest([...events, ...events].map(toRowJson));
    for (const _time of [1, 2]) await settleReplica(store().database, one, 1000);
    const other = replica();
    const states = await Promise.all(budgets.map((budget) => report(budget, other, {})));
    // Parallel calls are under way no longer.
    expect(states.map((state) => [state?.spentByAll, state?.leasedByAll])).toEqual([
      [120n, 0n],
      [40n, 0n],
    ]);
  });

  it('lowers the loss of a lease that was charged whole, and charges nothing twice', async () => {
    const tenancy = await seedTenancy(store());
    const budget = newBudget(tenancy);
    await store().budgets.create(budget);
    const one = replica();
    await report(budget, one, { want: 500n, spent: 40n });
    // As a replica that has fallen silent is charged: all that it had out is spent.
    await store().database.exec(`
      update budget_windows set spent = 500, leased = 0 where budget_id = '${budget.id}';
      insert into lease_losses (budget_id, period_start, replica_id, amount, charged_at) values ('${budget.id}', to_timestamp(0), '${one}', 460, now())`);
    const event = newUsage(newCall(tenancy, { replicaId: one }), { draws: [{ budgetId: budget.id, periodStart: 0, amount: 140n }] });
    await createIngest({ database: store().database, folder: '', log: silentLog })([toRowJson(event)]);
    await settleReplica(store().database, one, 1000);
    expect(await report(budget, replica(), {})).toMatchObject({ spentByAll: 500n, leasedByAll: 0n });
    const losses = await store().database.query('select amount from lease_losses where budget_id = $1', [budget.id]);
    expect(losses).toEqual([{ amount: 360n }]);
  });

  it('never grants more than the limit, in whatever order replicas ask, spend and return', async () => {
    const step = fc.record({ replica: fc.nat(3), want: fc.nat(400), spend: fc.nat(100), giveBack: fc.nat(100) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }), async (rounds) => {
        const budgets = [await seedBudget(), await seedBudget({ limit: 700n })];
        const accounts = Array.from({ length: 4 }, () => newAccount(replica(), budgets));
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
    const reports = [...account.leases].map(([budgetId, lease]) => ({ ...nothing, ...lease, budgetId, want: BigInt(want) }));
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
