import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import type { AliasResolvers, MutationResolvers, QueryResolvers } from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';
import { toAskedAlias, toNewAlias, toOrganization, toRollBack, toVersion } from '../input/alias.ts';

const Query: Pick<QueryResolvers, 'alias' | 'aliases'> = {
  async aliases(_root, args, context) {
    const page = readPage(args);
    const organizationId = toOrganization(args.organizationId, 'organizationId');
    const listed = await context.gateway.aliases.list(callerOf(context), { organizationId, ...page });
    return toConnection(listed, page.after, ({ name }) => name);
  },
  alias: (_root, { name, organizationId }, context) =>
    context.gateway.aliases.find(callerOf(context), { name, organizationId: toOrganization(organizationId, 'organizationId') }),
};

const Mutation: Pick<MutationResolvers, 'publishAlias' | 'rollBackAlias' | 'deleteAlias'> = {
  publishAlias: async (_root, { input }, context) => ({
    alias: await context.gateway.aliases.publish(callerOf(context), toNewAlias(input)),
  }),
  rollBackAlias: async (_root, { input }, context) => ({
    alias: await context.gateway.aliases.rollBack(callerOf(context), toRollBack(input)),
  }),
  deleteAlias: async (_root, { input }, context) => ({
    id: toGlobalId('Alias', await context.gateway.aliases.delete(callerOf(context), toAskedAlias(input))),
  }),
};

const Alias: AliasResolvers = {
  id: ({ id }) => toGlobalId('Alias', id),
  async history(alias, args, context) {
    const { first, after } = readPage(args);
    const listed = await context.gateway.aliases.history(callerOf(context), alias, { first, after: toVersion(after) });
    return toConnection(listed, after, ({ version }) => String(version));
  },
};

export const aliasResolvers = { Query, Mutation, Alias };
