import { describe, expect, it } from 'vitest';
import type { AuditAct } from '../../src/domain/audit.ts';
import type { OrganizationId, ProviderId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { Scope } from '../../src/domain/principal.ts';
import type { BillColumns } from '../../src/domain/providerBill.ts';
import type { RepricingQuestion, RepricingReport } from '../../src/domain/repricing.ts';
import type { Caller } from '../../src/gateway/caller.ts';
import { createCosts } from '../../src/gateway/cost.ts';
import type { CostStore, ProviderBill } from '../../src/ports/cost.ts';
import { createFakeLedger } from '../support/fakeLedger.ts';
import { createHouseCatalog } from '../support/houseCatalog.ts';
import { createManualClock } from '../support/manualClock.ts';
import { organization, principalWith } from '../support/things.ts';
import { unset } from '../support/unset.ts';

const columns: BillColumns = { day: 'day', model: null, amount: 'usd', currency: null, key: null, inputTokens: null, outputTokens: null };
const provider = toId<ProviderId>('sandbox');
const range = { from: 0, to: 1, first: 10 };
const sum = { attempts: 0, booked: 0n, repriced: 0n, bookedUnpriced: 0, repricedUnpriced: 0, different: 0 };
const report: RepricingReport = { totals: sum, rows: [], rowCount: 0 };

function callerWith(...scopes: readonly Scope[]): Caller {
  return { principal: principalWith(...scopes), requestId: 'request', address: '192.0.2.1' };
}
const admin = callerWith('ADMIN');

function desk() {
  const clock = createManualClock();
  const ledger = createFakeLedger(() => undefined);
  const catalog = createHouseCatalog(clock);
  const imports: (ProviderBill & { readonly act: AuditAct & { readonly organizationId: OrganizationId } })[] = [];
  const questions: RepricingQuestion[] = [];
  const store = unset<CostStore>('costs', {
    async importBill(bill, act) {
      imports.push({ ...bill, act });
      return { added: bill.lines.length, changed: 0, removed: 0 };
    },
    billed: async () => [{ day: '2026-10-01', model: 'chat', amount: 5n, tokens: null }],
    booked: async () => [],
    async reprice(question) {
      questions.push(question);
      return report;
    },
  });
  const costs = createCosts({ store: { costs: store }, ledger, catalog, clock, ids: { next: () => 'next' } });
  return {
    costs,
    imports,
    questions,
    ledger,
    catalog,
    send: (csv: string, changes: Partial<BillColumns> = {}) =>
      clock.until(costs.importBill(admin, { provider, csv, columns: { ...columns, ...changes } })),
  };
}

describe('an import of what a provider has billed', () => {
  it('hands the lines on whole, under the act of whoever imports', async () => {
    const { send, imports } = desk();
    const imported = await send('day,usd\r\n2026-10-02,0.1\r\n2026-10-01,0.2\r\n');
    expect(imported).toEqual({
      provider,
      from: '2026-10-01',
      to: '2026-10-02',
      lines: 2,
      billed: 300_000_000n,
      added: 2,
      changed: 0,
      removed: 0,
    });
    expect(imports).toMatchObject([
      {
        provider,
        lines: [{ amount: 100_000_000n }, {}],
        act: { action: 'IMPORT_PROVIDER_COSTS', organizationId: organization.id, address: '192.0.2.1' },
      },
    ]);
  });

  it('reads a large file in turns', async () => {
    const { send, imports } = desk();
    expect((await send(`day,usd\n${'2026-10-01,0.000000001\n'.repeat(20_000)}`)).billed).toBe(20_000n);
    expect(imports[0]?.lines).toHaveLength(20_000);
  });

  it.each([
    ['', 'INVALID_REQUEST', 'The file is empty; its first line must name the columns.'],
    ['day,usd\n', 'INVALID_REQUEST', 'The file has no line behind its header; nothing would be imported.'],
    ['day,usd\n2026-10-01,1\n2026-10-01,\0\n', 'INVALID_REQUEST', 'Line 3: A NUL is no text.'],
    ['day,usd\n2026-10-01,\ud800\n', 'INVALID_REQUEST', 'The file is no well-formed Unicode text.'],
    [`day,usd\n${'2026-10-01,1\n'.repeat(20_001)}`, 'PAYLOAD_TOO_LARGE', 'The file has more than 20000 lines; split it between two days.'],
    ['x'.repeat(10 * 1024 ** 2), 'PAYLOAD_TOO_LARGE', 'The file has more than 8388608 characters; split it between two days.'],
    [`day,usd\n${'x'.repeat(8_000_000)}`, 'INVALID_REQUEST', 'Line 2: A field has more than 4096 characters.'],
    [`day,usd\n${','.repeat(8_000_000)}`, 'INVALID_REQUEST', 'Line 2: There are more than 100 fields.'],
  ])('refuses file %# whole', async (csv, code, message) => {
    const { send, imports } = desk();
    await expect(send(csv)).rejects.toMatchObject({ code, message });
    expect(imports).toEqual([]);
  });

  it('refuses the bill of a provider that nobody knows', async () => {
    const { costs } = desk();
    const bill = { provider: toId<ProviderId>('nobody'), csv: 'day,usd\n2026-10-01,1\n', columns };
    await expect(costs.importBill(admin, bill)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a reconciliation', () => {
  it('counts what has ended by then', async () => {
    const { costs, ledger } = desk();
    const question = { provider, from: '2026-10-01', to: '2026-10-01', groupBy: [], timeZone: 'UTC' } as const;
    expect((await costs.reconcile(admin, question)).totals).toMatchObject({ billed: 5n, booked: null });
    expect(ledger.flushes).toBe(1);
  });
});

describe('a repricing', () => {
  it('takes each attempt at its own price, or at what its offer asks for now', async () => {
    const { costs, questions, catalog } = desk();
    await costs.reprice(admin, { ...range, organizationId: null, basis: 'SNAPSHOT' });
    await costs.reprice(admin, { ...range, organizationId: null, basis: 'CURRENT' });
    const offers = [...catalog.current().models.values()].flatMap((model) => model.offers);
    expect(questions.map(({ prices }) => prices)).toEqual([null, new Map(offers.map(({ id, price }) => [id, price]))]);
    expect(offers.length).toBeGreaterThan(0);
  });

  it('is of everyone for an ADMIN, and of one’s own organization for others', async () => {
    const { costs, questions } = desk();
    const reader = callerWith('USAGE_READ_ALL');
    const other = toId<OrganizationId>('o2');
    const ask = (caller: Caller, organizationId: OrganizationId | null) =>
      costs.reprice(caller, { ...range, organizationId, basis: 'SNAPSHOT' });
    await ask(admin, null);
    await ask(admin, other);
    await ask(reader, null);
    await expect(ask(reader, other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(questions.map(({ organizationId }) => organizationId)).toEqual([null, other, organization.id]);
  });
});
