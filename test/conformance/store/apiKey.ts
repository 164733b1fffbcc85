import { expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { newApiKey, nextId, seedTenancy } from '../../support/tenancySeed.ts';

export function apiKeyCases(store: () => OpenedStore): void {
  it('gives back what was kept, by hash and by id', async () => {
    const { organization, team } = await seedTenancy(store());
    const key = newApiKey(organization, team, {
      userId: toId('alice@example'),
      allowedModels: ['a/b', 'c"d\\e'],
      expiresAt: 1_700_000_000_123,
    });
    await store().apiKeys.create(key, `hash of ${key.id}`);
    expect(await store().apiKeys.findByHash(`hash of ${key.id}`)).toEqual(key);
    expect(await store().apiKeys.find([key.id])).toEqual([key]);
    expect(await store().apiKeys.any()).toBe(true);
    expect(await store().apiKeys.findByHash('another')).toBeNull();
  });

  it('refuses a second key of one secret, and one for a team of another organization', async () => {
    const { organization, team, secretHash } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const key = newApiKey(organization, team);
    await expect(store().apiKeys.create(key, secretHash)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await store().apiKeys.find([key.id])).toEqual([]);
    await expect(store().apiKeys.create({ ...key, teamId: other.team.id }, 'new')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('revokes a key of the organization once: the first time stays', async () => {
    const { organization, apiKey, secretHash } = await seedTenancy(store());
    const other = await seedTenancy(store());
    expect(await store().apiKeys.revoke(other.organization.id, apiKey.id, 5000)).toBeNull();
    expect(await store().apiKeys.revoke(organization.id, apiKey.id, 5000)).toEqual({ ...apiKey, revokedAt: 5000 });
    expect(await store().apiKeys.revoke(organization.id, apiKey.id, 9000)).toMatchObject({ revokedAt: 5000 });
    expect(await store().apiKeys.findByHash(secretHash)).toMatchObject({ revokedAt: 5000 });
    expect(await store().apiKeys.revoke(organization.id, toId('nonsense'), 1)).toBeNull();
  });

  it('lists keys newest first, page by page', async () => {
    const { organization, team, apiKey } = await seedTenancy(store());
    const later = newApiKey(organization, team);
    await store().apiKeys.create(later, nextId());
    expect(await store().apiKeys.list(organization.id, { first: 1, after: null })).toEqual({ items: [later], hasMore: true });
    expect(await store().apiKeys.list(organization.id, { first: 5, after: later.id })).toEqual({ items: [apiKey], hasMore: false });
  });
}
