import type { TeamId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Team } from '../domain/tenancy.ts';
import { actOf } from './act.ts';
import type { AdministrationParts } from './administrationParts.ts';
import type { TeamAdministration } from './gateway.ts';
import { checkName } from './name.ts';
import { ownOne, toTenantChanges } from './tenantChanges.ts';
import { inOrder, maySee, organizationAsked, there, visible } from './visibility.ts';

export function createTeamAdministration(parts: AdministrationParts): TeamAdministration {
  const { store, changed, clock, ids } = parts;
  return {
    async createTeam(caller, input) {
      const organizationId = organizationAsked(caller, input.organizationId);
      const id = toId<TeamId>(ids.next());
      const team: Team = { id, organizationId, name: checkName(input.name), createdAt: clock.now(), disabledAt: null };
      await store.tenancy.createTeam(team, actOf(caller, 'CREATE_TEAM', parts));
      changed({ ...team, type: 'TEAM' });
      return team;
    },
    async updateTeam(caller, id, input) {
      if (input.disabled === true && caller.principal.teamId === id) throw ownOne('team');
      const [found] = await store.tenancy.teams([id]);
      const { organizationId } = visible(caller, found, 'team');
      const act = actOf(caller, 'UPDATE_TEAM', parts);
      const updated = await store.tenancy.updateTeam({ organizationId, id }, toTenantChanges(input, act.at), act);
      changed({ type: 'TEAM', organizationId, id });
      return there(updated, 'team');
    },
    teams: async (caller, organizationId, page) => store.tenancy.listTeams(organizationAsked(caller, organizationId), page),
    findTeams: async ({ principal }, wanted) =>
      inOrder(wanted, await store.tenancy.teams(wanted), (team) => maySee(principal, team.organizationId)),
  };
}
