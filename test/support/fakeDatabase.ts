import type { Database, Queries, Row, SqlValue } from '../../src/store/database.ts';
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
  /** Records of calls that have begun and not ended. */
  readonly open: readonly OpenRecord[];
  /** Replicas that keep their calls here; to be changed by the test. */
  readonly owners: Map<string, FakeOwner>;
}

export interface OpenRecord {
  readonly id: string;
  readonly number: number;
  readonly replicaId: string;
  readonly record: string;
}

export interface FakeOwner {
  readonly process: string;
  beat: number;
  gone: boolean;
}

export function createFakeDatabase(): FakeDatabase {
  const rows = new Map<string, Row>();
  const settled: string[] = [];
  const owners = new Map<string, FakeOwner>();
  let open: readonly OpenRecord[] = [];

  function ingest(json: string): readonly Row[] {
    // The ledger's own rows.
    const events = JSON.parse(json) as Row[];
    if (events.some((event) => fake.refused !== null && event['end_user'] === fake.refused)) throw new SqlError('refused', '22000');
    for (const event of events) if (!rows.has(String(event['id']))) rows.set(String(event['id']), event);
    open = open.filter(({ id }) => !rows.has(id));
    return [];
  }

  function writeOpenings(replicaId: string, json: string): readonly Row[] {
    if (owners.get(replicaId)?.gone !== false) return [{ owned: false }];
    const opened = JSON.parse(json) as Omit<OpenRecord, 'replicaId'>[];
    open = [...open, ...opened.map((each) => ({ ...each, replicaId }))];
    return [{ owned: true }];
  }

  /** What a ledger in the database asks beside its rows. */
  function askOwners(sql: string, id: string, process: string): readonly Row[] {
    const owner = owners.get(id);
    if (sql.startsWith('insert')) owners.set(id, { process, beat: 0, gone: false });
    else if (sql.startsWith('delete')) owners.delete(id);
    else if (sql.startsWith('select')) {
      return [...owners].filter(([other]) => other !== id).map(([other, each]) => ({ ...each, replica_id: other }));
    } else if (owner !== undefined && sql.includes('gone = true')) owner.gone = true;
    else if (owner?.gone === false) return [{ beat: ++owner.beat }];
    return [];
  }

  function askOpen(sql: string, replicaId: string, after: string | null): readonly Row[] {
    if (sql.startsWith('select')) {
      return open.filter((each) => each.replicaId === replicaId && each.id > (after ?? '')).map(({ id, record }) => ({ id, record }));
    }
    open = open.filter((each) => each.replicaId !== replicaId);
    return [];
  }

  /** By a word of the statement. */
  const answers: Readonly<Record<string, (sql: string, values: readonly SqlValue[]) => readonly Row[]>> = {
    ingest_usage: (_sql, [rows]) => ingest(String(rows)),
    end_calls: (_sql, [rows]) => ingest(String(rows)),
    write_openings: (_sql, [replicaId, opened]) => writeOpenings(String(replicaId), String(opened)),
    ledger_owners: (sql, [replicaId, process]) => askOwners(sql, String(replicaId), String(process)),
    open_calls: (sql, [replicaId, after]) => askOpen(sql, String(replicaId), after === null ? null : String(after)),
    settle_replica(_sql, [replicaId]) {
      settled.push(String(replicaId));
      return [];
    },
    ensure_usage_partition: () => [],
    idempotency: () => [],
  };

  const queries: Queries = {
    async query(sql, values = []) {
      await Promise.resolve();
      if (fake.away) throw storeUnavailable(new Error('away'));
      if (fake.failing !== null) throw new SqlError('failing', fake.failing);
      const [, answer] = Object.entries(answers).find(([word]) => sql.includes(word)) ?? [];
      if (answer === undefined) throw new Error(`unexpected: ${sql}`);
      return answer(sql, values);
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
    owners,
    get open() {
      return open;
    },
    transaction: () => Promise.reject(new Error('unexpected')),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return fake;
}
