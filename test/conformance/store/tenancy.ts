import { expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { nextId, seedTenancy } from '../../support/tenancySeed.ts';

export function tenancyCases(store: () => OpenedStore): void {
  it('begins without keys and with the default organization and team, the same for all who start at once', async () => {
    expect(await store().apiKeys.any()).toBe(false);
    const proposals = Array.from({ length: 5 }, () => {
      const organization = { id: toId<never>(nextId()), name: 'mine', createdAt: 1000 };
      return { organization, team: { id: toId<never>(nextId()), organizationId: organization.id, name: 'ours', createdAt: 1000 } };
    });
    const kept = await Promise.all(proposals.map((proposed) => store().tenancy.ensureDefaults(proposed)));
    expect(new Set(kept.map(({ organization, team }) => `${organization.id} ${team.id}`)).size).toBe(1);
    expect(kept[0]).toMatchObject({ organization: { name: 'default', createdAt: 1000 }, team: { name: 'default' } });
  });

  it('finds organizations and teams by id; what is no id names nothing', async () => {
    const { organization, team } = await seedTenancy(store());
    expect(await store().tenancy.organizations([organization.id, toId('nonsense'), toId(nextId())])).toEqual([organization]);
    expect(await store().tenancy.teams([team.id])).toEqual([team]);
  });

  it('makes no team in an organization that is not there, and no second one of a name', async () => {
    const { team } = await seedTenancy(store());
    const lost = { ...team, id: toId<never>(nextId()), organizationId: toId<never>(nextId()) };
    await expect(store().tenancy.createTeam(lost)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(store().tenancy.createTeam({ ...team, id: toId(nextId()) })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('lists teams newest first, page by page, and only of the organization', async () => {
    const { organization, team } = await seedTenancy(store());
    await seedTenancy(store());
    const later = { ...team, id: toId<never>(nextId()), name: 'later' };
    await store().tenancy.createTeam(later);
    const first = await store().tenancy.listTeams(organization.id, { first: 1, after: null });
    expect(first).toEqual({ items: [later], hasMore: true });
    expect(await store().tenancy.listTeams(organization.id, { first: 1, after: later.id })).toEqual({ items: [team], hasMore: false });
  });
}
