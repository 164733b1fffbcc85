import type { UserId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import { found } from '../found.ts';
import type { MutationResolvers, QueryResolvers, UserResolvers } from '../generated/schemaTypes.ts';
import { readGlobalId, toGlobalId } from '../globalId.ts';
import { checkName, readUserId } from '../input/check.ts';
import { readOrganization } from '../input/organization.ts';
import { readTenantChanges } from '../input/tenant.ts';

const Query: Pick<QueryResolvers, 'users'> = {
  async users(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<UserId>(after) };
    const organizationId = readOrganization(args.filter?.organizationId, 'filter.organizationId');
    return toConnection(await context.gateway.administration.users(callerOf(context), organizationId, page), after, ({ id }) => id);
  },
};

const Mutation: Pick<MutationResolvers, 'createUser' | 'updateUser'> = {
  async createUser(_root, { input }, context) {
    const user = {
      organizationId: readOrganization(input.organizationId, 'input.organizationId'),
      id: toId<UserId>(readUserId(input.id, 'input.id')),
      name: checkName(input.name, 'input.name'),
    };
    return { user: await context.gateway.administration.createUser(callerOf(context), user) };
  },
  async updateUser(_root, { input }, context) {
    const target = {
      organizationId: readOrganization(input.organizationId, 'input.organizationId'),
      id: readGlobalId('User', input.id, 'input.id'),
    };
    return { user: await context.gateway.administration.updateUser(callerOf(context), target, readTenantChanges(input)) };
  },
};

const User: UserResolvers = {
  id: ({ id }) => toGlobalId('User', id),
  organization: async ({ organizationId }, _args, { loaders }) => found(await loaders.organization.load(organizationId), 'organization'),
};

export const userResolvers = { Query, Mutation, User };
