import type { TeamId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Team } from '../domain/tenancy.ts';
import { actOf } from './act.ts';
import type { AdministrationParts } from './administrationParts.ts';
import type { TeamAdministration } from './gateway.ts';
import { checkName } from './name.ts';
import { inOrder, maySee, organizationAsked, there, visible } from './visibility.ts';

export function createTeamAdministration(parts: AdministrationParts): TeamAdministration {
  const { store, clock, ids } = parts;
  return {
    async createTeam(caller, input) {
      const organizationId = organizationAsked(caller, input.organizationId);
      const team: Team = { id: toId<TeamId>(ids.next()), organizationId, name: checkName(input.name), createdAt: clock.now() };
      await store.tenancy.createTeam(team, actOf(caller, 'CREATE_TEAM', parts));
      return team;
    },
    async updateTeam(caller, id, { name }) {
      const [found] = await store.tenancy.teams([id]);
      const { organizationId } = visible(caller, found, 'team');
      const act = actOf(caller, 'UPDATE_TEAM', parts);
      return there(await store.tenancy.updateTeam({ organizationId, id }, { name: checkName(name) }, act), 'team');
    },
    teams: async (caller, organizationId, page) => store.tenancy.listTeams(organizationAsked(caller, organizationId), page),
    findTeams: async ({ principal }, wanted) =>
      inOrder(wanted, await store.tenancy.teams(wanted), (team) => maySee(principal, team.organizationId)),
  };
}
