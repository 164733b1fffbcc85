import { afterAll, expect, it } from 'vitest';
import type { ProviderId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import { noCost } from '../../../src/domain/price.ts';
import type { BilledLine } from '../../../src/domain/providerBill.ts';
import { reconcile } from '../../../src/domain/reconciliation.ts';
import { createIngest } from '../../../src/store/ledger/ingest.ts';
import { toRowJson } from '../../../src/store/ledger/record.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { silentLog } from '../../support/silentLog.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { anyAct, endedAttempt, newAct, newCall, newUsage, nextId, seedTenancy } from '../../support/tenancySeed.ts';

function line(day: string, amount: bigint, changes: Partial<BilledLine> = {}): BilledLine {
  return { day, model: 'chat', key: '1', amount, inputTokens: null, outputTokens: null, ...changes };
}

/** A provider that no other case knows. */
function newProvider(): ProviderId {
  return toId(`provider-${nextId()}`);
}

export function costCases(store: () => OpenedStore): void {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  const organizationId = () => toId<never>(nextId());

  function importBill(provider: ProviderId, lines: readonly BilledLine[]) {
    const act = { ...newAct('IMPORT_PROVIDER_COSTS'), organizationId: organizationId() };
    return store().costs.importBill({ provider, lines }, act);
  }

  async function billed(provider: ProviderId) {
    const found = await store().costs.billed({ provider, from: '2026-01-01', to: '2026-12-31' });
    return found.toSorted((left, right) => left.day.localeCompare(right.day) || left.model.localeCompare(right.model));
  }

  async function acts(provider: ProviderId) {
    return (await store().audit.list({ ...anyAct, subjectId: provider }, { first: 10, after: null })).items;
  }

  it('keeps a bill once, however often it comes, and writes down only what changes something', async () => {
    const provider = newProvider();
    const lines = [line('2026-10-01', 5n), line('2026-10-01', -2n, { key: '2', inputTokens: 7n }), line('2026-10-02', 1n, { model: '' })];
    expect(await importBill(provider, lines)).toEqual({ added: 3, changed: 0, removed: 0 });
    expect(await importBill(provider, lines)).toEqual({ added: 0, changed: 0, removed: 0 });
    const all = await Promise.all([importBill(provider, lines), importBill(provider, lines)]);
    expect(all.every(({ added, changed, removed }) => added + changed + removed === 0)).toBe(true);
    expect(await billed(provider)).toEqual([
      { day: '2026-10-01', model: 'chat', amount: 3n, tokens: 7n },
      { day: '2026-10-02', model: '', amount: 1n, tokens: null },
    ]);
    expect(
      (await acts(provider)).map(({ action, before, after }) => [action, before?.['lines'], after?.['lines'], after?.['billed']]),
    ).toEqual([['IMPORT_PROVIDER_COSTS', 0, 3, '4']]);
  });

  it('puts a corrected file in the place of its days, and leaves the others', async () => {
    const provider = newProvider();
    await importBill(provider, [line('2026-10-01', 5n), line('2026-10-02', 6n), line('2026-10-02', 7n, { model: 'old' })]);
    expect(await importBill(provider, [line('2026-10-02', 8n), line('2026-10-02', 9n, { model: 'new' })])).toEqual({
      added: 1,
      changed: 1,
      removed: 1,
    });
    expect((await billed(provider)).map(({ day, model, amount }) => [day, model, amount])).toEqual([
      ['2026-10-01', 'chat', 5n],
      ['2026-10-02', 'chat', 8n],
      ['2026-10-02', 'new', 9n],
    ]);
    expect((await acts(provider))[0]).toMatchObject({ before: { billed: '13', lines: 2 }, after: { billed: '17', lines: 2 } });
    expect(await billed(newProvider())).toEqual([]);
  });

  it('keeps amounts to the nanodollar beyond what a number holds', async () => {
    const provider = newProvider();
    const huge = 999_999_999_999_999_999n;
    await importBill(
      provider,
      Array.from({ length: 20 }, (_line, index) => line('2026-10-01', huge, { key: String(index) })),
    );
    expect(await billed(provider)).toMatchObject([{ amount: 20n * huge }]);
  });

  it('takes one of two imports at once after the other', async () => {
    const provider = newProvider();
    await Promise.all([importBill(provider, [line('2026-10-01', 1n)]), importBill(provider, [line('2026-10-01', 2n, { model: 'other' })])]);
    expect(await billed(provider)).toHaveLength(1);
  });

  it('books an attempt on the day of the provider’s zone on which it began', async () => {
    const provider = newProvider();
    const tenancy = await seedTenancy(store());
    const midnight = Date.UTC(2026, 9, 20);
    const attempts = [-1, 0, 3_600_000].map((offset) =>
      endedAttempt({ provider, startedAt: midnight + offset, cost: { ...noCost, total: BigInt(offset + 10), input: BigInt(offset + 10) } }),
    );
    const events = attempts.map((attempt) => newUsage(newCall(tenancy, { startedAt: midnight - 2 }), { attempts: [attempt] }));
    await createIngest({ database: store().database, folder: folder.path, log: silentLog })(events.map(toRowJson));
    const days = async (from: string, to: string, timeZone: string) =>
      (await store().costs.booked({ provider, from, to }, timeZone)).map(({ day, amount, attempts }) => [day, amount, attempts]).toSorted();
    expect(await days('2026-10-19', '2026-10-20', 'UTC')).toEqual([
      ['2026-10-19', 9n, 1],
      ['2026-10-20', 3_600_020n, 2],
    ]);
    expect(await days('2026-10-20', '2026-10-20', 'UTC')).toEqual([['2026-10-20', 3_600_020n, 2]]);
    expect(await days('2026-10-19', '2026-10-20', 'America/New_York')).toEqual([['2026-10-19', 3_600_029n, 3]]);
    expect(await days('2026-10-20', '2026-10-20', 'Europe/Berlin')).toEqual([['2026-10-20', 3_600_029n, 3]]);

    await importBill(provider, [line('2026-10-19', 9n), line('2026-10-20', 3_600_000n)]);
    const range = { provider, from: '2026-10-19', to: '2026-10-20' };
    const { rows } = reconcile(await store().costs.billed(range), await store().costs.booked(range, 'UTC'), ['DAY', 'MODEL']);
    expect(rows.map(({ day, model, billed, booked }) => [day, model, billed, booked])).toEqual([
      ['2026-10-19', 'chat', 9n, 9n],
      ['2026-10-20', 'chat', 3_600_000n, 3_600_020n],
    ]);
  });
}
