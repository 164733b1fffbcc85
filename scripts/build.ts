/**
 * Compiles src/ to dist/, file by file: no code is moved between files, so what a file finds relative to itself (a worker, schema/, migrations/, web/dist)
 * it finds at the same place in both, and `graphql` and every other package stay one copy, the installed one.
 */
import { globSync, rmSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';

/** Every import stays an import; one of our own sources then names its compiled neighbour. */
const keepImports: Plugin = {
  name: 'keep-imports',
  setup(context) {
    context.onResolve({ filter: /./ }, ({ kind, path }) => {
      if (kind === 'entry-point') return undefined;
      return { external: true, path: path.startsWith('.') ? path.replace(/\.ts$/, '.js') : path };
    });
  },
};

rmSync('dist', { force: true, recursive: true });
await build({
  bundle: true,
  entryPoints: globSync('src/**/*.ts'),
  format: 'esm',
  logLevel: 'warning',
  outbase: 'src',
  outdir: 'dist',
  platform: 'node',
  plugins: [keepImports],
  sourcemap: true,
  target: 'node24',
});
