import type { UsageEvent } from '../domain/usageEvent.ts';
import type { UsagePoint, UsageQuestion, UsageReport, UsageRow, UsageTotals } from '../domain/usageReport.ts';
import type { Clock } from '../ports/clock.ts';
import type { UsageStore } from '../ports/store.ts';
import type { Queries, Row } from './database.ts';
import { cursorOf, pageOf } from './page.ts';
import { amount, number, text } from './row.ts';
import { isUuid, toUuidArray } from './sqlValue.ts';
import { toUsageEvent } from './usageEvent.ts';
import type { Statement } from './usageStatement.ts';
import { listStatement, pointsStatement, rowsStatement, totalsStatement } from './usageStatement.ts';

const empty: UsageTotals = {
  requests: 0,
  errors: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  cost: 0n,
  durationMs: 0,
  firstTokenMs: 0,
  firstTokenCount: 0,
};

export function createUsageStore(database: Queries, clock: Clock): UsageStore {
  const run = ({ sql, values }: Statement): Promise<readonly Row[]> => database.query(sql, values);

  async function report(question: UsageQuestion): Promise<UsageReport> {
    const asOf = clock.now();
    if (!isUuid(question.filter.organizationId)) return { totals: empty, rows: [], rowCount: 0, asOf };
    const [[totals], rows, points] = await Promise.all([
      run(totalsStatement(question)),
      run(rowsStatement(question)),
      question.bucket === null ? [] : run(pointsStatement(question, question.bucket)),
    ]);
    if (totals === undefined) return { totals: empty, rows: [], rowCount: 0, asOf };
    const pointsByKey = Map.groupBy(points, (row) => text(row, 'key'));
    return {
      totals: toTotals(totals),
      rows: rows.map((row) => toRow(question, row, pointsByKey.get(text(row, 'key')) ?? [])),
      rowCount: number(totals, 'row_count'),
      asOf,
    };
  }

  return {
    report,
    async find(organizationId, ids) {
      if (!isUuid(organizationId)) return [];
      const sql = 'select * from usage_events where organization_id = $1 and id = any($2::text::uuid[])';
      const rows = await database.query(sql, [organizationId, toUuidArray(ids)]);
      return rows.map(toUsageEvent);
    },
    async list(filter, page) {
      if (!isUuid(filter.organizationId)) return { items: [], hasMore: false };
      const rows = await run(listStatement(filter, { after: cursorOf(page), count: page.first + 1 }));
      return pageOf<UsageEvent>(rows, page, toUsageEvent);
    },
  };
}

function toRow({ groupBy }: UsageQuestion, row: Row, points: readonly Row[]): UsageRow {
  // The key is a JSON array with one text or null for each dimension, made by our own statement.
  const values = JSON.parse(text(row, 'key')) as readonly (string | null)[];
  return {
    key: Object.fromEntries(groupBy.map((dimension, index) => [dimension, values[index] ?? null])),
    totals: toTotals(row),
    points: points.map(toPoint),
  };
}

function toPoint(row: Row): UsagePoint {
  return { at: number(row, 'at'), ...toTotals(row) };
}

function toTotals(row: Row): UsageTotals {
  return {
    requests: number(row, 'requests'),
    errors: number(row, 'errors'),
    inputTokens: number(row, 'input_tokens'),
    cachedInputTokens: number(row, 'cached_input_tokens'),
    outputTokens: number(row, 'output_tokens'),
    reasoningTokens: number(row, 'reasoning_tokens'),
    cost: amount(row, 'cost'),
    durationMs: number(row, 'duration_ms'),
    firstTokenMs: number(row, 'first_token_ms'),
    firstTokenCount: number(row, 'first_token_count'),
  };
}
