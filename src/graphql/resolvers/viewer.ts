import { callerOf } from '../context.ts';
import { found } from '../found.ts';
import type { PrincipalResolvers, QueryResolvers, ViewerResolvers } from '../generated/schemaTypes.ts';
import { toPrincipalId } from '../principalId.ts';

const Query: Pick<QueryResolvers, 'viewer'> = { viewer: (_root, _args, context) => callerOf(context).principal };

const Viewer: ViewerResolvers = {
  principal: (principal) => principal,
  organization: async ({ organizationId }, _args, { loaders }) => found(await loaders.organization.load(organizationId), 'organization'),
  team: async ({ teamId }, _args, { loaders }) => found(await loaders.team.load(teamId), 'team'),
  scopes: ({ scopes }) => [...scopes],
  quotas: (_principal, _args, context) => context.gateway.quotas.quotas(callerOf(context)),
};

const Principal: PrincipalResolvers = { id: ({ kind, id }) => toPrincipalId(kind, id) };

export const viewerResolvers = { Query, Viewer, Principal };
