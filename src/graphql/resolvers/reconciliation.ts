import { differenceOf, percentOf, statusOf } from '../../domain/reconciliation.ts';
import { callerOf } from '../context.ts';
import type { MutationResolvers, QueryResolvers, ReconciliationRowResolvers } from '../generated/schemaTypes.ts';
import { toProviderBill, toReconciliationQuestion } from '../input/reconciliation.ts';

const Query: Pick<QueryResolvers, 'reconciliation'> = {
  async reconciliation(_root, args, context) {
    const { first, ...question } = toReconciliationQuestion(args);
    const { totals, rows } = await context.gateway.costs.reconcile(callerOf(context), question);
    const { provider, timeZone } = question;
    return { provider, timeZone, totals, rows: rows.slice(0, first), rowCount: rows.length };
  },
};

const Mutation: Pick<MutationResolvers, 'importProviderCosts'> = {
  importProviderCosts: (_root, { input }, context) => context.gateway.costs.importBill(callerOf(context), toProviderBill(input)),
};

const ReconciliationRow: ReconciliationRowResolvers = {
  status: statusOf,
  difference: differenceOf,
  differencePercent: percentOf,
  billedTokens: ({ billedTokens }) => toCount(billedTokens),
  bookedTokens: ({ bookedTokens }) => toCount(bookedTokens),
};

function toCount(tokens: bigint | null): number | null {
  return tokens === null ? null : Number(tokens);
}

export const reconciliationResolvers = { Query, Mutation, ReconciliationRow };
