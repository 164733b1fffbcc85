import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import type { House } from '../support/house.ts';
import { house } from '../support/house.ts';
import { apiKey } from '../support/things.ts';

/** What a socket of the house's key is told of its end. */
async function watched({ gateway, clock }: House, credential = 'mg_k1') {
  const told: string[] = [];
  const watch = gateway.access.onEnd(await gateway.access.authenticate(credential), (error) => told.push(error.message));
  await clock.advance(0);
  return { told, watch };
}

describe('whoever keeps a principal is told of its end', () => {
  it('when its key is revoked here', async () => {
    const world = house();
    const { told } = await watched(world);
    expect(told).toEqual([]);
    await world.gateway.administration.revokeApiKey(world.caller, apiKey.id);
    await world.clock.advance(0);
    expect(told).toEqual(['The API key has been revoked.']);
  });

  it('when its key is disabled on another replica', async () => {
    const world = house();
    const { told } = await watched(world);
    world.store.rows.apiKeys[0] = { ...apiKey, disabledAt: world.clock.now() };
    world.store.tell({ ...apiKey, type: 'API_KEY' });
    await world.clock.advance(0);
    expect(told).toEqual(['The API key is disabled.']);
  });

  it('when notices were lost meanwhile', async () => {
    const world = house();
    const { told } = await watched(world);
    world.store.rows.apiKeys[0] = { ...apiKey, revokedAt: world.clock.now() };
    world.store.tell(null);
    await world.clock.advance(0);
    expect(told).toEqual(['The API key has been revoked.']);
  });

  it('when its time is over', async () => {
    const world = house();
    world.store.rows.apiKeys[0] = { ...apiKey, expiresAt: world.clock.now() + 90_000 };
    const { told } = await watched(world);
    await world.clock.advance(89_999);
    expect(told).toEqual([]);
    await world.clock.advance(1);
    expect(told).toEqual(['The API key has expired.']);
  });

  it('not when its time was prolonged', async () => {
    const world = house();
    world.store.rows.apiKeys[0] = { ...apiKey, expiresAt: world.clock.now() + 1000 };
    const { told } = await watched(world);
    await world.gateway.administration.updateApiKey(world.caller, apiKey.id, { expiresAt: world.clock.now() + 5000 });
    await world.clock.advance(4999);
    expect(told).toEqual([]);
    await world.clock.advance(1);
    expect(told).toHaveLength(1);
  });

  it('when its secret ends after a rotation, and not who shows the new one', async () => {
    const world = house();
    const older = await watched(world);
    await world.gateway.administration.rotateApiKey(world.caller, apiKey.id, 60);
    const newer = await watched(world, 'mg_new');
    await world.clock.advance(59_999);
    expect(older.told).toEqual([]);
    await world.clock.advance(100_000);
    expect([older.told, newer.told]).toEqual([['The secret of the API key has ended.'], []]);
  });

  it('once, and never after it has left', async () => {
    const world = house();
    const { told, watch } = await watched(world);
    const another = await watched(world);
    watch[Symbol.dispose]();
    for (let time = 0; time < 2; time++) {
      await world.gateway.administration.revokeApiKey(world.caller, apiKey.id);
      await world.clock.advance(0);
    }
    expect([told, another.told]).toEqual([[], ['The API key has been revoked.']]);
  });

  it('when its key was revoked between its being let in and the watch', async () => {
    const world = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    world.store.gate = promise;
    const asking = world.gateway.access.authenticate('mg_k1');
    await world.gateway.administration.revokeApiKey(world.caller, apiKey.id);
    resolve();
    const told: string[] = [];
    world.gateway.access.onEnd(await asking, (error) => told.push(error.message));
    await world.clock.advance(0);
    expect(told).toEqual(['The API key has been revoked.']);
  });

  it('as soon as the store answers again', async () => {
    const world = house();
    const { told } = await watched(world);
    world.store.rows.apiKeys[0] = { ...apiKey, revokedAt: world.clock.now() };
    world.store.failure = new GatewayError('STORE_UNAVAILABLE', 'The database does not answer.');
    world.store.tell({ ...apiKey, type: 'API_KEY' });
    await world.clock.advance(5000);
    expect(told).toEqual([]);
    world.store.failure = null;
    await world.clock.advance(1000);
    expect(told).toEqual(['The API key has been revoked.']);
  });
});

describe('what another replica changes', () => {
  it('is forgotten, of that key alone', async () => {
    const { gateway, store } = house();
    store.rows.apiKeys.push({ ...apiKey, id: toId('k2') });
    store.rows.hashes.set('hash of k2', 'k2');
    for (const secret of ['mg_k1', 'mg_k2']) await gateway.access.authenticate(secret);
    store.rows.apiKeys[0] = { ...apiKey, revokedAt: 1 };
    store.tell({ ...apiKey, type: 'API_KEY' });
    await expect(gateway.access.authenticate('mg_k1')).rejects.toMatchObject({ message: expect.stringContaining('revoked') });
    await gateway.access.authenticate('mg_k2');
    expect(store.lookups).toBe(3);
  });

  it('makes a key known at once that was refused before', async () => {
    const { gateway, store } = house();
    await expect(gateway.access.authenticate('mg_k2')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    store.rows.hashes.set('hash of k2', apiKey.id);
    store.tell({ ...apiKey, type: 'API_KEY' });
    expect(await gateway.access.authenticate('mg_k2')).toMatchObject({ apiKeyId: 'k1' });
  });

  it('gives a living principal its new rights', async () => {
    const { gateway, store, caller } = house();
    const principal = await gateway.access.authenticate('mg_k1');
    await gateway.administration.updateApiKey(caller, apiKey.id, { scopes: ['USAGE_READ'] });
    expect([...(await gateway.access.renew(principal)).scopes]).toEqual(['USAGE_READ']);
    expect(store.lookups).toBe(2);
  });

  it('does not let in whoever joins a look-up from before it', async () => {
    const { gateway, store } = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.gate = promise;
    const early = gateway.access.authenticate('mg_k1');
    store.rows.apiKeys[0] = { ...apiKey, revokedAt: 1 };
    store.tell({ ...apiKey, type: 'API_KEY' });
    const late = gateway.access.authenticate('mg_k1');
    resolve();
    await early;
    await expect(late).rejects.toMatchObject({ message: expect.stringContaining('revoked') });
  });

  it('is a budget that counts at once', async () => {
    const { gateway, store, caller } = house();
    await gateway.quotas.quotas(caller);
    await gateway.quotas.quotas(caller);
    expect(store.budgetReads).toBe(1);
    for (const change of [{ ...apiKey, type: 'BUDGET' } as const, null]) {
      store.tell(change);
      await gateway.quotas.quotas(caller);
    }
    expect(store.budgetReads).toBe(3);
  });
});
