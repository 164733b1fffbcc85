import type { BudgetId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import { writeAmount } from '../amount.ts';
import { toBudgetScope } from '../budgetScope.ts';
import { readPage, toConnection } from '../connection.ts';
import { callerOf } from '../context.ts';
import { found } from '../found.ts';
import type { BudgetResolvers, MutationResolvers, QueryResolvers, QuotaResolvers } from '../generated/schemaTypes.ts';
import { readGlobalId, toGlobalId } from '../globalId.ts';
import { toBudgetChanges, toBudgetQuery, toNewBudget } from '../input/budget.ts';

const Query: Pick<QueryResolvers, 'budgets'> = {
  async budgets(_root, args, context) {
    const { first, after } = readPage(args);
    const page = { first, after: after === null ? null : toId<BudgetId>(after) };
    const listed = await context.gateway.administration.budgets(callerOf(context), toBudgetQuery(args.filter), page);
    return toConnection(listed, after, ({ id }) => id);
  },
};

const Mutation: Pick<MutationResolvers, 'createBudget' | 'updateBudget' | 'deleteBudget'> = {
  createBudget: async (_root, { input }, context) => ({
    budget: await context.gateway.administration.createBudget(callerOf(context), toNewBudget(input)),
  }),

  async updateBudget(_root, { input }, context) {
    const id = readGlobalId('Budget', input.id, 'input.id');
    // The unit of a limit is that of the budget's meter.
    const before = found(await context.loaders.budget.load(id), 'budget');
    context.loaders.budget.clear(id);
    context.loaders.quota.clear(before);
    return { budget: await context.gateway.administration.updateBudget(callerOf(context), id, toBudgetChanges(input, before.meter)) };
  },

  async deleteBudget(_root, { input }, context) {
    const id = readGlobalId('Budget', input.id, 'input.id');
    return { id: toGlobalId('Budget', await context.gateway.administration.deleteBudget(callerOf(context), id)) };
  },
};

const Budget: BudgetResolvers = {
  id: ({ id }) => toGlobalId('Budget', id),
  scope: ({ scope }) => toBudgetScope(scope),
  limit: ({ meter, limit }) => writeAmount(meter, limit),
  used: async (budget, _args, { loaders }) => writeAmount(budget.meter, (await loaders.quota.load(budget)).used),
  held: async (budget, _args, { loaders }) => writeAmount(budget.meter, (await loaders.quota.load(budget)).held),
  resetsAt: async (budget, _args, { loaders }) => (await loaders.quota.load(budget)).resetsAt,
  async wouldRefuse(budget, _args, { loaders }) {
    const { wouldRefuse } = await loaders.quota.load(budget);
    return wouldRefuse && { count: Number(wouldRefuse.count), amount: writeAmount(budget.meter, wouldRefuse.amount) };
  },
};

const Quota: QuotaResolvers = {
  meter: ({ budget }) => budget.meter,
  limit: ({ budget }) => writeAmount(budget.meter, budget.limit),
  used: ({ budget, used }) => writeAmount(budget.meter, used),
  held: ({ budget, held }) => writeAmount(budget.meter, held),
};

export const budgetResolvers = { Query, Mutation, Budget, Quota };
