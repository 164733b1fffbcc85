import type { BudgetScope } from '../domain/budget.ts';
import { coversSubject } from '../domain/budget.ts';
import type { BudgetBook } from './budgetBook.ts';
import type { QuotaService } from './gateway.ts';
import type { QuotaPool } from './quota.ts';

/** Scopes that depend on the call: they may cover a caller's next one. */
const perCall: ReadonlySet<BudgetScope['type']> = new Set<BudgetScope['type']>(['MODEL', 'TAG']);

/** The limits that a caller's calls draw on, as they stand now. */
export function createQuotas(book: BudgetBook, pool: QuotaPool): QuotaService {
  return {
    async quotas({ principal }) {
      const subject = { ...principal, model: null, tags: [] };
      const budgets = await book.inForce(principal.organizationId);
      return pool.quotas(budgets.filter((budget) => perCall.has(budget.scope.type) || coversSubject(budget, subject)));
    },
  };
}
