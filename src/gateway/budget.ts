import type { Budget, BudgetScope } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import type { BudgetId, OrganizationId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import { isTimeZone } from '../domain/period.ts';
import type { Store } from '../ports/store.ts';
import { actOf } from './act.ts';
import type { NewBudget } from './administrationInput.ts';
import type { AdministrationParts } from './administrationParts.ts';
import type { BudgetAdministration, Caller } from './gateway.ts';
import { inOrder, maySee, organizationAsked, there, visible } from './visibility.ts';

/** What a 64-bit integer of the database holds. */
const mostLimit = 9_223_372_036_854_775_807n;

export function createBudgetAdministration(parts: AdministrationParts): BudgetAdministration {
  const { store, changed, pool, clock, ids } = parts;

  async function budgetOf(caller: Caller, id: BudgetId): Promise<Budget> {
    const [budget] = await store.budgets.find([id]);
    return visible(caller, budget, 'budget');
  }

  return {
    async createBudget(caller, input) {
      const organizationId = await organizationOf(store, caller, input);
      const budget = toBudget(input, { id: toId<BudgetId>(ids.next()), organizationId, createdAt: clock.now(), endsAt: null });
      await store.budgets.create(budget, actOf(caller, 'CREATE_BUDGET', parts));
      changed({ ...budget, type: 'BUDGET' });
      return budget;
    },
    async updateBudget(caller, id, changes) {
      const budget = await budgetOf(caller, id);
      if (changes.limit !== undefined) checkLimit(changes.limit);
      const updated = await store.budgets.update(budget, changes, actOf(caller, 'UPDATE_BUDGET', parts));
      changed({ ...budget, type: 'BUDGET' });
      return there(updated, 'budget');
    },
    async deleteBudget(caller, id) {
      const budget = await budgetOf(caller, id);
      const deleted = await store.budgets.delete(budget, actOf(caller, 'DELETE_BUDGET', parts));
      changed({ ...budget, type: 'BUDGET' });
      return there(deleted, 'budget').id;
    },
    budgets: async (caller, query, page) =>
      store.budgets.list({ ...query, organizationId: organizationAsked(caller, query.organizationId) }, page),
    findBudgets: async ({ principal }, wanted) =>
      inOrder(wanted, await store.budgets.find(wanted), (budget) => maySee(principal, budget.organizationId)),
    quotasOf: (_caller, budgets) => pool.quotas(budgets),
  };
}

/** The organization whose budget it is: that of the scope's subject, else the one that is named, else the caller's own. */
async function organizationOf(store: Store, caller: Caller, { scope, organizationId }: NewBudget): Promise<OrganizationId> {
  const asked = organizationAsked(caller, organizationId);
  const found = await subjectOrganization(store, asked, scope);
  const named = organizationId === null || organizationId === found;
  if (found === null || !named || !maySee(caller.principal, found))
    throw new GatewayError('NOT_FOUND', 'The scope names nothing that there is.');
  return found;
}

async function subjectOrganization(store: Store, asked: OrganizationId, scope: BudgetScope): Promise<OrganizationId | null> {
  switch (scope.type) {
    case 'ORGANIZATION':
      return (await store.tenancy.organizations([scope.id]))[0]?.id ?? null;
    case 'TEAM':
      return (await store.tenancy.teams([scope.id]))[0]?.organizationId ?? null;
    case 'API_KEY':
      return (await store.apiKeys.find([scope.id]))[0]?.organizationId ?? null;
    case 'USER':
    case 'MODEL':
    case 'TAG':
      return asked;
    case 'CLIENT_TOKEN':
      // The limits of a token are made with it, and no others.
      return null;
    default:
      return scope satisfies never;
  }
}

function toBudget(input: NewBudget, made: Pick<Budget, 'id' | 'organizationId' | 'createdAt' | 'endsAt'>): Budget {
  const { scope, meter, window, timeZone, limit, policy, shadow } = input;
  checkLimit(limit);
  if (!isTimeZone(timeZone))
    throw new GatewayError('INVALID_REQUEST', 'The time zone is not known; use an IANA name, for instance Europe/Berlin.');
  if (meter === 'PARALLEL' && window !== 'TOTAL')
    throw new GatewayError('INVALID_REQUEST', 'A limit of parallel calls has the window TOTAL.');
  return { ...made, scope, meter, window, timeZone, limit, policy, shadow };
}

/** Throws INVALID_REQUEST for what the ledger cannot count. */
export function checkLimit(limit: bigint): void {
  if (limit < 0n || limit > mostLimit)
    throw new GatewayError('INVALID_REQUEST', 'The limit must be 0 or more, and no more than the ledger can count.');
}
