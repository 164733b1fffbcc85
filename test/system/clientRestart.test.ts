import { expect, test } from 'vitest';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { oneBookedCall } from '../support/bookedCalls.ts';
import type { StreamEvent } from '../support/completionEvents.ts';
import { gapless, readStream, sequencesOf, streamDocument, terminalOf, textOf } from '../support/completionEvents.ts';
import { freePort } from '../support/freePort.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const input = {
  model: 'sandbox/chat',
  messages: [{ role: 'USER', content: 'Once upon a time' }],
  maxOutputTokens: 60,
  idempotencyKey: 'over a restart',
  providerOptions: { sandbox: { tokensPerSecond: 100 } },
};

test('a stock client whose gateway is killed in the middle learns that nobody knows the end: charged once, never run again', async () => {
  const folder = temporaryFolder();
  const env = { PORT: String(await freePort()), MODELGRAPH_ADMIN_KEY: createApiKeySecrets().issue().secret };
  const options = { env, dataFolder: folder.path };
  const first = await startGateway(options);
  const restarted = Promise.withResolvers<void>();
  const place = { graphUrl: first.graphUrl, key: first.adminKey };
  const events: StreamEvent[] = [];
  await using client = openStreamClient(place, { retryAttempts: 5, retryWait: () => restarted.promise });
  const variables = {
    input,
    get after() {
      return events.at(-1)?.sequence ?? 0;
    },
  };
  const killed = Promise.withResolvers<void>();
  const stream = readStream(client, {
    query: streamDocument,
    variables,
    onEvent(event) {
      events.push(event);
      if (events.length === 12) first.kill('SIGKILL').then(() => killed.resolve(), killed.reject);
    },
  });
  const refused = expect(stream).rejects.toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN', retryable: false } }]);
  await killed.promise;
  await first[Symbol.asyncDispose]();
  await using _second = await startGateway(options);
  restarted.resolve();
  await refused;

  const [id, ...others] = [...new Set(events.map(({ completionId }) => completionId))];
  expect(others).toEqual([]);
  expect(sequencesOf(events)).toEqual(gapless(events.length));
  const again = await ask(place, 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id } }', {
    variables: { input },
  });
  expect(again.errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN', completionId: id } }]);
  expect(await oneBookedCall(place)).toMatchObject({ id, state: 'UNKNOWN' });
  folder.remove();
});

test('a call that has ended is answered again by the next process, event for event, and billed once', async () => {
  const folder = temporaryFolder();
  const env = { MODELGRAPH_ADMIN_KEY: createApiKeySecrets().issue().secret };
  const key = env.MODELGRAPH_ADMIN_KEY;
  const variables = { input };
  const run = async <Seen>(look: (place: GraphPlace) => Promise<Seen>): Promise<Seen> => {
    await using gateway = await startGateway({ env, dataFolder: folder.path });
    const seen = await look({ graphUrl: gateway.graphUrl, key });
    expect(await gateway.kill('SIGTERM')).toMatchObject({ code: 0 });
    return seen;
  };
  const read = async (place: GraphPlace, after = 0) => {
    await using client = openStreamClient(place);
    return await readStream(client, { query: streamDocument, variables: { ...variables, after } });
  };

  const events = await run((place) => read(place));
  await run(async (place) => {
    expect(await read(place)).toEqual(events);
    expect(await oneBookedCall(place)).toMatchObject({ id: terminalOf(events).completion.id, state: 'SUCCEEDED' });
  });
  await run(async (place) => {
    expect(await read(place, 12)).toEqual(events.slice(12));
    const { createCompletion } = await askWell(
      place,
      'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id text } }',
      variables,
    );
    expect(createCompletion).toEqual({ id: terminalOf(events).completion.id, text: textOf(events) });
    const other = await ask(place, 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id } }', {
      variables: { input: { ...input, maxOutputTokens: 61 } },
    });
    expect(codeOf(other)).toBe('IDEMPOTENCY_CONFLICT');
    await oneBookedCall(place);
  });
  folder.remove();
});

test('embeddings under a key are answered again by the next process, and billed once', async () => {
  const folder = temporaryFolder();
  const env = { MODELGRAPH_ADMIN_KEY: createApiKeySecrets().issue().secret };
  const embed =
    'mutation ($input: EmbeddingsInput!) { createEmbeddings(input: $input) { id vectors usage { inputTokens } cost { total } } }';
  const variables = { input: { model: 'sandbox/embed', inputs: ['a river', 'a sea'], idempotencyKey: 'vectors' } };
  const run = async () => {
    await using gateway = await startGateway({ env, dataFolder: folder.path });
    const place = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
    const answer = await askWell(place, embed, variables);
    const totals = await askWell(place, 'query ($range: DateTimeRange!) { usage(range: $range) { totals { requests } } }', {
      range: { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) },
    });
    expect(await gateway.kill('SIGTERM')).toMatchObject({ code: 0 });
    return { answer, requests: totals.usage.totals.requests };
  };
  const first = await run();
  expect(first.answer.createEmbeddings.vectors).toHaveLength(2);
  expect(await run()).toEqual(first);
  expect(Number(first.requests)).toBe(1);
  folder.remove();
});
