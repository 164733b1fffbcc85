import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '../support/gatewayProcess.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** As a user's shell has it: without this repository's own tools, so that the machine's Node starts the command, however old it is. */
const env = {
  PATH: (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((entry) => !entry.includes('node_modules'))
    .join(delimiter),
};

let folder: string;

/** Packs the repository and installs the tarball as a dependency of an empty project. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgraph-package-'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  const tarballs = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  const options = ['--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...options, ...tarballs.map((name) => `./${name}`)], { cwd: folder, env: { ...process.env, ...env } });
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the packed package', () => {
  it('holds what it needs at run time, and no sources', () => {
    const installed = join(folder, 'node_modules/modelgraph');
    const needed = ['dist/main.js', 'dist/bin.js', 'schema', 'migrations', 'web/dist/index.html', 'LICENSE', 'CHANGELOG.md'];
    expect(needed.filter((name) => !existsSync(join(installed, name)))).toEqual([]);
    expect(['src', 'test', 'scripts', 'bench'].filter((name) => existsSync(join(installed, name)))).toEqual([]);
  });

  it('starts by its command, serves the Playground, and ends well on SIGTERM', async () => {
    await using gateway = await startGateway({ command: join(folder, 'node_modules/.bin/modelgraph'), args: [], env });
    const playground = await fetch(`${gateway.url}/playground`);
    expect(playground.status).toBe(200);
    expect(await playground.text()).toContain('<script');
    expect(await gateway.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
