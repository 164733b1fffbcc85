import { describe, expect, it } from 'vitest';
import type { UserId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { Principal, Scope } from '../../src/domain/principal.ts';
import type { UsageSelection } from '../../src/domain/usageReport.ts';
import { whole } from '../support/fakeAdapter.ts';
import { house, otherCaller } from '../support/house.ts';

const everything: UsageSelection = {
  teamIds: null,
  userIds: null,
  apiKeyIds: null,
  models: null,
  providers: null,
  operations: null,
  outcomes: null,
  simulated: null,
};
const question = { from: 0, to: 86_400_000, groupBy: [], bucket: null, timeZone: 'UTC', first: 10, filter: everything } as const;
const withScopes = (...scopes: readonly Scope[]) => ({ principal: { scopes: new Set(scopes) } });

describe('the usage', () => {
  it('of its own key is all that USAGE_READ shows', async () => {
    const { gateway, caller, store } = house(withScopes('USAGE_READ'));
    await gateway.usage.report(caller, question);
    await gateway.usage.report(caller, { ...question, filter: { ...everything, apiKeyIds: [toId('k1'), toId('k2')] } });
    await gateway.usage.report(caller, { ...question, filter: { ...everything, apiKeyIds: [toId('k2')] } });
    expect(store.filters.map(({ apiKeyIds }) => apiKeyIds)).toEqual([['k1'], ['k1'], []]);
  });

  it('of a user is what was called for it, and of a client token that of its user or its own', async () => {
    const filtersOf = async (principal: Partial<Principal>) => {
      const { gateway, caller, store } = house({ principal: { scopes: new Set<Scope>(['USAGE_READ']), ...principal } });
      await gateway.usage.report(caller, { ...question, filter: { ...everything, userIds: [toId('alice'), toId('bob')] } });
      return store.filters.map(({ apiKeyIds, userIds, holders }) => ({ apiKeyIds, userIds, holders }));
    };
    const alice = { userId: toId<UserId>('alice') };
    const both = ['alice', 'bob'];
    expect(await filtersOf({ ...alice, kind: 'USER', apiKeyId: null })).toEqual([{ apiKeyIds: null, userIds: ['alice'], holders: null }]);
    expect(await filtersOf({ ...alice, kind: 'CLIENT_TOKEN' })).toEqual([{ apiKeyIds: ['k1'], userIds: ['alice'], holders: null }]);
    expect(await filtersOf({ kind: 'CLIENT_TOKEN', holder: toId('token:t') })).toEqual([
      { apiKeyIds: ['k1'], userIds: both, holders: ['token:t'] },
    ]);
  });

  it('of its organization is what USAGE_READ_ALL shows', async () => {
    const { gateway, caller, store } = house(withScopes('USAGE_READ_ALL'));
    await gateway.usage.report(caller, question);
    expect(store.filters).toMatchObject([{ organizationId: 'o1', apiKeyIds: null }]);
  });

  it('is asked for when all that has ended is in the store', async () => {
    const { gateway, caller, ledger } = house();
    await gateway.usage.report(caller, question);
    expect(ledger.flushes).toBe(1);
  });

  it.each([
    ['a range that ends before it begins', { from: 5, to: 5 }],
    ['a time zone nobody knows', { timeZone: 'Mars/Olympus' }],
    ['no rows', { first: 0 }],
    ['too many buckets', { bucket: 'HOUR' as const, to: 1501 * 3_600_000 }],
  ])('with %s is INVALID_REQUEST', async (_case, changes) => {
    const { gateway, caller } = house();
    await expect(gateway.usage.report(caller, { ...question, ...changes })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('a completion that has ended', () => {
  it('is found by its id, without its text once that is no longer kept', async () => {
    const { stream, gateway, caller, catalog, clock } = house();
    catalog.one.answer(whole('once'));
    const id = (await stream()).map(({ completionId }) => completionId).slice(0, 1);
    expect(await gateway.completions.find(caller, id)).toMatchObject([{ text: 'once', state: 'SUCCEEDED' }]);
    await clock.advance(6 * 60_000);
    expect(await gateway.completions.find(caller, id)).toMatchObject([
      { text: null, cost: { total: 30_000n }, offer: { provider: 'one' } },
    ]);
  });

  it('is found while its row is only in the write-ahead log', async () => {
    const { complete, gateway, caller, catalog, ledger } = house();
    catalog.one.answer(whole('once'));
    const { id } = await complete();
    const before = ledger.flushes;
    expect(await gateway.completions.find(caller, [id])).toMatchObject([{ id, state: 'SUCCEEDED' }]);
    expect(ledger.flushes).toBe(before + 1);
  });

  it('of another key is seen only with USAGE_READ_ALL', async () => {
    const { complete, gateway, catalog } = house();
    catalog.one.answer(whole('once'));
    const { id } = await complete();
    const other = otherCaller();
    const own = { ...other, principal: { ...other.principal, scopes: new Set<Scope>(['USAGE_READ']) } };
    expect(await gateway.completions.find(own, [id])).toEqual([null]);
    expect(await gateway.completions.find(other, [id])).toMatchObject([{ id }]);
  });
});
