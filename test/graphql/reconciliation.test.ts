import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import { reconcile } from '../../src/domain/reconciliation.ts';
import type { CostService } from '../../src/gateway/costService.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { createGraphClient } from '../support/graphClient.ts';
import { principalWith } from '../support/things.ts';

const client = (costs: Partial<CostService> = {}) => createGraphClient(fakeGateway({ costs }));

const names = { answeredModel: null, providerModel: 'chat', model: toId<never>('acme/chat') };
const compared = reconcile(
  [
    { day: '2026-10-01', model: 'chat', amount: 2_000_000_000n, tokens: 30n },
    { day: '2026-10-02', model: '', amount: -1n, tokens: null },
  ],
  [{ ...names, day: '2026-10-01', amount: 1_500_000_000n, tokens: 29n, attempts: 3, unpriced: 1, unknown: 1 }],
  ['DAY', 'MODEL'],
);

describe('a reconciliation in the graph', () => {
  const source = `query ($provider: String! = "openai", $range: DateRange! = { from: "2026-10-01", to: "2026-10-02" }, $timeZone: String, $first: Int) {
    reconciliation(provider: $provider, range: $range, timeZone: $timeZone, first: $first) {
      provider timeZone rowCount totals { status billed booked }
      rows { day model status billed booked difference differencePercent billedTokens bookedTokens attempts unpriced unknown }
    }
  }`;

  it('shows both sides and how far they are apart', async () => {
    const { ask } = client({ reconcile: async () => compared });
    const { data, errors } = await ask({ source, variables: { first: 1 } });
    expect(errors).toBeUndefined();
    expect(data.reconciliation).toEqual({
      provider: 'openai',
      timeZone: 'UTC',
      rowCount: 2,
      totals: { status: 'MATCHED', billed: '1.999999999', booked: '1.5' },
      rows: [
        {
          day: '2026-10-01',
          model: 'chat',
          status: 'MATCHED',
          billed: '2',
          booked: '1.5',
          difference: '0.5',
          differencePercent: 25,
          billedTokens: 30,
          bookedTokens: 29,
          attempts: 3,
          unpriced: 1,
          unknown: 1,
        },
      ],
    });
    const all = await ask({ source });
    expect(all.data.reconciliation.rows[1]).toMatchObject({ model: null, status: 'ONLY_BILLED', billed: '-0.000000001', difference: null });
  });

  it.each([
    [{ range: { from: '2026-10-02', to: '2026-10-01' } }, 'INVALID_REQUEST'],
    [{ range: { from: '2025-10-01', to: '2026-10-02' } }, 'INVALID_REQUEST'],
    [{ range: { from: '2026-02-30', to: '2026-10-02' } }, 'BAD_USER_INPUT'],
    [{ timeZone: 'Mars/Olympus' }, 'INVALID_REQUEST'],
    [{ first: 10_001 }, 'INVALID_REQUEST'],
    [{ provider: '' }, 'INVALID_REQUEST'],
  ])('refuses %j', async (variables, code) => {
    const { errors } = await client().ask({ source, variables });
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  it('is the operator’s alone, as is the import', async () => {
    const { ask } = client({ reconcile: async () => compared });
    const principal = principalWith('USAGE_READ_ALL', 'KEYS_MANAGE', 'AUDIT_READ');
    expect((await ask({ source, principal })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const imported = await ask({ source: importing, variables: { mapping: { day: 'd', amount: 'a' } }, principal });
    expect(imported.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

const importing = `mutation ($mapping: ProviderCostMappingInput!) {
  importProviderCosts(input: { provider: "openai", csv: "d,a", mapping: $mapping }) { provider from to lines billed added changed removed }
}`;

describe('an import in the graph', () => {
  it('names the columns, and says what it has brought', async () => {
    const bills: unknown[] = [];
    const { ask } = client({
      async importBill(_caller, bill) {
        bills.push(bill);
        return { provider: bill.provider, from: '2026-10-01', to: '2026-10-02', lines: 2, billed: -5n, added: 1, changed: 1, removed: 0 };
      },
    });
    const { data, errors } = await ask({ source: importing, variables: { mapping: { day: 'd', amount: 'a', key: 'k' } } });
    expect(errors).toBeUndefined();
    expect(data.importProviderCosts).toMatchObject({ from: '2026-10-01', billed: '-0.000000005', added: 1 });
    const columns = { day: 'd', amount: 'a', model: null, currency: null, key: 'k', inputTokens: null, outputTokens: null };
    expect(bills).toEqual([{ provider: 'openai', csv: 'd,a', columns }]);
  });

  it.each([
    { day: '', amount: 'a' },
    { day: 'd', amount: 'a', model: 'x'.repeat(201) },
  ])('refuses the mapping %#', async (mapping) => {
    const { errors } = await client({ importBill: () => Promise.reject(new Error('It was asked.')) }).ask({
      source: importing,
      variables: { mapping },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST' } }]);
  });
});

describe('a repricing in the graph', () => {
  const source = `query ($range: DateTimeRange! = { from: "2026-10-01T00:00:00Z", to: "2026-11-01T00:00:00Z" }, $prices: RepricingBasis) {
    usageRepriced(range: $range, prices: $prices) {
      totals { attempts booked repriced difference bookedUnpriced repricedUnpriced different } rows { provider model offer totals { booked } } rowCount
    }
  }`;
  const sum = { attempts: 2, booked: 3_000_000_000n, repriced: 2_000_000_000n, bookedUnpriced: 0, repricedUnpriced: 1, different: 1 };

  it('shows what calls would cost, at today’s prices where nobody says otherwise', async () => {
    const bases: unknown[] = [];
    const row = { ...sum, provider: toId<never>('acme'), model: toId<never>('acme/chat'), offer: toId<never>('acme/acme/chat') };
    const { ask } = client({
      async reprice(_caller, { basis }) {
        bases.push(basis);
        return { totals: sum, rows: [row], rowCount: 1 };
      },
    });
    const { data, errors } = await ask({ source, principal: principalWith('USAGE_READ_ALL') });
    expect(errors).toBeUndefined();
    expect(data.usageRepriced).toMatchObject({
      totals: { attempts: 2, booked: '3', repriced: '2', difference: '-1', repricedUnpriced: 1, different: 1 },
      rows: [{ provider: 'acme', model: 'acme/chat', offer: 'acme/acme/chat', totals: { booked: '3' } }],
    });
    await ask({ source, variables: { prices: 'SNAPSHOT' } });
    expect(bases).toEqual(['CURRENT', 'SNAPSHOT']);
  });

  it('is nothing for who sees only the own usage, and takes no range beyond a year', async () => {
    const { ask } = client({ reprice: () => Promise.reject(new Error('It was asked.')) });
    expect((await ask({ source, principal: principalWith('USAGE_READ') })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const range = { from: '2024-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
    expect((await ask({ source, variables: { range } })).errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST' } }]);
  });
});
