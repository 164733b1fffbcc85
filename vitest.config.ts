import { createRequire } from 'node:module';
import type { TestProjectConfiguration } from 'vitest/config';
import { defineConfig } from 'vitest/config';
import { createTallyReporter } from './test/support/tallyReporter.ts';

const system = 'test/system/**/*.test.ts';
const long = 'test/**/*.long.test.ts';

/** Real sockets, processes, databases and browsers. Most of their time is waiting, so two files share the two cores that a test may count on. */
const realWorld = { pool: 'forks', testTimeout: 60_000 } as const;

/** What says how long something takes, or keeps both cores busy by itself, runs alone. */
const alone = ['slowReader', 'transportsSlowReader', 'transportsTimeout', 'quotaReplicas', 'rateLimit', 'revocation'].map(
  (name) => `test/system/${name}.test.ts`,
);

const everyday: TestProjectConfiguration[] = [
  { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [system, long], pool: 'threads' } },
  { extends: true, test: { name: 'system', include: [system], exclude: [long, ...alone], ...realWorld, sequence: { groupOrder: 1 } } },
  { extends: true, test: { name: 'alone', include: alone, ...realWorld, fileParallelism: false, sequence: { groupOrder: 2 } } },
];

const soak: TestProjectConfiguration[] = [
  { extends: true, test: { name: 'long', include: [long], ...realWorld, fileParallelism: false, testTimeout: 600_000 } },
];

/** `vitest run` runs everything that ends in minutes; `vitest run --mode long` the rest. */
export default defineConfig(({ mode }) => ({
  resolve: {
    // Vite would resolve `import 'graphql'` to the ESM build and a dependency's `require('graphql')` to the CommonJS one:
    // two realms, each of which refuses the other's schema.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    // PGlite needs seconds for its first start.
    hookTimeout: 60_000,
    reporters: [process.env['CI'] === undefined ? 'default' : ['default', { summary: false }], createTallyReporter()],
    projects: mode === 'long' ? soak : everyday,
  },
}));
