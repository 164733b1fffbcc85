import { toId } from '../domain/id.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { ComingBack, LeaseGrant, LeaseReport, QuotaStore } from '../ports/quota.ts';
import type { Queries, Row } from './database.ts';
import type { Notices } from './notices.ts';
import { amount, number, numberOrNull, text, textOrNull } from './row.ts';
import { toTimestamp, toTimestampOrNull } from './sqlValue.ts';

/** Of each table, in one transaction. */
const mostPruned = 1000;

/** The accounting itself is the function `sync_leases` in the migrations. */
export function createQuotaStore(database: Queries, clock: Clock, notices: Notices): QuotaStore {
  return {
    async sync(replicaId, reports) {
      if (reports.length === 0) return [];
      const rows = await database.query('select * from sync_leases($1, $2, $3)', [
        replicaId,
        toTimestamp(clock.now()),
        JSON.stringify(reports.map(toJson)),
      ]);
      return rows.map(toGrant);
    },
    async prune(before) {
      const [row] = await database.query('select prune_quotas($1, $2) as pruned', [toTimestamp(before), mostPruned]);
      return row === undefined ? 0 : number(row, 'pruned');
    },
    onRecall: (replicaId, listener) =>
      notices.listen('modelgraph_recall', (payload) => {
        if (payload === null) return listener(null);
        const [budgetId, by] = payload.split(' ');
        // Who recalls hears it too.
        if (budgetId !== undefined && by !== replicaId) listener(toId(budgetId));
      }),
  };
}

function toJson(report: LeaseReport): JsonObject {
  return {
    budgetId: report.budgetId,
    periodStart: toTimestamp(report.periodStart),
    periodEnd: toTimestampOrNull(report.periodEnd),
    spent: report.spent.toString(),
    overrun: report.overrun.toString(),
    returned: report.returned.toString(),
    granted: report.granted.toString(),
    want: report.want.toString(),
    least: report.least.toString(),
    recall: report.recall,
    slidingMs: report.slidingMs,
    held: report.held.map(({ upto, ageMs }) => [upto.toString(), ageMs]),
    refused: report.refused.toString(),
    refusedAmount: report.refusedAmount.toString(),
  };
}

function toGrant(row: Row): LeaseGrant {
  return {
    budgetId: toId(text(row, 'budget_id')),
    periodStart: number(row, 'period_start'),
    granted: amount(row, 'granted'),
    limit: amount(row, 'limit_amount'),
    spentByAll: amount(row, 'spent_by_all'),
    leasedByAll: amount(row, 'leased_by_all'),
    returned: amount(row, 'returned'),
    replicas: number(row, 'replica_count'),
    recalls: amount(row, 'recalls'),
    crossed: numberOrNull(row, 'crossed'),
    comingBack: toComingBack(textOrNull(row, 'coming_back')),
    refused: amount(row, 'refused'),
    refusedAmount: amount(row, 'refused_amount'),
  };
}

/** Pairs of milliseconds and an amount, as `sync_leases` writes them. */
function toComingBack(pairs: string | null): readonly ComingBack[] {
  if (pairs === null) return [];
  const parsed: readonly (readonly [number, string])[] = JSON.parse(pairs);
  return parsed.map(([afterMs, amount]) => ({ afterMs, amount: BigInt(amount) }));
}
