import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { Attempt } from '../../../src/domain/attempt.ts';
import { sumCosts, sumUsages } from '../../../src/domain/attempt.ts';
import type { OfferId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { Price } from '../../../src/domain/price.ts';
import { costOf, noCost, unknownPrice } from '../../../src/domain/price.ts';
import { noUsage } from '../../../src/domain/usage.ts';
import type { UsageEvent } from '../../../src/domain/usageEvent.ts';
import { createIngest } from '../../../src/store/ledger/ingest.ts';
import { toRowJson } from '../../../src/store/ledger/record.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { prices, usages } from '../../support/pricedUsage.ts';
import { silentLog } from '../../support/silentLog.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import type { Tenancy } from '../../support/tenancySeed.ts';
import { endedAttempt, newCall, newUsage, seedTenancy } from '../../support/tenancySeed.ts';

const october = { from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 10, 1) };

export function attemptCases(store: () => OpenedStore): void {
  const folder = temporaryFolder();
  afterAll(folder.remove);

  const ingest = async (...rows: readonly string[]) =>
    await createIngest({ database: store().database, folder: folder.path, log: silentLog })(rows);

  function call(tenancy: Tenancy, ...attempts: readonly Attempt[]): UsageEvent {
    return newUsage(newCall(tenancy), { attempts, usage: sumUsages(attempts), cost: sumCosts(attempts) });
  }

  async function attemptsOf({ id }: Pick<UsageEvent, 'id'>) {
    return await store().database.query('select * from usage_attempts where id = $1 order by number', [id]);
  }

  function reprice({ organization }: Tenancy, given: ReadonlyMap<OfferId, Price> | null, first = 10) {
    return store().costs.reprice({ organizationId: organization.id, ...october, prices: given, first });
  }

  it('writes one row for each attempt, as the call has it', async () => {
    const tenancy = await seedTenancy(store());
    const huge = 9_007_199_254_740_993n;
    const failed = endedAttempt({ outcome: 'FAILED', errorCode: 'UPSTREAM_TIMEOUT', usage: null, cost: null, firstTokenMs: null });
    const priced = { ...unknownPrice, input: huge, request: 1n };
    const served = endedAttempt({
      startedAt: Date.UTC(2026, 9, 20, 12, 0, 0, 7),
      answeredModel: 'chat-2026-01-01',
      providerRequestId: 'request-1',
      price: priced,
      cost: { ...noCost, total: huge, input: huge },
    });
    const event = call(tenancy, failed, served);
    await ingest(toRowJson(event));
    const rows = await attemptsOf(event);
    expect(rows).toMatchObject([
      { number: 1, outcome: 'FAILED', error_code: 'UPSTREAM_TIMEOUT', usage_basis: null, input_tokens: null, cost_total: null },
      {
        ts: event.startedAt,
        number: 2,
        organization_id: tenancy.organization.id,
        provider: 'sandbox',
        offer: 'sandbox/sandbox/chat',
        model: 'sandbox/chat',
        provider_model: 'chat',
        answered_model: 'chat-2026-01-01',
        provider_request_id: 'request-1',
        simulated: true,
        started_at: served.startedAt,
        first_token_ms: 12.5,
        duration_ms: 100,
        outcome: 'SUCCEEDED',
        error_code: null,
        input_tokens: 10,
        cached_input_tokens: null,
        output_tokens: 20,
        usage_basis: 'MEASURED',
        cost_total: huge,
        cost_input: huge,
        cost_output: 0n,
        price_input: huge,
        price_output: null,
        price_request: 1n,
        price_source: 'CATALOG',
      },
    ]);
    const [kept] = await store().usage.find(tenancy.organization.id, [event.id]);
    expect(kept?.attempts).toEqual([failed, served]);
  });

  it('writes the attempts of a call once: in one batch twice, in a late one, in several at once', async () => {
    const tenancy = await seedTenancy(store());
    const events = Array.from({ length: 20 }, () => call(tenancy, endedAttempt({}), endedAttempt({})));
    const rows = events.map(toRowJson);
    await Promise.all([ingest(...rows, ...rows), ingest(...rows.toReversed()), ingest(...rows)]);
    await ingest(...events.map((event) => toRowJson({ ...event, attempts: [endedAttempt({ outcome: 'UNKNOWN' })] })));
    const { totals } = await reprice(tenancy, null);
    expect(totals).toMatchObject({ attempts: 40, booked: 40n * 30n });
    expect((await attemptsOf(events[0] ?? { id: toId('') })).map((row) => row['outcome'])).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  it('takes rows of a log that was written before attempts had all that they have now', async () => {
    const tenancy = await seedTenancy(store());
    const event = call(tenancy, endedAttempt({}));
    const row = JSON.parse(toRowJson(event));
    for (const name of ['providerModel', 'answeredModel', 'priceSource']) delete row.attempts[0][name];
    delete row.holder;
    await ingest(JSON.stringify(row));
    expect(await attemptsOf(event)).toMatchObject([{ number: 1, provider_model: null, price_source: null, cost_total: 30n }]);
    const [kept] = await store().usage.find(tenancy.organization.id, [event.id]);
    expect(kept?.attempts).toMatchObject([{ providerModel: null, answeredModel: null, priceSource: null }]);
  });

  it('works the cost of every attempt out again to the nanodollar, whatever its tokens and prices', async () => {
    const tenancy = await seedTenancy(store());
    const drawn = fc.sample(fc.tuple(usages, prices), { seed: 12, numRuns: 300 });
    const attempts = drawn.map(([usage, price]) => endedAttempt({ usage, price, cost: costOf(usage, price) }));
    await ingest(...attempts.map((attempt) => toRowJson(call(tenancy, attempt))));
    const { totals } = await reprice(tenancy, null);
    const booked = attempts.reduce((sum, { cost }) => sum + (cost?.total ?? 0n), 0n);
    expect(totals).toEqual({ attempts: 300, booked, repriced: booked, bookedUnpriced: 0, repricedUnpriced: 0, different: 0 });

    // The same at prices that are none of theirs.
    const [, other] = drawn[1] ?? [null, unknownPrice];
    const dearer = { ...other, request: 1_234_567n };
    const expected = attempts.reduce((sum, { usage }) => sum + (costOf(usage ?? noUsage, dearer)?.total ?? 0n), 0n);
    const repriced = await reprice(tenancy, new Map([[toId<OfferId>('sandbox/sandbox/chat'), dearer]]));
    expect(repriced.totals).toMatchObject({ attempts: 300, booked, repriced: expected });
  });

  it('works the part of a shared call out in proportion: at its own price it is what is booked', async () => {
    const tenancy = await seedTenancy(store());
    const odd = { apportioned: true, cost: { ...noCost, total: 29n, input: 29n } };
    const nothingOfIt = { ...odd, usage: { ...noUsage, inputTokens: 0 }, cost: { ...noCost, total: 1n, input: 1n } };
    await ingest(toRowJson(call(tenancy, endedAttempt(odd))), toRowJson(call(tenancy, endedAttempt(nothingOfIt))));
    expect((await reprice(tenancy, null)).totals).toMatchObject({ attempts: 2, booked: 30n, repriced: 30n, different: 0 });
    const doubled = { ...unknownPrice, input: 2000n, output: 2000n };
    const { totals } = await reprice(tenancy, new Map([[toId<OfferId>('sandbox/sandbox/chat'), doubled]]));
    expect(totals).toMatchObject({ repriced: 59n, different: 1 });
  });

  it('says which attempts it cannot work out, and leaves an unknown end at its hold', async () => {
    const tenancy = await seedTenancy(store());
    const unknown = {
      outcome: 'UNKNOWN',
      usage: { ...noUsage, basis: 'ESTIMATED' },
      cost: { ...noCost, total: 500n, request: 500n },
    } as const;
    const unpriced = { offer: toId<OfferId>('local/chat'), price: unknownPrice, cost: null };
    await ingest(
      toRowJson(call(tenancy, endedAttempt(unknown))),
      toRowJson(call(tenancy, endedAttempt(unpriced))),
      toRowJson(call(tenancy, endedAttempt({ usage: null, cost: null }))),
    );
    const own = await reprice(tenancy, null);
    expect(own.totals).toEqual({ attempts: 2, booked: 500n, repriced: 500n, bookedUnpriced: 1, repricedUnpriced: 1, different: 0 });
    const current = await reprice(tenancy, new Map([[unpriced.offer, { ...unknownPrice, input: 1000n, output: 1000n }]]));
    expect(current.totals).toMatchObject({ booked: 500n, repriced: 530n, bookedUnpriced: 1, repricedUnpriced: 0, different: 1 });
    expect(current.rows.map(({ offer, booked, repriced }) => [offer, booked, repriced])).toEqual([
      ['sandbox/sandbox/chat', 500n, 500n],
      ['local/chat', 0n, 30n],
    ]);
    const first = await reprice(tenancy, null, 1);
    expect([first.rows.length, first.rowCount]).toEqual([1, 2]);
    const empty = await reprice(await seedTenancy(store()), null);
    expect(empty).toEqual({
      totals: { ...own.totals, attempts: 0, booked: 0n, repriced: 0n, bookedUnpriced: 0, repricedUnpriced: 0 },
      rows: [],
      rowCount: 0,
    });
  });
}
