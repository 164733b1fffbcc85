import { describe, expect, it } from 'vitest';
import { house } from '../support/house.ts';
import { apiKey } from '../support/things.ts';

describe('a credential', () => {
  it('is who its key says', async () => {
    const { gateway } = house();
    expect(await gateway.access.authenticate('mg_k1')).toMatchObject({ apiKeyId: 'k1', organizationId: 'o1', teamId: 't1' });
  });

  it('is looked up once, however many ask at once', async () => {
    const { gateway, store } = house();
    await Promise.all([1, 2, 3].map(() => gateway.access.authenticate('mg_k1')));
    await gateway.access.authenticate('mg_k1');
    expect(store.lookups).toBe(1);
  });

  it('that is mistyped is refused without a look-up', async () => {
    const { gateway, store } = house();
    await expect(gateway.access.authenticate('nonsense')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(store.lookups).toBe(0);
  });

  it('that is not known is remembered as such, but not for long', async () => {
    const { gateway, store, clock } = house();
    const refused = () => expect(gateway.access.authenticate('mg_k2')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await refused();
    await refused();
    expect(store.lookups).toBe(1);
    store.rows.apiKeys.push(apiKey);
    store.rows.hashes.set('hash of k2', apiKey.id);
    await clock.advance(5000);
    expect(await gateway.access.authenticate('mg_k2')).toMatchObject({ apiKeyId: 'k1' });
  });

  it('that expires is refused from then on, also while it is remembered', async () => {
    const { gateway, store, clock } = house();
    store.rows.apiKeys[0] = { ...apiKey, expiresAt: clock.now() + 1000 };
    const principal = await gateway.access.authenticate('mg_k1');
    await clock.advance(1000);
    await expect(gateway.access.authenticate('mg_k1')).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringContaining('expired'),
    });
    await expect(gateway.access.renew(principal)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('that is revoked here is refused at once', async () => {
    const { gateway, caller } = house();
    const principal = await gateway.access.authenticate('mg_k1');
    await gateway.administration.revokeApiKey(caller, apiKey.id);
    await expect(gateway.access.authenticate('mg_k1')).rejects.toMatchObject({ message: expect.stringContaining('revoked') });
    await expect(gateway.access.renew(principal)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('that is revoked here while it was being looked up is refused afterwards', async () => {
    const { gateway, caller, store } = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.gate = promise;
    const asking = gateway.access.authenticate('mg_k1');
    await gateway.administration.revokeApiKey(caller, apiKey.id);
    resolve();
    await asking;
    await expect(gateway.access.authenticate('mg_k1')).rejects.toMatchObject({ message: expect.stringContaining('revoked') });
  });

  it('that is one of several of a revoked key is refused at once too', async () => {
    const { gateway, caller, store } = house();
    store.rows.hashes.set('hash of newer', apiKey.id);
    await gateway.access.authenticate('mg_k1');
    await gateway.access.authenticate('mg_newer');
    await gateway.administration.revokeApiKey(caller, apiKey.id);
    for (const secret of ['mg_k1', 'mg_newer'])
      await expect(gateway.access.authenticate(secret)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('that is revoked elsewhere is refused after a minute', async () => {
    const { gateway, store, clock } = house();
    const principal = await gateway.access.authenticate('mg_k1');
    store.rows.apiKeys[0] = { ...apiKey, revokedAt: clock.now() };
    await gateway.access.renew(principal);
    await clock.advance(60_000);
    await expect(gateway.access.renew(principal)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
