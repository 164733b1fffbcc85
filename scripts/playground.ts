/**
 * Builds the Playground, web/ to web/dist, unless it is there and newer than its sources. The bundle is not committed: `npm ci` makes it (script `prepare`).
 */
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';

const built = statSync('web/dist/index.html', { throwIfNoEntry: false });
const sources = ['package-lock.json', 'web/index.html', 'web/vite.config.ts', ...globSync('web/{src,public}/**/*.*')];

function viteIsInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve('vite/package.json');
    return true;
  } catch {
    return false;
  }
}

function isStale(source: string): boolean {
  const found = statSync(source, { throwIfNoEntry: false });
  return built === undefined || (found !== undefined && found.mtimeMs > built.mtimeMs);
}

if (!sources.some(isStale)) process.exit(0);
if (!viteIsInstalled()) {
  process.stdout.write('The Playground is not built: that needs the development dependencies.\n');
  process.exit(0);
}
// A step of its own process: it is the same command that a developer gives.
const { status } = spawnSync('npm', ['run', '--silent', 'web:build'], { shell: process.platform === 'win32', stdio: 'inherit' });
process.exitCode = status ?? 1;
