import { expect, test } from 'vitest';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import type { StreamEvent } from '../support/completionEvents.ts';
import { gapless, readStream, sequencesOf, streamDocument, terminalOf, textOf } from '../support/completionEvents.ts';
import { freePort } from '../support/freePort.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import { askWell } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const input = {
  model: 'sandbox/chat',
  messages: [{ role: 'USER', content: 'Once upon a time' }],
  maxOutputTokens: 60,
  idempotencyKey: 'over a restart',
  providerOptions: { sandbox: { tokensPerSecond: 100 } },
};

test('a stock client whose gateway is killed and started again gets one whole answer, and nothing is lost from the books', async () => {
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
  await killed.promise;
  await first[Symbol.asyncDispose]();
  await using _second = await startGateway(options);
  restarted.resolve();
  await stream;

  const ids = [...new Set(events.map(({ completionId }) => completionId))];
  expect(ids).toHaveLength(2);
  for (const own of ids.map((id) => events.filter(({ completionId }) => completionId === id))) {
    expect(sequencesOf(own)).toEqual(gapless(own.length));
  }
  // The places of the second answer's pieces begin anew, and take the first one's.
  expect(textOf(events)).toBe(terminalOf(events).completion.text);
  const { completions } = await askWell(place, '{ completions { nodes { id state error { code } } } }');
  expect(completions.nodes).toEqual([
    { id: ids[1], state: 'SUCCEEDED', error: null },
    { id: ids[0], state: 'UNKNOWN', error: { code: 'OUTCOME_UNKNOWN' } },
  ]);
  folder.remove();
});
