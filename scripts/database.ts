/**
 * Packs a PGlite database with all tables and nothing in them into migrations/pglite-<hash of the migrations>.tar.gz. A first start unpacks it in
 * a third of the time that making one anew takes. It belongs to the installed version of PGlite, so it is made at each installation, again
 * where the migrations have changed, and never committed.
 */
import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { migrationScript, templateUrl } from '../src/store/migration.ts';

const target = fileURLToPath(templateUrl());

const made = statSync(target, { throwIfNoEntry: false });
const installed = statSync(resolve(import.meta.dirname, '../package-lock.json'), { throwIfNoEntry: false });
if (made !== undefined && installed !== undefined && made.mtimeMs > installed.mtimeMs) process.exit(0);

const database = await PGlite.create();
await database.exec(migrationScript());
await database.exec('checkpoint');
const packed = await database.dumpDataDir('gzip');
// Put into place whole: a gateway may start meanwhile.
writeFileSync(`${target}.${process.pid}`, Buffer.from(await packed.arrayBuffer()));
renameSync(`${target}.${process.pid}`, target);
await database.close();

for (const name of readdirSync(dirname(target))) {
  if (/^pglite.*\.tar\.gz$/.test(name) && name !== basename(target)) rmSync(join(dirname(target), name));
}
