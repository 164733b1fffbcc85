import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from '../database.ts';
import { migrate } from '../migration.ts';
import { openPglite } from './database.ts';

/** Made at installation by scripts/database.ts; a start without it only takes longer. */
const template = fileURLToPath(new URL('../../../migrations/pglite.tar.gz', import.meta.url));

/** Opens `pg` in the data folder, its tables up to date. To be called only by who holds the folder's lock. */
export async function openPgliteFolder(dataFolder: string): Promise<Database> {
  const folder = join(dataFolder, 'pg');
  const unfinished = join(dataFolder, 'pg.unfinished');
  // A first start that was killed has left half a database, which holds nothing yet.
  if (existsSync(unfinished)) rmSync(folder, { recursive: true, force: true });
  const first = !existsSync(folder);
  if (first) writeFileSync(unfinished, '');
  // As PostgreSQL wants its own: the folder above may be the operator's, and open to others.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = await openPglite({ folder, template: first && existsSync(template) ? template : null });
  try {
    await migrate(database);
  } catch (thrown) {
    await database[Symbol.asyncDispose]();
    throw thrown;
  }
  rmSync(unfinished, { force: true });
  return database;
}
