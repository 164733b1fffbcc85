import { describe, expect, it } from 'vitest';
import { readAddressRanges } from '../../src/domain/addressRange.ts';
import type { ClientTokenClaims } from '../../src/domain/clientToken.ts';
import type { ErrorCode } from '../../src/domain/errors.ts';
import type { UserId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import { noRules } from '../../src/domain/keyRules.ts';
import type { Scope } from '../../src/domain/principal.ts';
import { allScopes } from '../../src/domain/principal.ts';
import type { ApiKey } from '../../src/domain/tenancy.ts';
import type { NewClientToken } from '../../src/gateway/clientTokenInput.ts';
import { createClientTokens } from '../../src/identity/clientToken.ts';
import { asked, keyCaller, keyHouse, makeToken, tokenCaller } from '../support/clientTokens.ts';
import { house } from '../support/house.ts';
import { apiKey } from '../support/things.ts';

describe('a client token', () => {
  it('acts as its key, with what it was given of it', async () => {
    const world = keyHouse({ allowedModels: ['acme/chat', 'acme/small'], directives: { ...noRules, maxOutputTokens: 50 } });
    const { principal } = await tokenCaller(world, asked({}, { models: ['acme/chat'], maxOutputTokens: 40 }));
    const key = (await keyCaller(world)).principal;
    expect(principal).toEqual({
      ...key,
      kind: 'CLIENT_TOKEN',
      id: principal.id,
      holder: `token:${principal.id}`,
      scopes: new Set(['COMPLETIONS_WRITE']),
      allowedModels: ['acme/chat'],
      rules: { ...noRules, maxOutputTokens: 40 },
      expiresAt: world.clock.now() + 60_000,
    });
  });

  it('cannot write more than its key may', async () => {
    const world = keyHouse({ directives: { ...noRules, maxOutputTokens: 30 } });
    expect((await tokenCaller(world, asked({}, { maxOutputTokens: 40 }))).principal.rules?.maxOutputTokens).toBe(30);
  });

  it('expires, for who comes and for who is there', async () => {
    const world = keyHouse();
    const { access } = world.gateway;
    const token = await makeToken(world);
    const principal = await access.authenticate(token);
    await world.clock.advance(59_999);
    expect((await access.renew(principal)).id).toBe(principal.id);
    await world.clock.advance(1);
    for (const asking of [access.authenticate(token), access.renew(principal)])
      await expect(asking).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('expired') });
  });

  it('ends no later than its key', async () => {
    const { clock } = house();
    const world = keyHouse({ expiresAt: clock.now() + 10_000 });
    expect((await tokenCaller(world)).principal.expiresAt).toBe(world.clock.now() + 10_000);
  });

  it('ends with its key at once, on living sockets too', async () => {
    const world = keyHouse();
    const { access, administration } = world.gateway;
    const token = await makeToken(world);
    const principal = await access.authenticate(token);
    const ended = Promise.withResolvers<Error>();
    using _watch = access.onEnd(principal, ended.resolve);
    await administration.revokeApiKey(world.caller, apiKey.id);
    for (const asking of [access.authenticate(token), access.renew(principal)])
      await expect(asking).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('revoked') });
    expect(await ended.promise).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('ends when its key is disabled, and works again when that is taken back', async () => {
    const world = keyHouse();
    const { access, administration } = world.gateway;
    const token = await makeToken(world);
    await administration.updateApiKey(world.caller, apiKey.id, { disabled: true });
    await expect(access.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await administration.updateApiKey(world.caller, apiKey.id, { disabled: false });
    expect(await access.authenticate(token)).toMatchObject({ kind: 'CLIENT_TOKEN' });
  });

  it('loses what is taken from its key', async () => {
    const world = keyHouse();
    const { access, administration } = world.gateway;
    const token = await makeToken(world, asked({ scopes: ['COMPLETIONS_WRITE', 'MODELS_READ'] }));
    const changes = { scopes: ['MODELS_READ'] as const, allowedModels: ['acme/small'], allowedAddresses: ['192.0.2.0/24'] };
    await administration.updateApiKey(world.caller, apiKey.id, changes);
    expect(await access.authenticate(token, '192.0.2.1')).toMatchObject({
      scopes: new Set(['MODELS_READ']),
      allowedModels: ['acme/small'],
      allowedAddresses: readAddressRanges(['192.0.2.0/24']),
    });
    await expect(access.authenticate(token, '198.51.100.1')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('of a user is refused while the user is disabled, and looks the user up once', async () => {
    const world = keyHouse({ scopes: ['COMPLETIONS_WRITE', 'ACT_FOR_USERS'] });
    const { access, administration } = world.gateway;
    const alice = { organizationId: null, id: toId<UserId>('alice') };
    const token = await makeToken(world, asked({ userId: alice.id }));
    expect(await access.authenticate(token)).toMatchObject({ userId: 'alice' });
    await administration.createUser(world.caller, { ...alice, name: 'Alice' });
    const principal = await access.authenticate(token);
    const before = world.store.lookups;
    await access.authenticate(token);
    expect(world.store.lookups).toBe(before);
    await administration.updateUser(world.caller, alice, { disabled: true });
    for (const asking of [access.authenticate(token), access.renew(principal)])
      await expect(asking).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'The user is disabled.' });
    await administration.updateUser(world.caller, alice, { disabled: false });
    expect(await access.authenticate(token)).toMatchObject({ userId: 'alice' });
  });

  it('costs one look-up of its key, however often it is used', async () => {
    const world = keyHouse();
    const token = await makeToken(world);
    const reads: unknown[] = [];
    const { find } = world.store.apiKeys;
    Object.assign(world.store.apiKeys, { find: (ids: never) => find(ids).finally(() => reads.push(ids)) });
    await Promise.all([1, 2, 3].map(() => world.gateway.access.authenticate(token)));
    await world.gateway.access.authenticate(token);
    expect(reads).toEqual([[apiKey.id]]);
  });

  it('is refused when it is none of ours, or lives longer than any may', async () => {
    const world = keyHouse();
    const { access } = world.gateway;
    const claims: ClientTokenClaims = {
      id: toId('t'),
      apiKeyId: apiKey.id,
      userId: null,
      scopes: ['COMPLETIONS_WRITE'],
      models: null,
      maxOutputTokens: null,
      limits: [],
      issuedAt: world.clock.now(),
      expiresAt: world.clock.now() + 3_600_001,
    };
    const [ours, others] = [new Uint8Array(32), new Uint8Array(32).fill(9)].map(createClientTokens);
    const good = { ...claims, expiresAt: claims.issuedAt + 3_600_000 };
    expect(await access.authenticate(ours?.issue(good) ?? '')).toMatchObject({ kind: 'CLIENT_TOKEN' });
    for (const token of [ours?.issue(claims), others?.issue(good), ours?.issue({ ...good, apiKeyId: toId('k9') }), 'mg_ct_x'])
      await expect(access.authenticate(token ?? '')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('never holds a scope that no browser may have, whatever it says', async () => {
    const world = keyHouse({ scopes: allScopes });
    const claims: ClientTokenClaims = {
      id: toId('t'),
      apiKeyId: apiKey.id,
      userId: null,
      scopes: allScopes,
      models: null,
      maxOutputTokens: null,
      limits: [],
      issuedAt: 0,
      expiresAt: world.clock.now() + 1000,
    };
    const token = createClientTokens(new Uint8Array(32)).issue({ ...claims, issuedAt: world.clock.now() });
    const { scopes } = await world.gateway.access.authenticate(token);
    for (const scope of ['ADMIN', 'KEYS_MANAGE', 'MODELS_MANAGE', 'AUDIT_READ', 'ACT_FOR_USERS'] as const)
      expect(scopes.has(scope)).toBe(false);
  });
});

describe('making a client token', () => {
  const all: readonly Scope[] = ['COMPLETIONS_WRITE', 'MODELS_READ', 'ACT_FOR_USERS', 'KEYS_MANAGE', 'AUDIT_READ'];

  it.each<[what: string, key: Partial<ApiKey>, input: NewClientToken, code: ErrorCode]>([
    ['no time', {}, asked({ ttlSeconds: 0 }), 'INVALID_REQUEST'],
    ['more than an hour', {}, asked({ ttlSeconds: 3601 }), 'INVALID_REQUEST'],
    ['a part of a second', {}, asked({ ttlSeconds: 0.5 }), 'INVALID_REQUEST'],
    ['no scope', {}, asked({ scopes: [] }), 'INVALID_REQUEST'],
    ['a scope that the key lacks', {}, asked({ scopes: ['EMBEDDINGS_WRITE'] }), 'FORBIDDEN'],
    ['a scope that administers', { scopes: all }, asked({ scopes: ['KEYS_MANAGE'] }), 'FORBIDDEN'],
    ['the audit log', { scopes: all }, asked({ scopes: ['AUDIT_READ'] }), 'FORBIDDEN'],
    ['the right to name users', { scopes: all }, asked({ scopes: ['ACT_FOR_USERS'] }), 'FORBIDDEN'],
    ['everything', { scopes: ['ADMIN'] }, asked({ scopes: ['ADMIN'] }), 'FORBIDDEN'],
    ['a user', {}, asked({ userId: toId('alice') }), 'FORBIDDEN'],
    ['another user', { userId: toId('bob') }, asked({ userId: toId('alice') }), 'FORBIDDEN'],
    ['a model that the key may not ask for', { allowedModels: ['acme/chat'] }, asked({}, { models: ['acme/small'] }), 'FORBIDDEN'],
    ['no model', {}, asked({}, { models: [] }), 'INVALID_REQUEST'],
    ['a limit below nothing', {}, asked({}, { requests: -1n }), 'INVALID_REQUEST'],
    ['a limit that cannot be counted', {}, asked({}, { spend: 2n ** 63n }), 'INVALID_REQUEST'],
    ['answers of no length', {}, asked({}, { maxOutputTokens: 0 }), 'INVALID_REQUEST'],
  ])('for %s is refused', async (...[, key, input, code]) => {
    const world = keyHouse(key);
    await expect(makeToken(world, input)).rejects.toMatchObject({ code });
    expect(world.store.rows.budgets).toEqual([]);
  });

  it('for a user is allowed to a key that may name users, and to one that speaks for the user', async () => {
    const naming = keyHouse({ scopes: all });
    expect((await tokenCaller(naming, asked({ userId: toId('alice') }))).principal.userId).toBe('alice');
    const speaking = keyHouse({ userId: toId('bob') });
    expect((await tokenCaller(speaking, asked({ userId: toId('bob') }))).principal.userId).toBe('bob');
    expect((await tokenCaller(speaking)).principal.userId).toBe('bob');
  });

  it('is nothing that a token can do', async () => {
    const world = keyHouse();
    const making = world.gateway.clientTokens.createClientToken(await tokenCaller(world), asked());
    await expect(making).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('keeps nothing but its limits, and no limits of what cannot be kept', async () => {
    const world = keyHouse();
    await makeToken(world);
    expect(world.store.rows.budgets).toEqual([]);
    const { token, id } = await world.gateway.clientTokens.createClientToken(
      await keyCaller(world),
      asked({}, { requests: 3n, spend: 5n }),
    );
    expect(world.store.rows.budgets).toMatchObject([
      { scope: { type: 'CLIENT_TOKEN', id, apiKeyId: apiKey.id }, meter: 'REQUESTS', limit: 3n, endsAt: world.clock.now() + 60_000 },
      { meter: 'SPEND', limit: 5n, policy: 'STRICT' },
    ]);
    expect(world.store.rows.audit).toEqual([]);
    expect(JSON.stringify(world.store.rows.budgets, (_name, value) => String(value))).not.toContain(token);
    Object.assign(world.store.clientTokens, { keepLimits: () => Promise.reject(new Error('The database is away.')) });
    await expect(makeToken(world, asked({}, { requests: 3n }))).rejects.toThrow('away');
  });
});
