/** Fails when the tables in src/store/tables have changed and no migration says so: lets drizzle-kit write the next one into a copy, and expects none. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const copy = mkdtempSync(join(tmpdir(), 'modelgraph-migrations-'));

/** The tool's own entry, run by this Node. It takes no absolute folder. */
function generate(out: string): string {
  const kit = join('node_modules', 'drizzle-kit', 'bin.cjs');
  const options = ['--dialect', 'postgresql', '--schema', './src/store/tables/*.ts', '--out', relative('.', out)];
  const { status, stdout, stderr } = spawnSync(process.execPath, [kit, 'generate', ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`drizzle-kit could not compare the tables with the migrations.\n${stdout}${stderr}`);
  return stdout;
}

try {
  cpSync('migrations', copy, { recursive: true });
  const said = generate(copy);
  // Its own words, not its exit code: where it would ask whether a column was renamed, it gives up with code 0.
  if (!said.includes('nothing to migrate')) {
    process.stderr.write(`The tables have changed since the last migration: run "npm run migrations:generate".\n${said}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(copy, { force: true, recursive: true });
}
