import { callerOf } from '../context.ts';
import type { QueryResolvers, RepricedRowResolvers, RepricedTotalsResolvers } from '../generated/schemaTypes.ts';
import { toRepricingQuestion } from '../input/repricing.ts';

const Query: Pick<QueryResolvers, 'usageRepriced'> = {
  usageRepriced: (_root, args, context) => context.gateway.costs.reprice(callerOf(context), toRepricingQuestion(args)),
};

const RepricedRow: RepricedRowResolvers = { totals: (row) => row };

const RepricedTotals: RepricedTotalsResolvers = { difference: ({ booked, repriced }) => repriced - booked };

export const repricingResolvers = { Query, RepricedRow, RepricedTotals };
