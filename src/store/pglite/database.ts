import type { Database, Queries } from '../database.ts';
import type { Notices } from '../notices.ts';
import type { PgliteClient } from './client.ts';
import { openPgliteClient } from './client.ts';
import type { WorkerInput } from './message.ts';
import { createPgliteNotices } from './notices.ts';

export interface PgliteDatabase extends Database {
  /** What this process says to itself. */
  readonly notices: Notices;
}

/**
 * PGlite has one connection: while a transaction is open, everyone else's statements wait for its end, or they would become part of it.
 */
export async function openPglite(input: WorkerInput): Promise<PgliteDatabase> {
  const client = await openPgliteClient(input);
  const queries = toQueries(client);
  let transactions: Promise<void> = Promise.resolve();
  let open = 0;

  /** Runs at once where no transaction is open or waits. */
  async function outside<Result>(work: () => Promise<Result>): Promise<Result> {
    if (open > 0) await transactions;
    return await work();
  }

  function transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result> {
    open += 1;
    const result = transactions.then(() => transact(queries, work));
    transactions = result.then(
      () => undefined,
      () => undefined,
    );
    return result.finally(() => {
      open -= 1;
    });
  }

  const exec: Queries['exec'] = (sql) => outside(() => queries.exec(sql));
  return {
    engine: 'pglite',
    transaction,
    query: (sql, values) => outside(() => queries.query(sql, values)),
    exec,
    notices: createPgliteNotices(client, exec),
    async [Symbol.asyncDispose]() {
      await transactions;
      await client[Symbol.asyncDispose]();
    },
  };
}

async function transact<Result>(queries: Queries, work: (queries: Queries) => Promise<Result>): Promise<Result> {
  await queries.exec('begin');
  try {
    const result = await work(queries);
    await queries.exec('commit');
    return result;
  } catch (thrown) {
    await queries.exec('rollback').catch(() => undefined);
    throw thrown;
  }
}

function toQueries(client: PgliteClient): Queries {
  return {
    query: (sql, values = []) => client.run({ type: 'query', sql, values }),
    async exec(sql) {
      await client.run({ type: 'exec', sql });
    },
  };
}
