import { afterAll, expect, it } from 'vitest';
import { tokenHolder, userHolder } from '../../../src/domain/holder.ts';
import type { UserId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import { noCost, unknownPrice } from '../../../src/domain/price.ts';
import { noUsage } from '../../../src/domain/usage.ts';
import type { UsageEvent } from '../../../src/domain/usageEvent.ts';
import type { UsageFilter, UsageQuestion } from '../../../src/domain/usageReport.ts';
import { createIngest } from '../../../src/store/ledger/ingest.ts';
import { toRowJson } from '../../../src/store/ledger/record.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { silentLog } from '../../support/silentLog.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import type { Tenancy } from '../../support/tenancySeed.ts';
import { newAct, newApiKey, newCall, newUsage, nextId, seedTenancy } from '../../support/tenancySeed.ts';

function filterOf({ organization }: Tenancy): UsageFilter {
  return {
    organizationId: organization.id,
    teamIds: null,
    userIds: null,
    apiKeyIds: null,
    models: null,
    providers: null,
    operations: null,
    outcomes: null,
    simulated: null,
    holders: null,
  };
}

function question(tenancy: Tenancy, changes: Partial<UsageQuestion> = {}): UsageQuestion {
  return {
    from: Date.UTC(2026, 9, 1),
    to: Date.UTC(2026, 10, 1),
    filter: filterOf(tenancy),
    groupBy: ['MODEL'],
    bucket: null,
    timeZone: 'UTC',
    first: 10,
    ...changes,
  };
}

export function usageCases(store: () => OpenedStore): void {
  const folder = temporaryFolder();
  afterAll(folder.remove);

  async function ingest(...events: readonly UsageEvent[]): Promise<void> {
    await createIngest({ database: store().database, folder: folder.path, log: silentLog })(events.map(toRowJson));
  }

  it('gives a call back as it was written, amounts to the last nanodollar', async () => {
    const tenancy = await seedTenancy(store());
    const huge = 9_007_199_254_740_993n;
    const event = newUsage(newCall(tenancy, { userId: toId('bob'), endUser: 'e"\\ä' }), {
      cost: { ...noCost, total: huge, input: huge },
      saved: -5n,
      draws: [{ budgetId: toId(nextId()), periodStart: 0, amount: huge }],
      attempts: [
        {
          provider: toId('sandbox'),
          model: toId('sandbox/chat'),
          offer: toId('sandbox/sandbox/chat'),
          outcome: 'FAILED',
          errorCode: 'UPSTREAM_TIMEOUT',
          startedAt: 1,
          firstTokenMs: null,
          durationMs: 3,
          usage: { ...noUsage, inputTokens: 0 },
          price: { ...unknownPrice, input: huge },
          cost: { ...noCost, total: huge },
          providerRequestId: null,
          providerModel: 'chat',
          answeredModel: 'chat-2026-01-01',
          priceSource: 'CATALOG',
          apportioned: false,
        },
      ],
    });
    await ingest(event);
    expect(await store().usage.find(tenancy.organization.id, [event.id])).toEqual([event]);
    expect(await store().usage.find((await seedTenancy(store())).organization.id, [event.id])).toEqual([]);
  });

  it('writes an event that comes twice once', async () => {
    const tenancy = await seedTenancy(store());
    const event = newUsage(newCall(tenancy));
    await ingest(event, event);
    await ingest({ ...event, outcome: 'UNKNOWN' });
    expect((await store().usage.report(question(tenancy))).totals).toMatchObject({ requests: 1, errors: 0 });
  });

  it('keeps what PostgreSQL cannot keep in JSON in a form that it can', async () => {
    const tenancy = await seedTenancy(store());
    const event = newUsage(newCall(tenancy, { endUser: 'a\0b\ud800' }));
    await ingest(event);
    expect(await store().usage.find(tenancy.organization.id, [event.id])).toMatchObject([{ endUser: 'a\ufffdb\ufffd' }]);
  });

  it('makes the partition of whatever month an event belongs to', async () => {
    const tenancy = await seedTenancy(store());
    await ingest(newUsage(newCall(tenancy, { startedAt: Date.UTC(2031, 11, 31, 23, 59, 59, 999) })));
    await ingest(newUsage(newCall(tenancy, { startedAt: Date.UTC(2032, 0, 1) })));
    const range = { from: Date.UTC(2031, 0, 1), to: Date.UTC(2032, 0, 1) };
    expect((await store().usage.report(question(tenancy, range))).totals.requests).toBe(1);
  });

  it('groups by any dimensions, the dearest rows first, and counts all of them', async () => {
    const tenancy = await seedTenancy(store());
    const cost = (total: bigint) => ({ ...noCost, total, output: total });
    await ingest(
      newUsage(newCall(tenancy), { cost: cost(5n) }),
      newUsage(newCall(tenancy), { model: null, cost: null, outcome: 'FAILED', errorCode: 'NO_ROUTE', firstTokenMs: null }),
      newUsage(newCall(tenancy), { model: toId('other/chat'), cost: cost(100n) }),
      newUsage(newCall(await seedTenancy(store())), { cost: cost(1_000_000n) }),
    );
    const report = await store().usage.report(question(tenancy, { groupBy: ['MODEL', 'SIMULATED'], first: 2 }));
    expect(report.totals).toMatchObject({ requests: 3, errors: 1, cost: 105n, outputTokens: 60, firstTokenCount: 2, firstTokenMs: 25 });
    expect(report.rowCount).toBe(3);
    expect(report.rows.map(({ key, totals }) => [key, totals.cost])).toEqual([
      [{ MODEL: 'other/chat', SIMULATED: 'true' }, 100n],
      [{ MODEL: 'sandbox/chat', SIMULATED: 'true' }, 5n],
    ]);
    const unset = await store().usage.report(question(tenancy, { filter: { ...filterOf(tenancy), outcomes: ['FAILED'] } }));
    expect(unset.rows).toMatchObject([{ key: { MODEL: null }, totals: { requests: 1 } }]);
  });

  it('restricts by everything that a filter sets', async () => {
    const tenancy = await seedTenancy(store());
    const key = newApiKey(tenancy.organization, tenancy.team);
    await store().apiKeys.create(key, nextId(), newAct('CREATE_API_KEY'));
    await ingest(
      newUsage(newCall(tenancy)),
      newUsage(newCall({ ...tenancy, apiKey: key }, { userId: toId('alice'), operation: 'EMBEDDING' })),
    );
    const filters: readonly Partial<UsageFilter>[] = [
      { apiKeyIds: [key.id] },
      { userIds: [toId('alice')] },
      { operations: ['EMBEDDING'] },
      { teamIds: [tenancy.team.id], apiKeyIds: [key.id, toId('nonsense')], simulated: true, providers: [toId('sandbox')] },
    ];
    for (const filter of filters) {
      const { totals } = await store().usage.report(question(tenancy, { filter: { ...filterOf(tenancy), ...filter } }));
      expect([filter, totals.requests]).toEqual([filter, 1]);
    }
    const none = await store().usage.report(question(tenancy, { filter: { ...filterOf(tenancy), models: [] } }));
    expect([none.totals.requests, none.rows, none.rowCount]).toEqual([0, [], 0]);
  });

  it('keeps the calls of users without a key, and tells holders apart', async () => {
    const tenancy = await seedTenancy(store());
    const alice = { apiKeyId: null, userId: toId<UserId>('alice'), holder: userHolder(tenancy.organization.id, toId('alice')) };
    const ofUser = newUsage(newCall(tenancy, alice));
    const ofKey = newUsage(newCall(tenancy));
    const ofToken = newUsage(newCall(tenancy, { holder: tokenHolder(toId('t')) }));
    await ingest(ofUser, ofKey, ofToken);
    const list = async (filter: Partial<UsageFilter>) =>
      (await store().usage.list({ ...filterOf(tenancy), ...filter }, { first: 5, after: null })).items;
    expect(await list({ userIds: [alice.userId] })).toEqual([ofUser]);
    expect(await list({ apiKeyIds: [tenancy.apiKey.id] })).toEqual([ofToken, ofKey]);
    expect(await list({ holders: [ofToken.holder] })).toEqual([ofToken]);
    expect(await list({ holders: [] })).toEqual([]);
    const { rows } = await store().usage.report(question(tenancy, { groupBy: ['API_KEY'] }));
    expect(new Map(rows.map(({ key, totals }) => [key.API_KEY, totals.requests]))).toEqual(
      new Map([
        [null, 1],
        [tenancy.apiKey.id, 2],
      ]),
    );
  });

  it('reads the rows of a version that knew no holders but keys', async () => {
    const tenancy = await seedTenancy(store());
    const event = newUsage(newCall(tenancy));
    const { holder: _, ...older } = JSON.parse(toRowJson(event));
    await createIngest({ database: store().database, folder: folder.path, log: silentLog })([JSON.stringify(older)]);
    expect(await store().usage.find(tenancy.organization.id, [event.id])).toEqual([event]);
  });

  it('cuts days by the calendar of the time zone, also the day of 25 hours', async () => {
    const tenancy = await seedTenancy(store());
    const berlinMidnights = [Date.UTC(2026, 9, 23, 22), Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23)];
    for (const at of berlinMidnights) {
      await ingest(newUsage(newCall(tenancy, { startedAt: at })), newUsage(newCall(tenancy, { startedAt: at - 1 })));
    }
    const report = await store().usage.report(question(tenancy, { bucket: 'DAY', timeZone: 'Europe/Berlin' }));
    expect(report.rows[0]?.points.map(({ at, requests }) => [at, requests])).toEqual([
      [Date.UTC(2026, 9, 22, 22), 1],
      [Date.UTC(2026, 9, 23, 22), 2],
      [Date.UTC(2026, 9, 24, 22), 2],
      [Date.UTC(2026, 9, 25, 23), 1],
    ]);
    const hours = await store().usage.report(question(tenancy, { groupBy: [], bucket: 'HOUR', timeZone: 'Asia/Kolkata' }));
    expect(hours.rows[0]?.points.every(({ at }) => at % 3_600_000 === 1_800_000)).toBe(true);
    const weeks = await store().usage.report(question(tenancy, { bucket: 'WEEK' }));
    expect(weeks.rows[0]?.points.map(({ at }) => new Date(at).getUTCDay())).toEqual([1]);
  });

  it('lists calls newest first, page by page', async () => {
    const tenancy = await seedTenancy(store());
    const events = Array.from({ length: 3 }, () => newUsage(newCall(tenancy)));
    await ingest(...events);
    const first = await store().usage.list(filterOf(tenancy), { first: 2, after: null });
    expect(first).toEqual({ items: events.toReversed().slice(0, 2), hasMore: true });
    const rest = await store().usage.list(filterOf(tenancy), { first: 2, after: first.items[1]?.id ?? null });
    expect(rest).toEqual({ items: events.slice(0, 1), hasMore: false });
  });
}
