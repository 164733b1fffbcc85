import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { oneBookedCall } from '../support/bookedCalls.ts';
import { gapless, readStream, sequencesOf, streamDocument, terminalOf, textOf } from '../support/completionEvents.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase, whyNot } from '../support/database.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf, createKey } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

const create = 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id text cost { total } } }';
/** Takes most of a second. */
const input = {
  model: 'sandbox/chat',
  messages: [{ role: 'USER', content: 'Once upon a time' }],
  maxOutputTokens: 60,
  idempotencyKey: 'on both',
  providerOptions: { sandbox: { tokensPerSecond: 100 } },
};

interface Replicas extends AsyncDisposable {
  readonly processes: readonly [GatewayProcess, GatewayProcess];
  readonly places: readonly [GraphPlace, GraphPlace];
}

/** Two gateways on one database, and a key of their customer. */
async function openReplicas({ location }: TestDatabase): Promise<Replicas> {
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

describe('one idempotency key on two replicas of one database', () => {
  it('at once is one call, one row and one text', async () => {
    await using database = await createTestDatabase('POSTGRES');
    await using replicas = await openReplicas(database);
    const [one, two] = replicas.places;
    const places = [one, two, one, two];
    const answers = await Promise.all(places.map((place) => askWell(place, create, { input })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    for (const place of replicas.places)
      expect(await oneBookedCall(place)).toMatchObject({ id: answers[0].createCompletion.id, state: 'SUCCEEDED' });
    expect(codeOf(await ask(two, create, { variables: { input: { ...input, maxOutputTokens: 9 } } }))).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('gives a stream on the one to a reader of the other, when it has ended', async () => {
    await using database = await createTestDatabase('POSTGRES');
    await using replicas = await openReplicas(database);
    const read = async (place: GraphPlace) => {
      await using client = openStreamClient(place);
      return await readStream(client, { query: streamDocument, variables: { input } });
    };
    const [left, right] = await Promise.all(replicas.places.map(read));
    expect(right).toEqual(left);
    expect(sequencesOf(right ?? [])).toEqual(gapless(right?.length ?? 0));
    expect(textOf(right ?? [])).toBe(terminalOf(right ?? []).completion.text);
    await oneBookedCall(replicas.places[0]);
  });

  it('is OUTCOME_UNKNOWN on the other one when its owner is killed in the middle', { timeout: 60_000 }, async () => {
    await using database = await createTestDatabase('POSTGRES');
    await using replicas = await openReplicas(database);
    const [owner] = replicas.processes;
    await using client = openStreamClient(replicas.places[0]);
    const spoken = Promise.withResolvers<void>();
    const stream = readStream(client, {
      query: streamDocument,
      variables: { input },
      onEvent: ({ text }) => text !== undefined && spoken.resolve(),
    });
    stream.catch(() => undefined);
    await spoken.promise;
    await owner.kill('SIGKILL');
    for (const _time of [1, 2]) expect(codeOf(await ask(replicas.places[1], create, { variables: { input } }))).toBe('OUTCOME_UNKNOWN');
    expect(await askWell(replicas.places[1], '{ completions { nodes { id } } }')).toEqual({ completions: { nodes: [] } });
  });
});
