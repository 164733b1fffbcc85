import { expect, it } from 'vitest';
import type { ReplicaId } from '../../../src/domain/id.ts';
import { createIngest } from '../../../src/store/ledger/ingest.ts';
import { toRowJson } from '../../../src/store/ledger/record.ts';
import { settleReplica } from '../../../src/store/ledger/replica.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { createReporter, newReplica } from '../../support/leaseReports.ts';
import { silentLog } from '../../support/silentLog.ts';
import { newAct, newBudget, newCall, newUsage, seedTenancy } from '../../support/tenancySeed.ts';

/** What becomes of the leases of replicas that are gone or silent. */
export function quotaLossCases(store: () => OpenedStore): void {
  const { seedBudget, report } = createReporter(store);

  it('settles a replica that is gone at what its ledger proves, once', async () => {
    const tenancy = await seedTenancy(store());
    const budgets = [newBudget(tenancy), newBudget(tenancy, { meter: 'PARALLEL' })];
    const one = newReplica();
    for (const budget of budgets) {
      await store().budgets.create(budget, newAct('CREATE_BUDGET'));
      await report(budget, one, { want: 500n, spent: 40n });
    }
    const draws = budgets.map(({ id }) => ({ budgetId: id, periodStart: 0, amount: 60n }));
    const events = [1, 2].map(() => newUsage(newCall(tenancy, { replicaId: one }), { draws }));
    const ingest = createIngest({ database: store().database, folder: '', log: silentLog });
    await ingest([...events, ...events].map(toRowJson));
    for (const _time of [1, 2]) await settleReplica(store().database, one, 1000);
    const other = newReplica();
    const states = await Promise.all(budgets.map((budget) => report(budget, other, {})));
    // Parallel calls are under way no longer.
    expect(states.map((state) => [state?.spentByAll, state?.leasedByAll])).toEqual([
      [120n, 0n],
      [40n, 0n],
    ]);
  });

  /** As if it had last been heard this long ago. */
  async function silence(replicaId: ReplicaId, since: string): Promise<void> {
    await store().database.exec(`update replicas set heartbeat_at = now() - interval '${since}' where id = '${replicaId}'`);
  }

  it('charges whole what a silent replica has out, and takes it back when that is heard again', async () => {
    const budget = await seedBudget();
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { want: 500n, spent: 40n });
    await silence(one, '20 seconds');
    expect(await report(budget, other, {})).toMatchObject({ spentByAll: 40n, leasedByAll: 460n, replicas: 2 });
    await silence(one, '40 seconds');
    for (const _time of [1, 2]) expect(await report(budget, other, {})).toMatchObject({ spentByAll: 500n, leasedByAll: 0n, replicas: 1 });
    expect(await report(budget, other, { want: 600n })).toMatchObject({ granted: 500n });
    expect(await report(budget, one, { granted: 500n, spent: 90n, returned: 300n })).toMatchObject({ spentByAll: 90n, leasedByAll: 610n });
    expect(await report(budget, one, { granted: 500n, spent: 90n, returned: 300n, want: 100n })).toMatchObject({ granted: 600n });
  });

  it('gives the places of a silent replica back after an hour', async () => {
    const budget = await seedBudget({ meter: 'PARALLEL', limit: 3n });
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { want: 3n });
    await silence(one, '59 minutes');
    expect(await report(budget, other, { want: 3n })).toMatchObject({ granted: 0n, leasedByAll: 3n });
    await silence(one, '61 minutes');
    expect(await report(budget, other, { want: 3n })).toMatchObject({ granted: 3n, spentByAll: 0n, leasedByAll: 3n });
    expect(await report(budget, one, { granted: 3n })).toMatchObject({ returned: 3n });
  });

  it('spends of a lease that was charged whole what the ledger proves, and gives the rest back', async () => {
    const tenancy = await seedTenancy(store());
    const budget = newBudget(tenancy);
    await store().budgets.create(budget, newAct('CREATE_BUDGET'));
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { want: 500n, spent: 40n });
    await silence(one, '40 seconds');
    await report(budget, other, {});
    const event = newUsage(newCall(tenancy, { replicaId: one }), { draws: [{ budgetId: budget.id, periodStart: 0, amount: 140n }] });
    await createIngest({ database: store().database, folder: '', log: silentLog })([toRowJson(event)]);
    for (const _time of [1, 2]) await settleReplica(store().database, one, 1000);
    expect(await report(budget, other, {})).toMatchObject({ spentByAll: 140n, leasedByAll: 0n });
    expect(await store().database.query('select amount from lease_losses where budget_id = $1', [budget.id])).toEqual([]);
    expect(await report(budget, one, { granted: 500n, want: 100n })).toMatchObject({ granted: 500n });
  });
}
