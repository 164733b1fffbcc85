import { describe, expect, it } from 'vitest';
import { readAddressRanges } from '../../src/domain/addressRange.ts';
import type { KeyRules } from '../../src/domain/keyRules.ts';
import { noRules } from '../../src/domain/keyRules.ts';
import { noPreferences } from '../../src/domain/route.ts';
import { noUsage } from '../../src/domain/usage.ts';
import type { NewApiKey } from '../../src/gateway/administrationInput.ts';
import { whole } from '../support/fakeAdapter.ts';
import { house, requestOf } from '../support/house.ts';
import { apiKey, team } from '../support/things.ts';

const rules = (changes: Partial<KeyRules>): KeyRules => ({ ...noRules, ...changes });
const bound = (changes: Partial<KeyRules>) => house({ principal: { rules: rules(changes) } });
const route = (changes: Partial<KeyRules['route']>) => ({ route: { ...noRules.route, ...changes } });

describe('the rules of a key', () => {
  it('hold for every call alike, and the estimate shows what they leave', async () => {
    const world = bound({ ...route({ only: ['two'] }), maxOutputTokens: 7 });
    for (let call = 0; call < 2; call++) world.catalog.two.answer(whole('there'));
    const request = { route: { ...noPreferences, order: ['one'] }, maxOutputTokens: 50 };
    const { offer, considered, maxOutputTokens } = await world.gateway.estimates.estimate(world.caller, requestOf(request));
    expect([offer?.provider, maxOutputTokens]).toEqual(['two', 7]);
    expect(considered.map(({ rejected }) => rejected)).toEqual(['The API key may not use it.', null]);
    expect((await world.complete(request)).offer?.provider).toBe('two');
    await world.stream(request);
    expect(world.catalog.two.completions.map(({ call }) => call.maxOutputTokens)).toEqual([7, 7]);
    world.catalog.two.embedded({ vectors: [Float32Array.of(1)], usage: { ...noUsage, inputTokens: 1 }, providerRequestId: null });
    await world.embed({ route: { ...noPreferences, order: ['one'] } });
    expect([world.catalog.one.embeddings.length, world.catalog.two.embeddings.length]).toEqual([0, 1]);
  });

  it('bound the cost of calls that ask for no bound', async () => {
    const world = bound({ maxCost: 400_000n });
    await expect(world.complete({ maxOutputTokens: 1000 })).rejects.toMatchObject({ code: 'COST_LIMIT' });
    expect(world.catalog.one.completions).toEqual([]);
    for (const maxCost of [null, 10n ** 9n]) {
      world.catalog.one.answer(whole('there'));
      await world.complete({ maxOutputTokens: null, maxCost });
    }
    expect(world.ledger.attempts).toHaveLength(2);
    for (const { mostCost } of world.ledger.attempts) expect(mostCost).toBeLessThanOrEqual(400_000n);
  });

  it('bound the time of calls', async () => {
    const world = bound({ timeouts: { firstTokenMs: null, idleMs: null, totalMs: 1000 } });
    world.catalog.one.answer({ waitMs: 5000 }, whole('late'));
    await expect(world.complete()).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  it('refuse a model of which the key may use no offer, as FORBIDDEN and for good', async () => {
    await expect(bound(route({ only: ['three'] })).complete()).rejects.toMatchObject({ code: 'FORBIDDEN', retryable: false });
  });

  it('leave no route where a call asks only for what the key may not use', async () => {
    const asking = bound(route({ only: ['two'] })).complete({ route: { ...noPreferences, only: ['one'] } });
    await expect(asking).rejects.toMatchObject({ code: 'NO_ROUTE' });
  });

  it('leave only offers that are known to be in the regions and to keep the data policy', async () => {
    const world = bound(route({ regions: ['eu-1'], dataPolicy: 'NO_RETENTION' }));
    await expect(world.complete()).rejects.toMatchObject({ code: 'NO_ROUTE' });
    world.catalog.change('acme/chat', ({ provider }) => ({
      region: 'eu-1',
      dataPolicies: provider === 'two' ? ['NO_TRAINING', 'NO_RETENTION'] : ['NO_TRAINING'],
    }));
    world.catalog.two.answer(whole('there'));
    expect((await world.complete()).offer?.provider).toBe('two');
    world.catalog.change('acme/chat', () => ({ region: 'us-1' }));
    await expect(world.complete()).rejects.toMatchObject({ code: 'NO_ROUTE' });
  });

  it('name offers by their provider or one by one', async () => {
    const world = bound(route({ ignore: ['one/acme/chat'] }));
    world.catalog.two.answer(whole('there'));
    expect((await world.complete()).offer?.provider).toBe('two');
  });
});

describe('the addresses of a key', () => {
  const limited = () => {
    const world = house();
    world.store.rows.apiKeys[0] = { ...apiKey, allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'] };
    return world;
  };

  it.each(['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::5'])('let %s in', async (address) => {
    expect(await limited().gateway.access.authenticate('mg_k1', address)).toMatchObject({ apiKeyId: apiKey.id });
  });

  it.each(['203.0.114.9', '2001:db9::5', null])('refuse %s, without a word about where the key works', async (address) => {
    const refusal = limited().gateway.access.authenticate('mg_k1', address);
    await expect(refusal).rejects.toMatchObject({ code: 'FORBIDDEN', message: expect.not.stringMatching(/\d/), details: {} });
  });

  it('hold on a living socket from when they are changed', async () => {
    const { gateway, caller } = limited();
    const principal = await gateway.access.authenticate('mg_k1', '203.0.113.9');
    await gateway.access.renew(principal, '203.0.113.9');
    await gateway.administration.updateApiKey(caller, apiKey.id, { allowedAddresses: ['198.51.100.0/24'] });
    await expect(gateway.access.renew(principal, '203.0.113.9')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await gateway.administration.updateApiKey(caller, apiKey.id, { allowedAddresses: null });
    expect(await gateway.access.renew(principal, '203.0.113.9')).toMatchObject({ allowedAddresses: null });
  });
});

describe('what a key is given by another', () => {
  const newKey: NewApiKey = {
    teamId: team.id,
    userId: null,
    name: 'web',
    scopes: ['MODELS_READ'],
    allowedModels: null,
    allowedAddresses: null,
    labels: [],
    directives: null,
    expiresAt: null,
  };

  it.each<[what: string, changes: Partial<NewApiKey>, code: string]>([
    ['addresses outside', { allowedAddresses: ['10.0.0.0/7'] }, 'FORBIDDEN'],
    ['all addresses', { allowedAddresses: null }, 'FORBIDDEN'],
    ['looser directives', { directives: rules({ maxCost: 101n }) }, 'FORBIDDEN'],
    ['no directives', { directives: null }, 'FORBIDDEN'],
    ['an address that is none', { allowedAddresses: ['10.0.0.0/33'] }, 'INVALID_REQUEST'],
    ['no address', { allowedAddresses: [] }, 'INVALID_REQUEST'],
    ['one label twice', { labels: [1, 2].map((value) => ({ name: 'a', value: String(value) })) }, 'INVALID_REQUEST'],
    ['a label without a name', { labels: [{ name: '', value: 'a' }] }, 'INVALID_REQUEST'],
    ['a label without a value', { labels: [{ name: 'a', value: '' }] }, 'INVALID_REQUEST'],
  ])('is never %s', async (...[, changes, code]) => {
    const principal = { allowedAddresses: readAddressRanges(['10.0.0.0/8']), rules: rules({ maxCost: 100n }) };
    const { gateway, caller, store } = house({ principal });
    const within = { ...newKey, allowedAddresses: ['10.1.0.0/16'], directives: rules({ maxCost: 50n, forbidden: ['MAX_COST'] }) };
    await expect(gateway.administration.createApiKey(caller, { ...within, ...changes })).rejects.toMatchObject({ code });
    expect(store.rows.apiKeys).toHaveLength(1);
    expect(await gateway.administration.createApiKey(caller, within)).toMatchObject({ apiKey: within });
  });

  it('stands in the audit log, before and after', async () => {
    const { gateway, caller, store } = house();
    const changes = { allowedAddresses: ['10.0.0.0/8'], labels: [{ name: 'a', value: 'b' }], directives: rules({ maxCost: 5n }) };
    await gateway.administration.updateApiKey(caller, apiKey.id, changes);
    expect(store.rows.audit[0]).toMatchObject({
      before: { allowedAddresses: null, labels: [], directives: null },
      after: { allowedAddresses: ['10.0.0.0/8'], labels: [{ name: 'a', value: 'b' }], directives: { maxCost: '5' } },
    });
  });
});
