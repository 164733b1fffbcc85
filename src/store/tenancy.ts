import type { TenancyStore } from '../ports/store.ts';
import type { Database } from './database.ts';
import { createOrganizationStore, ensureOrganization } from './organization.ts';
import { createTeamStore, ensureTeam } from './team.ts';
import { createUserStore } from './user.ts';

const defaultName = 'default';

export function createTenancyStore(database: Database): TenancyStore {
  return {
    ...createOrganizationStore(database),
    ...createTeamStore(database),
    ...createUserStore(database),
    async ensureDefaults(proposed, acts) {
      return await database.transaction(async (queries) => {
        const organization = await ensureOrganization(queries, { ...proposed.organization, name: defaultName }, acts.organization);
        const team = { ...proposed.team, name: defaultName, organizationId: organization.id };
        return { organization, team: await ensureTeam(queries, team, acts.team) };
      });
    },
  };
}
