#!/usr/bin/env node
/**
 * The command `modelgraph`. It imports nothing but Node, statically, and is compiled for old Nodes too, because its first work is to find one that is
 * new enough: the one that runs it, or the one that the npm package `node`, a dependency, has installed.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
// The whole module, because a named import of what an old Node lacks would fail before the first line runs.
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const neededNode = 24;

const main = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './main.ts' : './main.js', import.meta.url));

/** Handed on to the gateway, which takes a second one for impatience; so it stands in a process group of its own, and a terminal's Ctrl-C is heard once. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function installedNode(): string | undefined {
  try {
    const folder = join(dirname(module.createRequire(import.meta.url).resolve('node/package.json')), 'bin');
    return ['node.exe', 'node'].map((name) => join(folder, name)).find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}

function runUnder(node: string): void {
  const child = spawn(node, [main, ...process.argv.slice(2)], { detached: process.platform !== 'win32', stdio: 'inherit' });
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

const node = installedNode();
if (Number.parseInt(process.versions.node, 10) >= neededNode) {
  module.enableCompileCache();
  await import('./main.ts');
} else if (node !== undefined) {
  runUnder(node);
} else {
  process.stderr.write(
    `Modelgraph needs Node ${neededNode} or newer; this is ${process.version}, and the npm package "node" has installed none beside it.\n` +
      'Install again with install scripts allowed, or run Modelgraph under a newer Node.\n',
  );
  process.exitCode = 1;
}
