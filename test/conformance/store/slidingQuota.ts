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

const minute = { slidingMs: 60_000 } as const satisfies Partial<LeaseReport>;

/** Limits of a minute, which hold in every one. */
export function slidingQuotaCases(store: () => OpenedStore): void {
  const { seedBudget, report } = createReporter(store);
  const seedRate = () => seedBudget({ window: 'MINUTE' });

  /** As if all of it had been so much earlier. */
  async function age({ id }: Budget, ms: number): Promise<void> {
    await store().database.exec(`update sliding_spends set back_at = back_at - interval '${ms} milliseconds' where budget_id = '${id}'`);
  }

  it('grants what was spent again when a minute and the grace have gone by, and says when that is', async () => {
    const budget = await seedRate();
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { ...minute, want: 1000n });
    const spent = await report(budget, one, { ...minute, spent: 1000n, granted: 1000n });
    expect(spent).toMatchObject({ spentByAll: 1000n, leasedByAll: 0n, comingBack: [{ amount: 1000n }] });
    const afterMs = spent?.comingBack[0]?.afterMs ?? 0;
    expect(afterMs).toBeGreaterThan(60_400);
    expect(afterMs).toBeLessThanOrEqual(61_500);
    await age(budget, 59_000);
    expect(await report(budget, other, { ...minute, want: 10n })).toMatchObject({ granted: 0n, spentByAll: 1000n });
    await age(budget, 2500);
    expect(await report(budget, other, { ...minute, want: 10n })).toMatchObject({ granted: 10n, spentByAll: 0n, comingBack: [] });
  });

  it('counts what is told late from when it was held, once, however often it is told', async () => {
    const budget = await seedRate();
    const one = newReplica();
    await report(budget, one, { ...minute, want: 900n });
    const held = [
      { upto: 300n, ageMs: 58_000 },
      { upto: 500n, ageMs: 70_000 },
      { upto: 600n, ageMs: 10_000 },
    ];
    for (const _time of [1, 2]) {
      const grant = await report(budget, one, { ...minute, spent: 700n, granted: 900n, held });
      expect(grant).toMatchObject({ spentByAll: 500n, comingBack: [{ amount: 300n }, { amount: 100n }, { amount: 100n }] });
      expect(grant?.comingBack[0]?.afterMs).toBeLessThanOrEqual(3500);
      expect(grant?.comingBack[1]?.afterMs).toBeGreaterThan(49_000);
    }
    expect(await report(budget, one, { ...minute, spent: 800n, granted: 900n, held: [...held, { upto: 800n, ageMs: 0 }] })).toMatchObject({
      spentByAll: 600n,
    });
  });

  it('leaves a lease alone by what was used of holds that are none any more', async () => {
    const budget = await seedRate();
    const one = newReplica();
    await report(budget, one, { ...minute, want: 1000n });
    const outlived = { spent: 100n, overrun: 100n, held: [{ upto: 100n, ageMs: 70_000 }] };
    expect(await report(budget, one, { ...minute, ...outlived, granted: 1000n })).toMatchObject({ spentByAll: 0n, leasedByAll: 1000n });
    const beyond = { spent: 300n, overrun: 150n };
    expect(await report(budget, one, { ...minute, ...beyond, granted: 1000n })).toMatchObject({ spentByAll: 200n, leasedByAll: 850n });
  });

  it('takes back what a silent replica has out: it comes back a minute later, and the replica holds it no more', async () => {
    const budget = await seedRate();
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { ...minute, want: 1000n });
    await report(budget, one, { ...minute, granted: 1000n, spent: 100n });
    await store().database.exec(`update replicas set heartbeat_at = now() - interval '31 seconds' where id = '${one}'`);
    expect(await report(budget, other, { ...minute, want: 10n })).toMatchObject({ granted: 0n, spentByAll: 1000n, leasedByAll: 0n });
    await age(budget, 62_000);
    expect(await report(budget, other, { ...minute, want: 1000n })).toMatchObject({ granted: 1000n });
    // What it had held before is granted after the fact, and nothing beside it.
    expect(await report(budget, one, { ...minute, granted: 1000n, spent: 150n, held: [{ upto: 150n, ageMs: 65_000 }] })).toMatchObject({
      granted: 1050n,
      returned: 900n,
      leasedByAll: 1000n,
    });
  });

  it('counts what the ledger of a dead replica proves from the moment it is known', async () => {
    const tenancy = await seedTenancy(store());
    const budget = newBudget(tenancy, { window: 'MINUTE' });
    await store().budgets.create(budget, newAct('CREATE_BUDGET'));
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { ...minute, want: 500n });
    await report(budget, one, { ...minute, granted: 500n, spent: 40n });
    const event = newUsage(newCall(tenancy, { replicaId: one }), { draws: [{ budgetId: budget.id, periodStart: 0, amount: 140n }] });
    await createIngest({ database: store().database, folder: '', log: silentLog })([toRowJson(event)]);
    for (const _time of [1, 2]) await settleReplica(store().database, one, Date.now());
    expect(await report(budget, other, { ...minute, want: 1000n })).toMatchObject({ granted: 860n, spentByAll: 140n, leasedByAll: 860n });
  });

  it('tells of a threshold again when the use had fallen below all of them', async () => {
    const budget = await seedRate();
    const one = newReplica();
    await report(budget, one, { ...minute, want: 1000n });
    const crossed = async (spent: bigint) => (await report(budget, one, { ...minute, granted: 1000n, spent }))?.crossed;
    expect([await crossed(400n), await crossed(600n), await crossed(700n)]).toEqual([null, 50, null]);
    await age(budget, 62_000);
    expect([await crossed(700n), await crossed(1000n)]).toEqual([null, null]);
    await age(budget, 62_000);
    await report(budget, one, { ...minute, granted: 1000n, spent: 1000n, want: 1000n });
    expect(await crossed(1600n)).toBe(50);
  });

  it('counts what a shadow budget would have refused, of all replicas, and tells of the first time as of the whole limit', async () => {
    const budget = await seedBudget({ shadow: true });
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { refused: 1n, refusedAmount: 30n });
    const again = { refused: 3n, refusedAmount: 70n };
    for (const _time of [1, 2]) expect(await report(budget, one, again)).toMatchObject({ refused: 3n, refusedAmount: 70n, crossed: null });
    expect(await report(budget, other, { refused: 2n, refusedAmount: 5n })).toMatchObject({ refused: 5n, refusedAmount: 75n });
    const next = await seedBudget({ shadow: true });
    expect(await report(next, one, { refused: 1n, refusedAmount: 1n })).toMatchObject({ crossed: 100 });
  });
}
