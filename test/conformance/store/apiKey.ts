import { expect, it } from 'vitest';
import type { AuditAction } from '../../../src/domain/audit.ts';
import { toId } from '../../../src/domain/id.ts';
import type { KeyRules } from '../../../src/domain/keyRules.ts';
import type { ApiKey } from '../../../src/domain/tenancy.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { newAct, newApiKey, nextId, seedTenancy } from '../../support/tenancySeed.ts';

const act = (action: AuditAction, at: number) => newAct(action, { at });
const create = () => newAct('CREATE_API_KEY');
/** With amounts that JSON's numbers cannot hold. */
const rules: KeyRules = {
  forbidden: ['ROUTE'],
  route: {
    sort: 'PRICE',
    only: ['one'],
    ignore: ['two'],
    regions: ['eu-1', 'eu-2'],
    dataPolicy: 'NO_RETENTION',
    maxPrice: { input: 2n ** 60n + 1n, output: null },
    requireParameters: true,
    fallbacks: false,
  },
  timeouts: { firstTokenMs: 5, idleMs: null, totalMs: 7 },
  maxCost: 2n ** 60n + 3n,
  maxOutputTokens: 9,
};

export function apiKeyCases(store: () => OpenedStore): void {
  it('is disabled with its user, and only as long as that is', async () => {
    const { organization, team } = await seedTenancy(store());
    const user = { id: toId<never>('erin'), organizationId: organization.id, name: 'Erin', createdAt: 0, disabledAt: null };
    await store().tenancy.createUser(user, newAct('CREATE_USER'));
    const key = newApiKey(organization, team, { userId: user.id });
    await store().apiKeys.create(key, `hash of ${key.id}`, create());
    await store().tenancy.updateUser(user, { disabledAt: 5000 }, newAct('UPDATE_USER'));
    expect(await store().apiKeys.findByHash(`hash of ${key.id}`, 0)).toMatchObject({ disabledAt: 5000 });
    expect(await store().apiKeys.find([key.id])).toMatchObject([{ disabledAt: 5000 }]);
    await store().apiKeys.update(key, { name: 'renamed' }, newAct('UPDATE_API_KEY'));
    await store().tenancy.updateUser(user, { disabledAt: null }, newAct('UPDATE_USER'));
    expect(await store().apiKeys.find([key.id])).toMatchObject([{ name: 'renamed', disabledAt: null }]);
  });

  it('is disabled with its team and with its organization, and no other key is', async () => {
    const { organization, team, apiKey: key, secretHash } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const { tenancy, apiKeys } = store();
    const sister = { ...team, id: toId<never>(nextId()), name: 'sister' };
    await tenancy.createTeam(sister, newAct('CREATE_TEAM'));
    const beside = newApiKey(organization, sister);
    await apiKeys.create(beside, `hash of ${beside.id}`, create());
    const since = async (id: ApiKey['id']) => (await apiKeys.find([id]))[0]?.disabledAt;
    await tenancy.updateTeam(team, { disabledAt: 5000 }, newAct('UPDATE_TEAM'));
    expect([await since(key.id), await since(beside.id)]).toEqual([5000, null]);
    await tenancy.updateOrganization(organization.id, { disabledAt: 6000 }, newAct('UPDATE_ORGANIZATION'));
    expect(await apiKeys.findByHash(secretHash, 0)).toMatchObject({ disabledAt: 5000 });
    expect([await since(beside.id), await since(other.apiKey.id)]).toEqual([6000, null]);
    await apiKeys.update(key, { name: 'renamed' }, newAct('UPDATE_API_KEY'));
    await tenancy.updateTeam(team, { disabledAt: null }, newAct('UPDATE_TEAM'));
    await tenancy.updateOrganization(organization.id, { disabledAt: null }, newAct('UPDATE_ORGANIZATION'));
    expect(await apiKeys.findByHash(secretHash, 0)).toMatchObject({ name: 'renamed', disabledAt: null });
  });

  it('gives back what was kept, by hash and by id', async () => {
    const { organization, team } = await seedTenancy(store());
    const key = newApiKey(organization, team, {
      userId: toId('alice@example'),
      allowedModels: ['a/b', 'c"d\\e'],
      allowedAddresses: ['10.0.0.0/8', '2001:db8::/32'],
      labels: [{ name: 'stage', value: 'a "b" \\ c' }],
      directives: rules,
      expiresAt: 1_700_000_000_123,
    });
    await store().apiKeys.create(key, `hash of ${key.id}`, create());
    expect(await store().apiKeys.findByHash(`hash of ${key.id}`, 0)).toEqual(key);
    expect(await store().apiKeys.find([key.id])).toEqual([key]);
    expect(await store().apiKeys.any()).toBe(true);
    expect(await store().apiKeys.findByHash('another', 0)).toBeNull();
  });

  it('refuses a second key of one secret, and one for a team of another organization', async () => {
    const { organization, team, secretHash } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const key = newApiKey(organization, team);
    await expect(store().apiKeys.create(key, secretHash, create())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await store().apiKeys.find([key.id])).toEqual([]);
    const foreign = store().apiKeys.create({ ...key, teamId: other.team.id }, 'new', create());
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('revokes a key of the organization once: the first time stays', async () => {
    const { apiKey, secretHash } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const revoke = (target: Pick<ApiKey, 'organizationId' | 'id'>, at: number) => store().apiKeys.revoke(target, act('REVOKE_API_KEY', at));
    expect(await revoke({ ...apiKey, organizationId: other.organization.id }, 5000)).toBeNull();
    expect(await revoke(apiKey, 5000)).toEqual({ ...apiKey, revokedAt: 5000 });
    expect(await revoke(apiKey, 9000)).toMatchObject({ revokedAt: 5000 });
    expect(await store().apiKeys.findByHash(secretHash, 0)).toMatchObject({ revokedAt: 5000 });
    expect(await revoke({ ...apiKey, id: toId('nonsense') }, 1)).toBeNull();
  });

  it('changes what was asked for and nothing else; disabling twice keeps the first time', async () => {
    const { apiKey, secretHash } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const { apiKeys } = store();
    const update = (changes: Partial<ApiKey>) => apiKeys.update(apiKey, changes, newAct('UPDATE_API_KEY'));
    const changed = { ...apiKey, name: 'new', allowedModels: ['a/b'], expiresAt: 9_000_000_000_000 };
    expect(await update({ name: 'new', allowedModels: ['a/b'], expiresAt: 9_000_000_000_000 })).toEqual(changed);
    expect(await update({ allowedModels: null, scopes: ['ADMIN'] })).toEqual({ ...changed, allowedModels: null, scopes: ['ADMIN'] });
    const more = { allowedAddresses: ['::1'], labels: [{ name: 'a', value: 'b' }], directives: rules };
    expect(await update(more)).toMatchObject(more);
    expect(await apiKeys.find([apiKey.id])).toMatchObject([more]);
    expect(await update({ allowedAddresses: null, labels: [], directives: null })).toMatchObject({ labels: [], directives: null });
    await update({ disabledAt: 5000 });
    expect(await update({ disabledAt: 9000 })).toMatchObject({ disabledAt: 5000 });
    expect(await apiKeys.findByHash(secretHash, 0)).toMatchObject({ disabledAt: 5000, name: 'new' });
    expect(await update({ disabledAt: null })).toEqual(await apiKeys.findByHash(secretHash, 0));
    const foreign = { ...apiKey, organizationId: other.organization.id };
    expect(await apiKeys.update(foreign, { name: 'x' }, newAct('UPDATE_API_KEY'))).toBeNull();
  });

  it('gives a key a new secret, and lets the older ones live until the overlap is over', async () => {
    const { apiKey, secretHash } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const { apiKeys } = store();
    const at = apiKey.createdAt;
    const rotate = (hash: string, madeAt: number, olderEndAt: number) =>
      apiKeys.rotate(apiKey, { hash, prefix: `mg_${hash.slice(0, 4)}`, lastFour: 'abcd', olderEndAt }, act('ROTATE_API_KEY', madeAt));
    const [second, third] = [nextId(), nextId()];
    expect(await rotate(second, at + 1, at + 1000)).toEqual({ ...apiKey, prefix: `mg_${second.slice(0, 4)}`, lastFour: 'abcd' });
    expect(await apiKeys.findByHash(secretHash, at + 999)).toMatchObject({ id: apiKey.id, expiresAt: at + 1000 });
    expect(await apiKeys.findByHash(secretHash, at + 1000)).toBeNull();
    expect(await apiKeys.findByHash(second, at + 9_000_000)).toMatchObject({ id: apiKey.id, expiresAt: null });
    // What ends sooner anyway is given no more time.
    await rotate(third, at + 2, at + 5000);
    expect(await apiKeys.findByHash(secretHash, at + 1000)).toBeNull();
    expect(await apiKeys.findByHash(second, at + 4999)).toMatchObject({ expiresAt: at + 5000 });
    expect(await apiKeys.find([apiKey.id])).toMatchObject([{ prefix: `mg_${third.slice(0, 4)}`, expiresAt: null }]);
    const foreign = { ...apiKey, organizationId: other.organization.id };
    const rotation = { hash: nextId(), prefix: 'mg', lastFour: 'abcd', olderEndAt: 0 };
    expect(await apiKeys.rotate(foreign, rotation, newAct('ROTATE_API_KEY'))).toBeNull();
    expect(await apiKeys.findByHash(rotation.hash, 0)).toBeNull();
  });

  it('lists keys newest first, page by page, by team and by user', async () => {
    const { organization, team, apiKey } = await seedTenancy(store());
    const later = newApiKey(organization, team, { userId: toId('alice') });
    await store().apiKeys.create(later, nextId(), create());
    const all = { organizationId: organization.id, teamId: null, userId: null, label: null };
    expect(await store().apiKeys.list(all, { first: 1, after: null })).toEqual({ items: [later], hasMore: true });
    expect(await store().apiKeys.list(all, { first: 5, after: later.id })).toEqual({ items: [apiKey], hasMore: false });
    const ofUser = await store().apiKeys.list({ ...all, teamId: team.id, userId: toId('alice') }, { first: 5, after: null });
    expect(ofUser.items).toEqual([later]);
    expect((await store().apiKeys.list({ ...all, teamId: toId('nonsense') }, { first: 5, after: null })).items).toEqual([]);
  });

  it('lists keys by a label, with its value or whatever it is', async () => {
    const { organization, team } = await seedTenancy(store());
    const labels = (...pairs: readonly [name: string, value: string][]) => pairs.map(([name, value]) => ({ name, value }));
    const web = newApiKey(organization, team, { labels: labels(['stage', 'live'], ['part', 'web']) });
    const job = newApiKey(organization, team, { labels: labels(['part', 'job'], ['other', 'web']) });
    for (const key of [web, job]) await store().apiKeys.create(key, nextId(), create());
    const filed = async (name: string, value: string | null) => {
      const filter = { organizationId: organization.id, teamId: null, userId: null, label: { name, value } };
      return (await store().apiKeys.list(filter, { first: 5, after: null })).items;
    };
    expect(await filed('part', 'web')).toEqual([web]);
    expect(await filed('part', null)).toEqual([job, web]);
    expect(await filed('stage', 'web')).toEqual([]);
    expect(await filed('web', null)).toEqual([]);
  });
}
