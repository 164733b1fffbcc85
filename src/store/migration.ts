import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isJsonObject } from '../domain/json.ts';
import type { Database } from './database.ts';
import { text } from './row.ts';

interface Migration {
  readonly tag: string;
  readonly sql: string;
}

const folder = new URL('../../migrations/', import.meta.url);

/** Any number that nobody else locks by. */
const lockKey = 7301;

/**
 * Brings the tables up to date: one short look when they are. All that is missing runs in one transaction under a lock,
 * so that several processes may start on an empty database at once.
 */
export async function migrate(database: Database): Promise<void> {
  const tags = readTags();
  if ((await pending(database, tags)).length === 0) return;
  await database.transaction(async (queries) => {
    await queries.query(`select pg_advisory_xact_lock(${lockKey})`);
    // Another process may have done it while this one waited.
    const missing = await pending(queries, tags);
    if (missing.length > 0) await queries.exec(toScript(missing.map(readMigration)));
  });
}

/** All migrations as one script, for a database that has none. */
export function migrationScript(): string {
  return toScript(readTags().map(readMigration));
}

/** Where a packed PGlite database lies that has just these migrations; it need not be there. */
export function templateUrl(): URL {
  const hash = createHash('sha256').update(migrationScript()).digest('hex');
  return new URL(`pglite-${hash.slice(0, 12)}.tar.gz`, folder);
}

async function pending(database: Pick<Database, 'query'>, tags: readonly string[]): Promise<readonly string[]> {
  // Asked of the catalog's table: `to_regclass` may answer from a cache that has not heard of what was done while this process waited for the lock.
  const [found] = await database.query(
    `select exists (select from pg_tables where schemaname = current_schema() and tablename = 'modelgraph_migrations') as known`,
  );
  if (found?.['known'] !== true) return tags;
  const applied = await database.query('select tag from modelgraph_migrations');
  const known = new Set(applied.map((row) => text(row, 'tag')));
  return tags.filter((tag) => !known.has(tag));
}

function toScript(migrations: readonly Migration[]): string {
  return [
    'create table if not exists modelgraph_migrations (tag text primary key, applied_at timestamptz not null default now());',
    ...migrations.map(({ tag, sql }) => `${sql.trimEnd()}\ninsert into modelgraph_migrations (tag) values ('${tag}');`),
  ].join('\n');
}

function readMigration(tag: string): Migration {
  return { tag, sql: readFileSync(new URL(`${tag}.sql`, folder), 'utf8') };
}

/** In the order in which drizzle-kit has written them. */
function readTags(): readonly string[] {
  const journal: unknown = JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8'));
  const entries = isJsonObject(journal) ? journal['entries'] : undefined;
  if (!Array.isArray(entries)) throw new TypeError('migrations/meta/_journal.json has no entries.');
  return entries.map((entry: unknown) => (isJsonObject(entry) ? String(entry['tag']) : ''));
}
