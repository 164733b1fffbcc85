import type { TeamId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import { found } from '../found.ts';
import type { MutationResolvers, QueryResolvers, TeamResolvers } from '../generated/schemaTypes.ts';
import { readGlobalId, toGlobalId } from '../globalId.ts';
import { checkName } from '../input/check.ts';
import { readOrganization } from '../input/organization.ts';
import { readTenantChanges } from '../input/tenant.ts';

const Query: Pick<QueryResolvers, 'teams'> = {
  async teams(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<TeamId>(after) };
    const organizationId = readOrganization(args.filter?.organizationId, 'filter.organizationId');
    return toConnection(await context.gateway.administration.teams(callerOf(context), organizationId, page), after, ({ id }) => id);
  },
};

const Mutation: Pick<MutationResolvers, 'createTeam' | 'updateTeam'> = {
  async createTeam(_root, { input }, context) {
    const organizationId = readGlobalId('Organization', input.organizationId, 'input.organizationId');
    const name = checkName(input.name, 'input.name');
    return { team: await context.gateway.administration.createTeam(callerOf(context), { organizationId, name }) };
  },
  async updateTeam(_root, { input }, context) {
    const id = readGlobalId('Team', input.id, 'input.id');
    return { team: await context.gateway.administration.updateTeam(callerOf(context), id, readTenantChanges(input)) };
  },
};

const Team: TeamResolvers = {
  id: ({ id }) => toGlobalId('Team', id),
  organization: async ({ organizationId }, _args, { loaders }) => found(await loaders.organization.load(organizationId), 'organization'),
};

export const teamResolvers = { Query, Mutation, Team };
