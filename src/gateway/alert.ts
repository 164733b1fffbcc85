import type { Alert } from '../domain/alert.ts';
import type { AlertFilter } from '../ports/alert.ts';
import type { AlertStore } from '../ports/store.ts';
import type { AlertFeed } from './alertFeed.ts';
import type { AlertService } from './alertService.ts';
import type { Caller } from './caller.ts';
import { organizationAsked } from './visibility.ts';

/** Who sees an organization's budgets, or all of its usage, sees its alerts. */
export function createAlerts(store: AlertStore, feed: AlertFeed): AlertService {
  return {
    alerts: async (caller, filter, page) => store.list(visibleTo(caller, filter), page),
    async subscribe(caller, filter) {
      const visible = visibleTo(caller, filter);
      return await feed.subscribe((alert) => isWanted(alert, visible));
    },
    deliveries: (ids) => store.deliveries(ids),
  };
}

/** Without an organization: the caller's own; of an ADMIN, every one. */
function visibleTo(caller: Caller, filter: AlertFilter): AlertFilter {
  const every = filter.organizationId === null && caller.principal.scopes.has('ADMIN');
  return { ...filter, organizationId: every ? null : organizationAsked(caller, filter.organizationId) };
}

function isWanted({ kind, budget }: Alert, { organizationId, kinds, budgetId }: AlertFilter): boolean {
  if (organizationId !== null && budget.organizationId !== organizationId) return false;
  if (budgetId !== null && budget.id !== budgetId) return false;
  return kinds === null || kinds.includes(kind);
}
