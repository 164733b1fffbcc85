import { randomBytes } from 'node:crypto';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import type { TestDatabase } from './database.ts';
import type { GatewayProcess } from './gatewayProcess.ts';
import { startGateway } from './gatewayProcess.ts';
import type { GraphPlace } from './httpGraph.ts';
import { createKey } from './httpGraph.ts';
import { temporaryFolder } from './temporaryFolder.ts';

export interface Replicas extends AsyncDisposable {
  readonly processes: readonly [GatewayProcess, GatewayProcess];
  readonly places: readonly [GraphPlace, GraphPlace];
}

/** Two gateways on one database, and a key of their customer. */
export async function openReplicas({ location }: TestDatabase): Promise<Replicas> {
  if (location.type !== 'POSTGRES') throw new Error('This database is no PostgreSQL.');
  await using open = new AsyncDisposableStack();
  const env = {
    DATABASE_URL: location.url,
    MODELGRAPH_ADMIN_KEY: createApiKeySecrets().issue().secret,
    MODELGRAPH_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
  const start = async () => {
    const folder = temporaryFolder();
    open.defer(folder.remove);
    return open.use(await startGateway({ env, dataFolder: folder.path }));
  };
  const [one, two] = [await start(), await start()];
  const { key } = await createKey({ graphUrl: one.graphUrl, key: one.adminKey }, ['COMPLETIONS_WRITE', 'USAGE_READ']);
  const closing = open.move();
  return {
    processes: [one, two],
    places: [
      { graphUrl: one.graphUrl, key },
      { graphUrl: two.graphUrl, key },
    ],
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

export const createDocument = 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id text cost { total } } }';

/** A keyed call that takes most of a second. */
export const keyedInput = {
  model: 'sandbox/chat',
  messages: [{ role: 'USER', content: 'Once upon a time' }],
  maxOutputTokens: 60,
  idempotencyKey: 'on both',
  providerOptions: { sandbox: { tokensPerSecond: 100 } },
};
