import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate, templateUrl } from '../migration.ts';
import type { PgliteDatabase } from './database.ts';
import { openPglite } from './database.ts';

/** Opens `pg` in the data folder, its tables up to date. To be called only by who holds the folder's lock. */
export async function openPgliteFolder(dataFolder: string): Promise<PgliteDatabase> {
  const folder = join(dataFolder, 'pg');
  const unfinished = join(dataFolder, 'pg.unfinished');
  // A first start that was killed has left half a database, which holds nothing yet.
  if (existsSync(unfinished)) rmSync(folder, { recursive: true, force: true });
  const first = !existsSync(folder);
  if (first) writeFileSync(unfinished, '');
  // As PostgreSQL wants its own: the folder above may be the operator's, and open to others.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = await openPglite({ folder, template: first ? findTemplate() : null });
  try {
    await migrate(database);
  } catch (thrown) {
    await database[Symbol.asyncDispose]();
    throw thrown;
  }
  rmSync(unfinished, { force: true });
  return database;
}

/** Made at installation by scripts/database.ts; a start without it only takes longer. */
function findTemplate(): string | null {
  const path = fileURLToPath(templateUrl());
  return existsSync(path) ? path : null;
}
