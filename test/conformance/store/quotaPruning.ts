import { expect, it } from 'vitest';
import type { Budget } from '../../../src/domain/budget.ts';
import type { LeaseReport } from '../../../src/ports/quota.ts';
import { createIngest } from '../../../src/store/ledger/ingest.ts';
import { toRowJson } from '../../../src/store/ledger/record.ts';
import { settleReplica } from '../../../src/store/ledger/replica.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { createReporter, newReplica } from '../../support/leaseReports.ts';
import { silentLog } from '../../support/silentLog.ts';
import { newAct, newBudget, newCall, newUsage, seedTenancy } from '../../support/tenancySeed.ts';

const dayMs = 86_400_000;
const firstDay = { periodStart: 0, periodEnd: dayMs } as const satisfies Partial<LeaseReport>;
const tables = ['budget_windows', 'leases', 'lease_losses', 'ledger_draws', 'sliding_spends'] as const;

/** What is let go of, and what must stay. */
export function quotaPruningCases(store: () => OpenedStore): void {
  const { seedBudget, report } = createReporter(store);

  async function pruneAll(before: number): Promise<void> {
    while ((await store().quotas.prune(before)) > 0);
  }

  /** How many rows each table has about the budget. */
  async function rowsOf({ id }: Budget): Promise<readonly number[]> {
    const counts = tables.map((table) => `(select count(*)::integer from ${table} where budget_id = '${id}') as ${table}`);
    const [row] = await store().database.query(`select ${counts.join(', ')}`, []);
    return tables.map((table) => Number(row?.[table]));
  }

  async function draw(
    budget: Budget,
    replicaId: ReturnType<typeof newReplica>,
    { periodStart, amount }: { periodStart: number; amount: bigint },
  ) {
    const call = newCall(await seedTenancy(store()), { replicaId });
    const event = newUsage(call, { draws: [{ budgetId: budget.id, periodStart, amount }] });
    await createIngest({ database: store().database, folder: '', log: silentLog })([toRowJson(event)]);
  }

  it('lets go of periods that ended long ago, with all that counted in them, and of no others', async () => {
    const budget = await seedBudget({ window: 'DAY' });
    const one = newReplica();
    await report(budget, one, { ...firstDay, want: 100n });
    await report(budget, one, { periodStart: dayMs, periodEnd: 2 * dayMs, want: 100n });
    await draw(budget, one, { periodStart: 0, amount: 5n });
    await draw(budget, one, { periodStart: dayMs, amount: 5n });
    expect(await rowsOf(budget)).toEqual([2, 2, 0, 2, 0]);
    await pruneAll(dayMs + 1);
    expect(await rowsOf(budget)).toEqual([1, 1, 0, 1, 0]);
    await pruneAll(2 * dayMs + 1);
    expect(await rowsOf(budget)).toEqual([0, 0, 0, 0, 0]);
  });

  it('lets go of the leases of settled replicas, and a late word of theirs books nothing again', async () => {
    const budget = await seedBudget();
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { want: 100n });
    await report(budget, one, { granted: 100n, spent: 60n });
    await report(budget, other, { want: 10n });
    await settleReplica(store().database, one, dayMs);
    await pruneAll(dayMs);
    expect(await rowsOf(budget)).toEqual([1, 2, 0, 0, 0]);
    await pruneAll(dayMs + 1);
    expect(await rowsOf(budget)).toEqual([1, 1, 0, 0, 0]);
    expect(await report(budget, one, { granted: 100n, spent: 80n, want: 10n })).toBeUndefined();
    await settleReplica(store().database, one, 2 * dayMs);
    expect(await report(budget, other, { granted: 10n })).toMatchObject({ spentByAll: 60n, leasedByAll: 10n });
  });

  it('keeps what a replica was charged that has not been settled: its ledger may still come', async () => {
    const tenancy = await seedTenancy(store());
    const budget = newBudget(tenancy);
    await store().budgets.create(budget, newAct('CREATE_BUDGET'));
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { want: 500n });
    await store().database.exec(`update replicas set heartbeat_at = now() - interval '31 seconds' where id = '${one}'`);
    await report(budget, other, {});
    await draw(budget, one, { periodStart: 0, amount: 70n });
    await pruneAll(Date.now() + dayMs);
    expect(await rowsOf(budget)).toEqual([1, 2, 1, 1, 0]);
    await settleReplica(store().database, one, Date.now());
    expect(await report(budget, other, {})).toMatchObject({ spentByAll: 70n, leasedByAll: 0n });
  });

  it('lets go of what counted of a deleted budget', async () => {
    const budget = await seedBudget({ window: 'MINUTE' });
    const one = newReplica();
    const minute = { slidingMs: 60_000 };
    await report(budget, one, { ...minute, want: 100n });
    await report(budget, one, { ...minute, granted: 100n, spent: 40n });
    await store().database.exec(`update sliding_spends set back_at = now() - interval '1 day' where budget_id = '${budget.id}'`);
    const deletedAt = Date.now() - dayMs;
    await store().budgets.delete(budget, newAct('DELETE_BUDGET', { at: deletedAt }));
    await pruneAll(deletedAt);
    expect((await rowsOf(budget)).slice(0, 2)).toEqual([1, 1]);
    await pruneAll(deletedAt + 1);
    expect(await rowsOf(budget)).toEqual([0, 0, 0, 0, 0]);
  });

  it('does nothing while another does it', async () => {
    const budget = await seedBudget({ window: 'DAY' });
    await report(budget, newReplica(), firstDay);
    const [first, second] = await Promise.all([store().quotas.prune(dayMs + 1), store().quotas.prune(dayMs + 1)]);
    expect(first + second).toBeGreaterThan(0);
    await pruneAll(dayMs + 1);
    expect(await rowsOf(budget)).toEqual([0, 0, 0, 0, 0]);
  });
}
