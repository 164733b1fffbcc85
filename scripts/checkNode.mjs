// Preloaded before any TypeScript (`node --import ./scripts/checkNode.mjs`): an older Node would fail at the first `.ts` import
// with an error that names neither the cause nor the cure.
// The whole module, because a named import of what an old Node lacks would fail before the first line runs.
import module from 'node:module';

const needed = 24;

if (Number.parseInt(process.versions.node, 10) < needed) {
  process.stderr.write(
    `Modelgraph needs Node ${needed} or newer; this is ${process.version}.\n` +
      `The npm package "node" brings it: run "npm ci" with install scripts allowed and start with "npm start", or install Node ${needed}.\n`,
  );
  process.exit(1);
}

// Types are stripped and modules compiled once, not at every start.
module.enableCompileCache();
