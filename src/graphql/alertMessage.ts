import type { Alert } from '../domain/alert.ts';
import type { JsonObject } from '../domain/json.ts';
import { writeAmount } from './amount.ts';
import { toBudgetScope } from './budgetScope.ts';
import { toGlobalId } from './globalId.ts';

/** The body of a webhook: what `alerts` answers, in the graph's own words and ids (https://www.standardwebhooks.com, "payload structure"). */
export function writeAlertMessage(alert: Alert): string {
  const { kind, at } = alert;
  return JSON.stringify({ type: kind.toLowerCase().replaceAll('_', '.'), timestamp: toText(at), data: toData(alert) });
}

function toData({ id, kind, at, budget, period, percent, used, limit }: Alert): JsonObject {
  const { meter, window, timeZone } = budget;
  return {
    id: toGlobalId('Alert', id),
    kind,
    at: toText(at),
    organizationId: toGlobalId('Organization', budget.organizationId),
    budget: { id: toGlobalId('Budget', budget.id), scope: toBudgetScope(budget.scope), meter, window, timeZone },
    percent,
    used: writeAmount(meter, used),
    limit: writeAmount(meter, limit),
    startedAt: toText(period.start),
    resetsAt: period.end === null ? null : toText(period.end),
  };
}

function toText(at: number): string {
  return new Date(at).toISOString();
}
