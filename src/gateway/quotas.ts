import type { Budget, BudgetScope } from '../domain/budget.ts';
import { coversSubject } from '../domain/budget.ts';
import type { Principal } from '../domain/principal.ts';
import type { BudgetBook } from './budgetBook.ts';
import type { QuotaService } from './gateway.ts';
import type { QuotaPool } from './quota.ts';
import type { QuotaWatchParts } from './quotaWatch.ts';
import { watchQuotas } from './quotaWatch.ts';

export interface QuotaParts extends QuotaWatchParts {
  readonly book: BudgetBook;
  readonly pool: QuotaPool;
}

/** Scopes that depend on the call: they may cover a caller's next one. */
const perCall: ReadonlySet<BudgetScope['type']> = new Set<BudgetScope['type']>(['MODEL', 'TAG']);

/** The limits that a caller's calls draw on, as they stand now. */
export function createQuotas(parts: QuotaParts): QuotaService {
  const { book, pool } = parts;

  async function budgetsOf(principal: Principal): Promise<readonly Budget[]> {
    const subject = { ...principal, model: null, tags: [] };
    const budgets = await book.inForce(principal.organizationId);
    const covering = budgets.filter((budget) => perCall.has(budget.scope.type) || coversSubject(budget, subject));
    return [...covering, ...principal.limits];
  }

  return {
    quotas: async ({ principal }) => pool.quotas(await budgetsOf(principal)),
    async watch({ principal }) {
      const present = await pool.quotas(await budgetsOf(principal));
      return watchQuotas(parts, { present, budgets: () => budgetsOf(principal) });
    },
  };
}
