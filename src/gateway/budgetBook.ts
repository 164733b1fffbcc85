import type { Budget, BudgetSubject } from '../domain/budget.ts';
import { coversSubject } from '../domain/budget.ts';
import type { OrganizationId } from '../domain/id.ts';
import type { Clock } from '../ports/clock.ts';
import type { BudgetStore } from '../ports/store.ts';

/** The budgets in force, remembered so that admission asks no database. */
export interface BudgetBook {
  /** Those that cover the subject. A promise only when the organization's budgets are not remembered. */
  covering(subject: BudgetSubject): readonly Budget[] | Promise<readonly Budget[]>;
  inForce(organizationId: OrganizationId): readonly Budget[] | Promise<readonly Budget[]>;
  /** To be called when a budget has been changed here. */
  forget(organizationId: OrganizationId): void;
}

interface Page {
  readonly budgets: readonly Budget[];
  readonly staleAt: number;
}

/** A budget made on another replica counts here after this long at the latest. */
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
    forget(organizationId) {
      pages.delete(organizationId);
      lookups.delete(organizationId);
    },
  };
}
