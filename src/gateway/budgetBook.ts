import type { Budget, BudgetSubject } from '../domain/budget.ts';
import { coversSubject } from '../domain/budget.ts';
import type { OrganizationId } from '../domain/id.ts';
import type { Clock } from '../ports/clock.ts';
import type { BudgetStore, StoreChange } from '../ports/store.ts';

/** The budgets in force, remembered so that admission asks no database. */
export interface BudgetBook {
  /** Those that cover the subject. A promise only when the organization's budgets are not remembered. */
  covering(subject: BudgetSubject): readonly Budget[] | Promise<readonly Budget[]>;
  inForce(organizationId: OrganizationId): readonly Budget[] | Promise<readonly Budget[]>;
  /** To be called when something has been changed; null: anything may have been. */
  forget(change: StoreChange | null): void;
}

interface Page {
  readonly budgets: readonly Budget[];
  readonly staleAt: number;
}

/** Changes are heard of; this is for one that nobody told, such as a row that came with a restored backup. */
const knownMs = 10_000;

/** Fails closed: an organization whose budgets cannot be read makes no call. */
export function createBudgetBook(budgets: BudgetStore, clock: Clock): BudgetBook {
  const pages = new Map<OrganizationId, Page>();
  const lookups = new Map<OrganizationId, Promise<readonly Budget[]>>();

  function lookUp(organizationId: OrganizationId): Promise<readonly Budget[]> {
    const running = lookups.get(organizationId);
    if (running !== undefined) return running;
    const lookup = budgets.inForce(organizationId);
    lookups.set(organizationId, lookup);
    // What was read before a change is not remembered after it.
    const settle = (found: readonly Budget[] | null) => {
      if (lookups.get(organizationId) !== lookup) return;
      lookups.delete(organizationId);
      if (found !== null) pages.set(organizationId, { budgets: found, staleAt: clock.now() + knownMs });
    };
    lookup.then(settle, () => settle(null));
    return lookup;
  }

  function inForce(organizationId: OrganizationId): readonly Budget[] | Promise<readonly Budget[]> {
    const page = pages.get(organizationId);
    return page !== undefined && page.staleAt > clock.now() ? page.budgets : lookUp(organizationId);
  }

  return {
    inForce,
    covering(subject) {
      const found = inForce(subject.organizationId);
      const covers = (budget: Budget) => coversSubject(budget, subject);
      return found instanceof Promise ? found.then((list) => list.filter(covers)) : found.filter(covers);
    },
    forget(change) {
      if (change === null) {
        pages.clear();
        lookups.clear();
      } else if (change.type === 'BUDGET') {
        pages.delete(change.organizationId);
        lookups.delete(change.organizationId);
      }
    },
  };
}
