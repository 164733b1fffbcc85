import type { ApiKeyId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { apiKeyStatus } from '../../domain/tenancy.ts';
import type { NewApiKey } from '../../gateway/gateway.ts';
import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import { found } from '../found.ts';
import type { ApiKeyResolvers, CreateApiKeyInput, MutationResolvers, QueryResolvers } from '../generated/schemaTypes.ts';
import { readGlobalId, toGlobalId } from '../globalId.ts';
import { invalid, readName } from '../input/check.ts';

const Query: Pick<QueryResolvers, 'apiKeys'> = {
  async apiKeys(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<ApiKeyId>(after) };
    return toConnection(await context.gateway.administration.apiKeys(callerOf(context), page), after, ({ id }) => id);
  },
};

const Mutation: Pick<MutationResolvers, 'createApiKey' | 'revokeApiKey'> = {
  createApiKey: (_root, { input }, context) =>
    context.gateway.administration.createApiKey(callerOf(context), toNewApiKey(input, context.clock.now())),

  revokeApiKey: async (_root, { input }, context) => ({
    apiKey: await context.gateway.administration.revokeApiKey(callerOf(context), readGlobalId('ApiKey', input.id, 'input.id')),
  }),
};

function toNewApiKey(input: CreateApiKeyInput, now: number): NewApiKey {
  if (input.scopes.length === 0) throw invalid('input.scopes', 'must not be empty.');
  if (typeof input.expiresAt === 'number' && input.expiresAt <= now) throw invalid('input.expiresAt', 'is in the past.');
  return {
    teamId: readGlobalId('Team', input.teamId, 'input.teamId'),
    userId: typeof input.userId === 'string' ? readGlobalId('User', input.userId, 'input.userId') : null,
    name: readName(input.name, 'input.name'),
    scopes: [...new Set(input.scopes)],
    allowedModels: input.allowedModels ?? null,
    expiresAt: input.expiresAt ?? null,
  };
}

const ApiKey: ApiKeyResolvers = {
  id: ({ id }) => toGlobalId('ApiKey', id),
  team: async ({ teamId }, _args, { loaders }) => found(await loaders.team.load(teamId), 'team'),
  status: (apiKey, _args, { clock }) => apiKeyStatus(apiKey, clock.now()),
};

export const apiKeyResolvers = { Query, Mutation, ApiKey };
