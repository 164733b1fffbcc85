import { callerOf } from '../context.ts';
import type { MutationResolvers } from '../generated/schemaTypes.ts';
import { toGlobalId } from '../globalId.ts';
import { toNewClientToken } from '../input/clientToken.ts';

const Mutation: Pick<MutationResolvers, 'createClientToken'> = {
  async createClientToken(_root, { input }, context) {
    const { token, id, expiresAt } = await context.gateway.clientTokens.createClientToken(callerOf(context), toNewClientToken(input));
    return { token, id: toGlobalId('ClientToken', id), expiresAt };
  },
};

export const clientTokenResolvers = { Mutation };
