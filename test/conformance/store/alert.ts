import { expect, it } from 'vitest';
import type { AlertFilter, ClaimedDelivery, DeliveryTarget } from '../../../src/ports/alert.ts';
import { settleReplica } from '../../../src/store/ledger/replica.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { createReporter, newReplica } from '../../support/leaseReports.ts';
import { newAct } from '../../support/tenancySeed.ts';
import { until } from '../../support/until.ts';

const every: AlertFilter = { organizationId: null, kinds: null, budgetId: null };
const target: DeliveryTarget = { webhook: 'operators', host: 'example.com', kinds: ['BUDGET_THRESHOLD', 'BUDGET_OVERRUN'] };
const at = Date.UTC(2026, 9, 20);

export function alertCases(store: () => OpenedStore): void {
  const { seedBudget, report } = createReporter(store);

  async function alertsOf(budget: Awaited<ReturnType<typeof seedBudget>>) {
    const { items } = await store().alerts.list({ ...every, budgetId: budget.id }, { first: 100, after: null });
    return items;
  }

  /** An alert of a budget of its own, and its deliveries taken by a replica. */
  async function claimed(webhook: string, replicaId = newReplica()): Promise<ClaimedDelivery> {
    await plan();
    const budget = await seedBudget();
    await report(budget, newReplica(), { want: 500n, spent: 500n });
    await store().alerts.plan([{ ...target, webhook }], at, 100);
    const [delivery] = await claim(webhook, { replicaId });
    if (delivery === undefined) throw new Error('Nothing was due.');
    return delivery;
  }

  /** Whatever others have left. */
  async function plan() {
    return await store().alerts.plan([], at, 1000);
  }

  function claim(webhook: string, changes: { replicaId?: ReturnType<typeof newReplica>; at?: number; most?: number } = {}) {
    return store().alerts.claim({ replicaId: newReplica(), webhooks: [webhook], at, until: at + 60_000, most: 10, ...changes });
  }

  it('are raised by what is booked: of several thresholds at once the highest, each once a period', async () => {
    const budget = await seedBudget({ window: 'DAY' });
    const day = { periodStart: 0, periodEnd: 86_400_000 };
    const [one, other] = [newReplica(), newReplica()];
    await report(budget, one, { ...day, want: 900n, spent: 499n });
    expect(await alertsOf(budget)).toEqual([]);
    for (const _time of [1, 2]) await report(budget, one, { ...day, spent: 800n, granted: 900n });
    await report(budget, other, { ...day, want: 100n, spent: 50n });
    await report(budget, one, { periodStart: 86_400_000, periodEnd: 172_800_000, want: 500n, spent: 500n });
    const [next, first, ...more] = await alertsOf(budget);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ kind: 'BUDGET_THRESHOLD', budget, period: { start: 0, end: 86_400_000 }, percent: 80, used: 800n });
    expect(next).toMatchObject({ percent: 50, limit: 1000n, period: { start: 86_400_000 } });
    expect(Math.abs((first?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('tell of a call that drew more than was held for it, once a period', async () => {
    const budget = await seedBudget();
    const one = newReplica();
    await report(budget, one, { want: 100n, spent: 130n, overrun: 30n });
    await report(budget, one, { spent: 150n, overrun: 50n, granted: 100n });
    expect(await alertsOf(budget)).toMatchObject([{ kind: 'BUDGET_OVERRUN', percent: null, used: 130n }]);
  });

  it('are raised by the settling of a replica that is gone, too', async () => {
    const budget = await seedBudget();
    const one = newReplica();
    await report(budget, one, { want: 900n });
    await store().database.query(
      'insert into ledger_draws (replica_id, budget_id, period_start, amount) values ($1, $2, to_timestamp(0), $3)',
      [one, budget.id, 600],
    );
    await settleReplica(store().database, one, 1000);
    expect(await alertsOf(budget)).toMatchObject([{ percent: 50, used: 600n }]);
  });

  it('are not raised by a rate, and not by a budget that is deleted', async () => {
    const [rate, deleted] = [await seedBudget({ window: 'MINUTE', meter: 'REQUESTS' }), await seedBudget()];
    await store().budgets.delete(deleted, newAct('DELETE_BUDGET'));
    for (const budget of [rate, deleted]) await report(budget, newReplica(), { want: 900n, spent: 900n });
    expect([await alertsOf(rate), await alertsOf(deleted)]).toEqual([[], []]);
  });

  it('stay when their budget is deleted, and are listed by organization and kind', async () => {
    const budget = await seedBudget();
    await report(budget, newReplica(), { want: 100n, spent: 600n, overrun: 500n });
    await store().budgets.delete(budget, newAct('DELETE_BUDGET'));
    const { organizationId } = budget;
    const page = { first: 1, after: null };
    const first = await store().alerts.list({ ...every, organizationId }, page);
    expect(first).toMatchObject({ hasMore: true, items: [{ budget: { id: budget.id } }] });
    const rest = await store().alerts.list({ ...every, organizationId }, { first: 10, after: first.items[0]?.id ?? null });
    expect([...first.items, ...rest.items].map(({ kind }) => kind).sort()).toEqual(['BUDGET_OVERRUN', 'BUDGET_THRESHOLD']);
    const overruns = await store().alerts.list({ ...every, organizationId, kinds: ['BUDGET_OVERRUN'] }, page);
    expect(overruns).toMatchObject({ hasMore: false, items: [{ kind: 'BUDGET_OVERRUN' }] });
  });

  it('are read behind an id, in the order of their times', async () => {
    const budget = await seedBudget();
    const before = (await store().alerts.newest()) ?? '00000000-0000-0000-0000-000000000000';
    const one = newReplica();
    for (const spent of [500n, 800n, 1000n]) await report(budget, one, { want: 1000n, granted: 1000n, spent });
    const behind = await store().alerts.behind(before as never, 2);
    expect(behind.map(({ percent }) => percent)).toEqual([50, 80]);
    expect(behind.map(({ id }) => id[14])).toEqual(['7', '7']);
    expect((await store().alerts.behind(behind[1]?.id as never, 10)).map(({ id }) => id)).toEqual([await store().alerts.newest()]);
  });

  it('are heard by who listens', async ({ skip }) => {
    if (store().database.engine === 'postgres') skip('the suite opens a store that does not listen: see test/system/alerts.test.ts');
    let heard = 0;
    using _listener = store().alerts.onAlert(() => heard++);
    await report(await seedBudget(), newReplica(), { want: 1000n, spent: 1000n });
    await until('it is heard', () => heard > 0);
    expect(heard).toBe(1);
  });

  it('are planned once over two replicas at once, for the webhooks that want their kind', async () => {
    await plan();
    const budgets = await Promise.all([1, 2, 3].map(() => seedBudget()));
    for (const budget of budgets) await report(budget, newReplica(), { want: 100n, spent: 500n, overrun: 400n });
    const targets = [
      { ...target, webhook: 'all' },
      { ...target, webhook: 'overruns', kinds: ['BUDGET_OVERRUN'] as const },
    ];
    const planned = await Promise.all([1, 2, 3].map(() => store().alerts.plan(targets, at, 100)));
    const ids = planned.flat().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([6, 6]);
    const made = await store().alerts.deliveries(ids);
    expect(made.filter(({ webhook }) => webhook === 'all')).toHaveLength(6);
    expect(made.filter(({ webhook }) => webhook === 'overruns')).toHaveLength(3);
    expect(made[0]).toMatchObject({ host: 'example.com', state: 'PENDING', attempts: 0, status: null, nextAt: at });
  });

  it('go to one of several replicas that take deliveries at once', async () => {
    await plan();
    const budgets = await Promise.all([1, 2, 3, 4].map(() => seedBudget()));
    for (const budget of budgets) await report(budget, newReplica(), { want: 500n, spent: 500n });
    await store().alerts.plan([{ ...target, webhook: 'race' }], at, 100);
    const taken = await Promise.all([1, 2, 3, 4].map(() => claim('race', { most: 3 })));
    const ids = taken.flat().map(({ alert }) => alert.id);
    expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
    expect(taken.flat()[0]).toMatchObject({ webhook: 'race', attempts: 1, createdAt: at, alert: { percent: 50 } });
    expect(await claim('race')).toEqual([]);
  });

  it('are taken over from a replica that died, whose late word then counts for nothing', async () => {
    const dead = newReplica();
    const first = await claimed('dead', dead);
    expect(await claim('dead', { at: at + 59_999 })).toEqual([]);
    expect(await store().alerts.dueAt(['dead'])).toBe(at + 60_000);
    const heir = newReplica();
    const [second] = await claim('dead', { replicaId: heir, at: at + 60_000 });
    expect(second).toMatchObject({ attempts: 2, alert: { id: first.alert.id } });
    await store().alerts.settle(first, dead, { state: 'FAILED', status: 500, nextAt: null });
    expect(await store().alerts.deliveries([first.alert.id])).toMatchObject([{ state: 'PENDING', attempts: 2 }]);
    if (second !== undefined) await store().alerts.settle(second, heir, { state: 'DELIVERED', status: 204, nextAt: null });
    expect(await store().alerts.deliveries([first.alert.id])).toMatchObject([
      { state: 'DELIVERED', attempts: 2, status: 204, nextAt: null },
    ]);
    expect(await claim('dead', { at: at + 600_000 })).toEqual([]);
    expect(await store().alerts.dueAt(['dead'])).toBeNull();
  });

  it('are tried again when that is due, and a try that was not made is not counted', async () => {
    const one = newReplica();
    const first = await claimed('again', one);
    await store().alerts.settle(first, one, { state: 'PENDING', status: 503, nextAt: at + 5000 });
    expect(await claim('again', { at: at + 4999 })).toEqual([]);
    expect(await claim('another', { at: at + 5000 })).toEqual([]);
    const [second] = await claim('again', { replicaId: one, at: at + 5000 });
    if (second !== undefined)
      await store().alerts.settle(second, one, { state: 'PENDING', status: 503, nextAt: at + 5000, released: true });
    expect(await claim('again', { at: at + 5000 })).toMatchObject([{ attempts: 2 }]);
  });
}
