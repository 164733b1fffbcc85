import type { OrganizationId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import type { MutationResolvers, OrganizationResolvers, QueryResolvers } from '../generated/schemaTypes.ts';
import { readGlobalId, toGlobalId } from '../globalId.ts';
import { checkName } from '../input/check.ts';
import { readTenantChanges } from '../input/tenant.ts';

const Query: Pick<QueryResolvers, 'organizations'> = {
  async organizations(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<OrganizationId>(after) };
    return toConnection(await context.gateway.administration.organizations(callerOf(context), page), after, ({ id }) => id);
  },
};

const Mutation: Pick<MutationResolvers, 'createOrganization' | 'updateOrganization'> = {
  createOrganization: async (_root, { input }, context) => ({
    organization: await context.gateway.administration.createOrganization(callerOf(context), checkName(input.name, 'input.name')),
  }),

  async updateOrganization(_root, { input }, context) {
    const id = readGlobalId('Organization', input.id, 'input.id');
    const updated = context.gateway.administration.updateOrganization(callerOf(context), id, readTenantChanges(input));
    return { organization: await updated };
  },
};

const Organization: OrganizationResolvers = { id: ({ id }) => toGlobalId('Organization', id) };

export const organizationResolvers = { Query, Mutation, Organization };
