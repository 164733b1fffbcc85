import postgres from 'postgres';
import { GatewayError } from '../../domain/errors.ts';
import type { Database, Queries, Row } from '../database.ts';
import { toStoreError } from '../sqlError.ts';

export interface PostgresSettings {
  readonly url: string;
  readonly connections: number;
}

const int8 = 20;
const timestamptz = 1184;

/** Opens no connection yet: the first statement does. */
export function openPostgres({ url, connections }: PostgresSettings): Database {
  const sql = connect(url, connections);
  return {
    engine: 'postgres',
    ...toQueries(sql),
    async transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result> {
      const results: Result[] = [];
      await sql
        .begin(async (session) => {
          results.push(await work(toQueries(session)));
        })
        .catch(rethrow);
      const [result] = results;
      // The work has resolved, or `begin` would have thrown.
      return result as Result;
    },
    async [Symbol.asyncDispose]() {
      await sql.end({ timeout: 5 }).catch(() => undefined);
    },
  };
}

function toQueries(sql: postgres.Sql | postgres.TransactionSql): Queries {
  return {
    async query(text, values = []) {
      return await sql.unsafe<Row[]>(text, [...values], { prepare: true }).catch(rethrow);
    },
    async exec(text) {
      // The simple protocol: all statements in one message.
      await sql.unsafe(text).simple().catch(rethrow);
    },
  };
}

function rethrow(thrown: unknown): never {
  throw toStoreError(thrown);
}

function connect(url: string, connections: number): postgres.Sql {
  // Looked at before the driver does, whose own error would repeat the address and with it the password.
  if (!URL.canParse(url) || !/^postgres(ql)?:/.test(url)) {
    throw new GatewayError('INVALID_REQUEST', 'The database URL is not of the form postgres://user:password@host:port/name.');
  }
  return postgres(url, {
    max: connections,
    connect_timeout: 5,
    // Arrays are sent as literals, so their types need not be asked for at every connection.
    fetch_types: false,
    onnotice: () => undefined,
    connection: { application_name: 'modelgraph', TimeZone: 'UTC' },
    types: {
      int8: { to: int8, from: [int8], serialize: String, parse: BigInt },
      timestamptz: { to: timestamptz, from: [timestamptz], serialize: String, parse: Date.parse },
    },
  });
}
