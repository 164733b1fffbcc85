import type { ProviderResolvers, QueryResolvers } from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';

const Query: Pick<QueryResolvers, 'providers'> = {
  providers: (_root, _args, { gateway }) => gateway.models.providers(),
};

const Provider: ProviderResolvers = {
  id: ({ id }) => toGlobalId('Provider', id),
  slug: ({ id }) => id,
};

export const providerResolvers = { Query, Provider };
