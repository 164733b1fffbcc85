import { callerOf } from '../context.ts';
import type { MutationResolvers, OrganizationResolvers } from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';
import { readName } from '../input/check.ts';

const Mutation: Pick<MutationResolvers, 'createOrganization'> = {
  createOrganization: async (_root, { input }, context) => ({
    organization: await context.gateway.administration.createOrganization(callerOf(context), readName(input.name, 'input.name')),
  }),
};

const Organization: OrganizationResolvers = { id: ({ id }) => toGlobalId('Organization', id) };

export const organizationResolvers = { Mutation, Organization };
