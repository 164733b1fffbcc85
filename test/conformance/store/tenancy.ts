import { expect, it } from 'vitest';
import type { OrganizationId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { anyAct, newAct, nextId, seedTenancy } from '../../support/tenancySeed.ts';

export function tenancyCases(store: () => OpenedStore): void {
  it('begins without keys and with the default organization and team, the same for all who start at once', async () => {
    expect(await store().apiKeys.any()).toBe(false);
    const proposals = Array.from({ length: 5 }, () => {
      const organization = { id: toId<never>(nextId()), name: 'mine', createdAt: 1000, disabledAt: null };
      return { organization, team: { ...organization, id: toId<never>(nextId()), organizationId: organization.id, name: 'ours' } };
    });
    const kept = await Promise.all(proposals.map((proposed) => store().tenancy.ensureDefaults(proposed, newActs())));
    expect(new Set(kept.map(({ organization, team }) => `${organization.id} ${team.id}`)).size).toBe(1);
    expect(kept[0]).toMatchObject({ organization: { name: 'default', createdAt: 1000 }, team: { name: 'default' } });
    expect(await actsIn(store(), kept[0]?.organization.id)).toEqual(['CREATE_TEAM', 'CREATE_ORGANIZATION']);
  });

  it('finds organizations and teams by id; what is no id names nothing', async () => {
    const { organization, team } = await seedTenancy(store());
    expect(await store().tenancy.organizations([organization.id, toId('nonsense'), toId(nextId())])).toEqual([organization]);
    expect(await store().tenancy.teams([team.id])).toEqual([team]);
  });

  it('makes no team in an organization that is not there, and no second one of a name', async () => {
    const { team } = await seedTenancy(store());
    const lost = { ...team, id: toId<never>(nextId()), organizationId: toId<never>(nextId()) };
    await expect(store().tenancy.createTeam(lost, newAct('CREATE_TEAM'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store().tenancy.createTeam({ ...team, id: toId(nextId()) }, newAct('CREATE_TEAM'))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('lists teams newest first, page by page, and only of the organization', async () => {
    const { organization, team } = await seedTenancy(store());
    await seedTenancy(store());
    const later = { ...team, id: toId<never>(nextId()), name: 'later' };
    await store().tenancy.createTeam(later, newAct('CREATE_TEAM'));
    const first = await store().tenancy.listTeams(organization.id, { first: 1, after: null });
    expect(first).toEqual({ items: [later], hasMore: true });
    expect(await store().tenancy.listTeams(organization.id, { first: 1, after: later.id })).toEqual({ items: [team], hasMore: false });
  });

  it('renames organizations and teams, and keeps names apart', async () => {
    const { organization, team } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const act = () => newAct('UPDATE_TEAM');
    const renamed = { ...team, name: 'found' };
    expect(await store().tenancy.updateTeam(team, { name: 'found' }, act())).toEqual(renamed);
    expect(await store().tenancy.teams([team.id])).toEqual([renamed]);
    expect(await store().tenancy.updateTeam({ ...team, organizationId: other.organization.id }, { name: 'x' }, act())).toBeNull();
    await store().tenancy.createTeam({ ...team, id: toId(nextId()), name: 'taken' }, newAct('CREATE_TEAM'));
    await expect(store().tenancy.updateTeam(team, { name: 'taken' }, act())).rejects.toMatchObject({ code: 'CONFLICT' });
    const taken = store().tenancy.updateOrganization(organization.id, { name: other.organization.name }, newAct('UPDATE_ORGANIZATION'));
    await expect(taken).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await store().tenancy.updateOrganization(toId('nonsense'), { name: 'x' }, newAct('UPDATE_ORGANIZATION'))).toBeNull();
    const page = await store().tenancy.listOrganizations({ first: 1, after: other.organization.id });
    expect(page).toEqual({ items: [organization], hasMore: true });
  });

  it('keeps users by the organization’s own names for them', async () => {
    const { organization } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const alice = {
      id: toId<never>('alice@"example"\\'),
      organizationId: organization.id,
      name: 'Alice',
      createdAt: 1000,
      disabledAt: null,
    };
    const bob = { ...alice, id: toId<never>('bob'), name: 'Bob' };
    for (const user of [bob, alice]) await store().tenancy.createUser(user, newAct('CREATE_USER'));
    await store().tenancy.createUser({ ...alice, organizationId: other.organization.id }, newAct('CREATE_USER'));
    await expect(store().tenancy.createUser(alice, newAct('CREATE_USER'))).rejects.toMatchObject({ code: 'CONFLICT' });
    const lost = { ...alice, organizationId: toId<never>(nextId()) };
    await expect(store().tenancy.createUser(lost, newAct('CREATE_USER'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await store().tenancy.updateUser(bob, { name: 'Robert' }, newAct('UPDATE_USER'))).toEqual({ ...bob, name: 'Robert' });
    expect(
      await store().tenancy.updateUser({ ...bob, organizationId: other.organization.id }, { name: 'x' }, newAct('UPDATE_USER')),
    ).toBeNull();
    expect(await store().tenancy.listUsers(organization.id, { first: 1, after: null })).toEqual({ items: [alice], hasMore: true });
    const rest = await store().tenancy.listUsers(organization.id, { first: 5, after: alice.id });
    expect(rest).toEqual({ items: [{ ...bob, name: 'Robert' }], hasMore: false });
  });

  it('disables users and lets them in again, and says so in the audit log', async () => {
    const { organization } = await seedTenancy(store());
    const user = { id: toId<never>('carol'), organizationId: organization.id, name: 'Carol', createdAt: 1000, disabledAt: null };
    await store().tenancy.createUser(user, newAct('CREATE_USER'));
    const change = (disabledAt: number | null) => store().tenancy.updateUser(user, { disabledAt }, newAct('UPDATE_USER'));
    expect(await change(2000)).toEqual({ ...user, disabledAt: 2000 });
    expect(await change(3000)).toEqual({ ...user, disabledAt: 2000 });
    expect(await store().tenancy.listUsers(organization.id, { first: 1, after: null })).toMatchObject({ items: [{ disabledAt: 2000 }] });
    expect(await change(null)).toEqual(user);
    const { items } = await store().audit.list(
      { ...anyAct, subjectId: 'carol', organizationId: organization.id },
      { first: 1, after: null },
    );
    expect(items).toMatchObject([{ action: 'UPDATE_USER', before: { disabledAt: 2000 }, after: { disabledAt: null } }]);
  });

  it('disables organizations and teams and lets them in again, tells where somebody belongs, and says so in the audit log', async () => {
    const { organization, team } = await seedTenancy(store());
    const { tenancy, audit } = store();
    const find = () => tenancy.findPlace({ organization: organization.id, team: team.id, userId: toId('dave') });
    const disable = (disabledAt: number | null) =>
      tenancy.updateOrganization(organization.id, { disabledAt }, newAct('UPDATE_ORGANIZATION'));
    const disableTeam = (disabledAt: number | null) => tenancy.updateTeam(team, { disabledAt }, newAct('UPDATE_TEAM'));
    expect(await disableTeam(2000)).toEqual({ ...team, disabledAt: 2000 });
    expect(await find()).toMatchObject({ disabledAt: 2000 });
    expect(await disable(3000)).toEqual({ ...organization, disabledAt: 3000 });
    expect(await disable(4000)).toEqual({ ...organization, disabledAt: 3000 });
    expect(await tenancy.organizations([organization.id])).toEqual([{ ...organization, disabledAt: 3000 }]);
    expect(await disableTeam(null)).toEqual(team);
    expect(await find()).toMatchObject({ disabledAt: 3000 });
    expect(await disable(null)).toEqual(organization);
    expect(await find()).toMatchObject({ disabledAt: null });
    const { items } = await audit.list({ ...anyAct, organizationId: organization.id }, { first: 2, after: null });
    expect(items).toMatchObject([
      { action: 'UPDATE_ORGANIZATION', before: { disabledAt: 3000 }, after: { disabledAt: null } },
      { action: 'UPDATE_TEAM', before: { disabledAt: 2000 }, after: { disabledAt: null } },
    ]);
  });

  it('finds where somebody belongs, by names or by ids', async () => {
    const { organization, team } = await seedTenancy(store());
    const other = await seedTenancy(store());
    const user = { id: toId<never>('dave'), organizationId: organization.id, name: 'Dave', createdAt: 1000, disabledAt: null };
    await store().tenancy.createUser(user, newAct('CREATE_USER'));
    const place = { organizationId: organization.id, teamId: team.id, disabledAt: null };
    const find = (from: string, of: string, userId = 'dave') =>
      store().tenancy.findPlace({ organization: from, team: of, userId: toId(userId) });
    for (const from of [organization.id, organization.name])
      for (const of of [team.id, team.name]) expect(await find(from, of)).toEqual({ ...place, user });
    expect(await find(organization.id, team.id, 'eve')).toEqual({ ...place, user: null });
    expect(await find(organization.id, other.team.id)).toBeNull();
    expect(await find(other.organization.id, other.team.id)).toMatchObject({ user: null });
    expect(await find('nobody', team.id)).toBeNull();
    expect(await find(organization.id, "x' or true --")).toBeNull();
  });

  it('finds what has an id before what has taken that id for its name', async () => {
    const { organization, team } = await seedTenancy(store());
    const thief = { ...organization, id: toId<never>(nextId()), name: organization.id };
    await store().tenancy.createOrganization(thief, newAct('CREATE_ORGANIZATION'));
    await store().tenancy.createTeam({ ...team, id: toId(nextId()), organizationId: thief.id }, newAct('CREATE_TEAM'));
    await store().tenancy.createTeam({ ...team, id: toId(nextId()), name: team.id }, newAct('CREATE_TEAM'));
    const found = await store().tenancy.findPlace({ organization: organization.id, team: team.id, userId: toId('dave') });
    expect(found).toEqual({ organizationId: organization.id, teamId: team.id, disabledAt: null, user: null });
  });
}

function newActs() {
  return { organization: newAct('CREATE_ORGANIZATION'), team: newAct('CREATE_TEAM') };
}

async function actsIn(store: OpenedStore, organizationId: OrganizationId | undefined): Promise<readonly string[]> {
  const { items } = await store.audit.list({ ...anyAct, organizationId: organizationId ?? null }, { first: 10, after: null });
  return items.map(({ action }) => action);
}
