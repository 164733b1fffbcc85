import type { ApiKeyId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { writeUsdPerMillion } from '../../domain/money.ts';
import { apiKeyStatus } from '../../domain/tenancy.ts';
import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import { found } from '../found.ts';
import type {
  ApiKeyResolvers,
  KeyDirectivesResolvers,
  KeyRouteResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../generated/schemaTypes.ts';
import { readGlobalId, toGlobalId } from '../globalId.ts';
import { readOverlap, toApiKeyQuery, toChangedApiKey, toNewApiKey } from '../input/apiKey.ts';

const Query: Pick<QueryResolvers, 'apiKeys'> = {
  async apiKeys(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<ApiKeyId>(after) };
    const listed = await context.gateway.administration.apiKeys(callerOf(context), toApiKeyQuery(args.filter), page);
    return toConnection(listed, after, ({ id }) => id);
  },
};

const Mutation: Pick<MutationResolvers, 'createApiKey' | 'updateApiKey' | 'rotateApiKey' | 'revokeApiKey'> = {
  createApiKey: (_root, { input }, context) =>
    context.gateway.administration.createApiKey(callerOf(context), toNewApiKey(input, context.clock.now())),

  async updateApiKey(_root, { input }, context) {
    const id = readGlobalId('ApiKey', input.id, 'input.id');
    const changes = toChangedApiKey(input, context.clock.now());
    return { apiKey: await context.gateway.administration.updateApiKey(callerOf(context), id, changes) };
  },

  async rotateApiKey(_root, { input }, context) {
    const id = readGlobalId('ApiKey', input.id, 'input.id');
    const overlapSeconds = readOverlap(input);
    return context.gateway.administration.rotateApiKey(callerOf(context), id, overlapSeconds);
  },

  revokeApiKey: async (_root, { input }, context) => ({
    apiKey: await context.gateway.administration.revokeApiKey(callerOf(context), readGlobalId('ApiKey', input.id, 'input.id')),
  }),
};

const ApiKey: ApiKeyResolvers = {
  id: ({ id }) => toGlobalId('ApiKey', id),
  team: async ({ teamId }, _args, { loaders }) => found(await loaders.team.load(teamId), 'team'),
  userId: ({ userId }) => (userId === null ? null : toGlobalId('User', userId)),
  status: (apiKey, _args, { clock }) => apiKeyStatus(apiKey, clock.now()),
};

const KeyDirectives: KeyDirectivesResolvers = { timeout: ({ timeouts }) => timeouts };

const KeyRoute: KeyRouteResolvers = {
  maxPrice: ({ maxPrice: { input, output } }) => ({
    input: input === null ? null : writeUsdPerMillion(input),
    output: output === null ? null : writeUsdPerMillion(output),
  }),
};

export const apiKeyResolvers = { Query, Mutation, ApiKey, KeyDirectives, KeyRoute };
