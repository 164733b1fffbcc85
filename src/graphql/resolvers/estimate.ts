import { callerOf } from '../context.ts';
import type { QueryResolvers } from '../generated/schemaTypes.ts';
import { toCompletionRequest } from '../input/completion.ts';

const Query: Pick<QueryResolvers, 'estimate'> = {
  estimate: (_root, { input, ...options }, context) => {
    const request = toCompletionRequest(input, { ...options, path: 'input', defaults: context.gateway.defaults });
    return context.gateway.estimates.estimate(callerOf(context), request);
  },
};

export const estimateResolvers = { Query };
