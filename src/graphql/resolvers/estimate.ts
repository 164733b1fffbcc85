import { callerOf } from '../context.ts';
import type { QueryResolvers } from '../generated/schemaTypes.ts';
import { toCompletionRequest } from '../input/completion.ts';
import { operationLimit } from '../limitedCall.ts';

const Query: Pick<QueryResolvers, 'estimate'> = {
  estimate: (_root, { input, ...options }, context, info) => {
    const request = toCompletionRequest(input, { ...options, path: 'input', defaults: context.gateway.defaults });
    const limits = [request.maxCost, operationLimit(info)?.most ?? null].filter((limit) => limit !== null);
    const maxCost = limits.reduce<bigint | null>((least, limit) => (least === null || limit < least ? limit : least), null);
    return context.gateway.estimates.estimate(callerOf(context), { ...request, maxCost });
  },
};

export const estimateResolvers = { Query };
