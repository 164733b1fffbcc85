import { toId } from '../domain/id.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeaseGrant, LeaseReport, QuotaStore } from '../ports/store.ts';
import type { Queries, Row } from './database.ts';
import type { Notices } from './notices.ts';
import { amount, number, numberOrNull, text } from './row.ts';
import { toTimestamp, toTimestampOrNull } from './sqlValue.ts';

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
    onRecall: (replicaId, listener) =>
      notices.listen('modelgraph_recall', (payload) => {
        if (payload === null) return listener(null);
        const [budgetId, by] = payload.split(' ');
        // Who recalls hears it too.
        if (budgetId !== undefined && by !== replicaId) listener(toId(budgetId));
      }),
  };
}

function toJson(report: LeaseReport): Readonly<Record<string, string | boolean | null>> {
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
  };
}
