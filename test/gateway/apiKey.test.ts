import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import type { Scope } from '../../src/domain/principal.ts';
import type { ChangedApiKey } from '../../src/gateway/administrationInput.ts';
import { house } from '../support/house.ts';
import { apiKey } from '../support/things.ts';

const manager = (...more: readonly Scope[]) => ({ principal: { scopes: new Set<Scope>(['KEYS_MANAGE', 'MODELS_READ', ...more]) } });

describe('rotating a key', () => {
  it('makes a new secret, and lets the old one live until the overlap is over', async () => {
    const { gateway, caller, clock } = house(manager());
    const old = await gateway.access.authenticate('mg_k1');
    const { secret, apiKey: rotated } = await gateway.administration.rotateApiKey(caller, apiKey.id, 60);
    expect([secret, rotated.id]).toEqual(['mg_new', apiKey.id]);
    await gateway.access.authenticate('mg_new');
    await clock.advance(59_999);
    expect(await gateway.access.authenticate('mg_k1')).toMatchObject({ apiKeyId: apiKey.id });
    await gateway.access.renew(old);
    await clock.advance(1);
    await expect(gateway.access.authenticate('mg_k1')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await gateway.access.authenticate('mg_new')).toMatchObject({ apiKeyId: apiKey.id });
  });

  it('without an overlap ends the old secret at once, also on living sockets', async () => {
    const { gateway, caller } = house(manager());
    const old = await gateway.access.authenticate('mg_k1');
    await gateway.administration.rotateApiKey(caller, apiKey.id, 0);
    const fresh = await gateway.access.authenticate('mg_new');
    await expect(gateway.access.authenticate('mg_k1')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(gateway.access.renew(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await gateway.access.renew(fresh)).toBe(fresh);
  });

  it('is refused to whoever may do less than the key: its secret would be theirs', async () => {
    const { gateway, caller, store } = house(manager());
    store.rows.apiKeys.push({ ...apiKey, id: toId('k5'), scopes: ['ADMIN'] });
    await expect(gateway.administration.rotateApiKey(caller, toId('k5'), 0)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const bound = { ...caller, principal: { ...caller.principal, allowedModels: ['acme/chat'] } };
    await expect(gateway.administration.rotateApiKey(bound, apiKey.id, 0)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(store.rows.audit).toEqual([]);
  });

  it.each([-1, 2_592_001])('over %i seconds is INVALID_REQUEST', async (seconds) => {
    const { gateway, caller } = house(manager());
    await expect(gateway.administration.rotateApiKey(caller, apiKey.id, seconds)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('changing a key', () => {
  it('changes what is given and nothing else, for the next request', async () => {
    const { gateway, caller } = house(manager('USAGE_READ'));
    expect((await gateway.access.authenticate('mg_k1')).scopes).toEqual(new Set(['MODELS_READ']));
    const changed = await gateway.administration.updateApiKey(caller, apiKey.id, { name: ' other ', scopes: ['USAGE_READ', 'USAGE_READ'] });
    expect(changed).toEqual({ ...apiKey, name: 'other', scopes: ['USAGE_READ'] });
    expect((await gateway.access.authenticate('mg_k1')).scopes).toEqual(new Set(['USAGE_READ']));
  });

  it('disables it at once and lets it be taken back', async () => {
    const { gateway, caller } = house(manager());
    const principal = await gateway.access.authenticate('mg_k1');
    await gateway.administration.updateApiKey(caller, apiKey.id, { disabled: true });
    await expect(gateway.access.authenticate('mg_k1')).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The API key is disabled.',
    });
    await expect(gateway.access.renew(principal)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await gateway.administration.updateApiKey(caller, apiKey.id, { disabled: false });
    expect(await gateway.access.authenticate('mg_k1')).toMatchObject({ apiKeyId: apiKey.id });
  });

  it.each<[string, ChangedApiKey, string]>([
    ['a scope that the caller does not hold', { scopes: ['ADMIN'] }, 'FORBIDDEN'],
    ['no scope', { scopes: [] }, 'INVALID_REQUEST'],
    ['an end in the past', { expiresAt: 1 }, 'INVALID_REQUEST'],
    ['an empty name', { name: ' ' }, 'INVALID_REQUEST'],
  ])('to %s is refused', async (_what, changes, code) => {
    const { gateway, caller, store } = house(manager());
    await expect(gateway.administration.updateApiKey(caller, apiKey.id, changes)).rejects.toMatchObject({ code });
    expect(store.rows.apiKeys[0]).toEqual(apiKey);
  });

  it('is refused to whoever may do less than the key', async () => {
    const { gateway, caller, store } = house(manager());
    store.rows.apiKeys.push({ ...apiKey, id: toId('k5'), scopes: ['ADMIN'] });
    const widened = gateway.administration.updateApiKey(caller, toId('k5'), { expiresAt: null });
    await expect(widened).rejects.toMatchObject({ code: 'FORBIDDEN', details: { scopes: ['ADMIN'] } });
  });

  it('that was revoked is a CONFLICT, and of another organization NOT_FOUND', async () => {
    const { gateway, caller, store } = house(manager());
    store.rows.apiKeys.push({ ...apiKey, id: toId('k9'), organizationId: toId('o2') });
    await gateway.administration.revokeApiKey(caller, apiKey.id);
    const { updateApiKey, rotateApiKey } = gateway.administration;
    for (const act of [updateApiKey(caller, apiKey.id, { name: 'x' }), rotateApiKey(caller, apiKey.id, 0)])
      await expect(act).rejects.toMatchObject({ code: 'CONFLICT' });
    for (const act of [updateApiKey(caller, toId('k9'), { name: 'x' }), rotateApiKey(caller, toId('k9'), 0)])
      await expect(act).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
