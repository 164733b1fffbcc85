import type { Database, Queries, Row } from '../../src/store/database.ts';
import { SqlError, storeUnavailable } from '../../src/store/sqlError.ts';

/** The database as the ledger sees it: it takes rows, or does not answer. */
export interface FakeDatabase extends Database {
  away: boolean;
  /** It answers, and refuses every statement with this state. */
  failing: string | null;
  /** Rows with this in their end user are refused for ever. */
  refused: string | null;
  /** By the call's id; as the real one, the first row of a call stays. */
  readonly rows: ReadonlyMap<string, Row>;
  readonly settled: readonly string[];
}

export function createFakeDatabase(): FakeDatabase {
  const rows = new Map<string, Row>();
  const settled: string[] = [];

  function ingest(json: string): void {
    // The ledger's own rows.
    const events = JSON.parse(json) as Row[];
    if (events.some((event) => fake.refused !== null && event['end_user'] === fake.refused)) throw new SqlError('refused', '22000');
    for (const event of events) if (!rows.has(String(event['id']))) rows.set(String(event['id']), event);
  }

  const queries: Queries = {
    async query(sql, values = []) {
      await Promise.resolve();
      if (fake.away) throw storeUnavailable(new Error('away'));
      if (fake.failing !== null) throw new SqlError('failing', fake.failing);
      if (sql.includes('ingest_usage')) ingest(String(values[0]));
      else if (sql.includes('settle_replica')) settled.push(String(values[0]));
      else if (!/ensure_usage_partition|idempotency/.test(sql)) throw new Error(`unexpected: ${sql}`);
      return [];
    },
    exec: () => Promise.reject(new Error('unexpected')),
  };
  const fake: FakeDatabase = {
    ...queries,
    engine: 'postgres',
    away: false,
    failing: null,
    refused: null,
    rows,
    settled,
    transaction: () => Promise.reject(new Error('unexpected')),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return fake;
}
