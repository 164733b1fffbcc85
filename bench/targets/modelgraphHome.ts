import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { upstreamModel } from '../answer.ts';
import type { BenchDatabase } from './database.ts';
import { createDatabase } from './database.ts';

/** Where a gateway of the run lives: a new folder with its configuration, and its database. It can be started in it again and again. */
export interface ModelgraphHome extends AsyncDisposable {
  readonly adminKey: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The model that the graph's calls ask for. */
export const benchModel = 'bench/chat';

export type Engine = 'PostgreSQL' | 'PGlite';

function configuration(upstreamPort: number): string {
  return `providers:
  bench:
    format: openai-chat
    baseUrl: http://127.0.0.1:${upstreamPort}/v1
    apiKey: sk-bench
models:
  ${benchModel}:
    offers:
      - provider: bench
        model: ${upstreamModel}
        price: { input: "0.15", output: "0.60" }
`;
}

export async function createHome(engine: Engine, upstreamPort: number): Promise<ModelgraphHome> {
  await using undo = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'modelgraph-bench-'));
  undo.defer(() => rm(folder, { recursive: true, force: true }));
  const database: BenchDatabase | null = engine === 'PGlite' ? null : undo.use(await createDatabase());
  const config = join(folder, 'modelgraph.config.yaml');
  await writeFile(config, configuration(upstreamPort));
  const adminKey = createApiKeySecrets().issue().secret;
  const env = {
    // As in production, like the peer; the sandbox is asked for because the time to ready is told by its answer.
    NODE_ENV: 'production',
    MODELGRAPH_SANDBOX: 'on',
    HOST: '127.0.0.1',
    MODELGRAPH_DATA: join(folder, 'data'),
    MODELGRAPH_CONFIG: config,
    MODELGRAPH_ADMIN_KEY: adminKey,
    ...(database === null ? {} : { DATABASE_URL: database.url }),
  };
  const kept = undo.move();
  return { adminKey, env, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
