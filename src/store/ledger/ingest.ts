import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../ports/log.ts';
import type { Queries } from '../database.ts';
import { SqlError } from '../sqlError.ts';
import { toTimestamp } from '../sqlValue.ts';

/** Writes rows, each the JSON of one, into the database; those that are there already stay as they are. */
export type Ingest = (rows: readonly string[]) => Promise<void>;

/** Values that a column does not take. All else may be put right, and the row then taken. */
const rowIsAtFault = /^(22|23502)/;

const rowTime = /^\{"ts":"(\d{4}-\d{2})/;

export interface IngestOptions {
  readonly database: Queries;
  /** Where rows are kept that the database will never take; null: in the log alone. */
  readonly folder: string | null;
  readonly log: Log;
  /** What writes a JSON array of rows. */
  readonly statement?: string;
}

/** Makes the months' partitions as they are needed. */
export function createIngest({ database, folder, log, statement = 'select ingest_usage($1)' }: IngestOptions): Ingest {
  const months = new Set<string>();

  async function write(rows: readonly string[]): Promise<void> {
    for (const row of rows) {
      const month = rowTime.exec(row)?.[1];
      if (month === undefined || months.has(month)) continue;
      await database.query('select ensure_usage_partition($1)', [`${month}-01T00:00:00Z`]);
      months.add(month);
    }
    await database.query(statement, [`[${rows.join(',')}]`]);
  }

  async function ingest(rows: readonly string[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      await write(rows);
    } catch (thrown) {
      // A partition may have been dropped since it was made.
      months.clear();
      if (!(thrown instanceof SqlError) || !rowIsAtFault.test(thrown.sqlState)) throw thrown;
      if (rows.length === 1) setAside(rows, thrown);
      else await ingestOneByOne(rows);
    }
  }

  /** One row that the database will never take must not hold back the others. */
  async function ingestOneByOne(rows: readonly string[]): Promise<void> {
    for (const row of rows) await ingest([row]);
  }

  function setAside(rows: readonly string[], error: SqlError): void {
    if (folder === null) {
      log.error('The database refuses a usage row; here it is.', { error, row: rows[0] });
      return;
    }
    const path = join(folder, 'refused.jsonl');
    appendFileSync(path, `${rows.join('\n')}\n`, { mode: 0o600 });
    log.error('The database refuses a usage row; it is kept in a file.', { error, path });
  }

  return ingest;
}

/** This month's partition and the next two, so that the turn of a month finds its own. */
export async function ensurePartitions(database: Queries, now: number): Promise<void> {
  const date = new Date(now);
  const months = [0, 1, 2].map((ahead) => toTimestamp(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1)));
  await database.query('select ensure_usage_partition($1), ensure_usage_partition($2), ensure_usage_partition($3)', months);
}
