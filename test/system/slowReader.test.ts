import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { patience } from '../support/bookedCalls.ts';
import { gapless, readStream, sequencesOf, streamDocument, terminalOf } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { askWell, createKey } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';

const megabyte = 1024 * 1024;
/** So many times the whole text is asked for by the one who reads none of it. */
const readings = 60;

let gateway: GatewayProcess;
let key: GraphPlace;

beforeAll(async () => {
  gateway = await startGateway({ config: { server: { slowReaderBytes: 65_536, slowReaderMs: 400 } } });
  key = await createKey({ graphUrl: gateway.graphUrl, key: gateway.adminKey }, ['COMPLETIONS_WRITE', 'USAGE_READ']);
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Memory in use by the gateway, in bytes; 0 where the system does not tell. */
function residentBytes(): number {
  const file = `/proc/${gateway.pid}/status`;
  if (!existsSync(file)) return 0;
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) * 1024;
}

/** Words far apart: 100 tokens of 50,000 characters, after which the provider says no more and does not end. */
const spacious = Array.from({ length: 100 }, (_, index) => `${' '.repeat(50_000)}word${index}`).join('');
const messages = [{ role: 'USER', content: 'Once upon a time' }];
const endless = {
  model: 'sandbox/chat',
  messages,
  providerOptions: { sandbox: { text: spacious, fault: 'stall', after: 100, firstTokenMs: 0, tokensPerSecond: 2000 } },
};

/** A client that has subscribed and reads no more. */
async function openDeafClient(): Promise<{ readonly closed: Promise<readonly unknown[]>; wakeUp(): void }> {
  const socket = new WebSocket(gateway.socketUrl, 'graphql-transport-ws');
  await once(socket, 'open');
  const send = (message: object) => socket.send(JSON.stringify(message));
  const receive = async () => JSON.parse(String((await once(socket, 'message'))[0]));
  send({ type: 'connection_init', payload: { Authorization: `Bearer ${key.key}` } });
  expect(await receive()).toMatchObject({ type: 'connection_ack' });
  send({ id: 'first', type: 'subscribe', payload: { query: streamDocument, variables: { input: endless } } });
  const started = await receive();
  socket.pause();
  const again = 'subscription ($id: ID!) { resumeCompletion(id: $id) { ... on CompletionDelta { text } } }';
  const variables = { id: started.payload.data.completionStream.completionId };
  for (let reading = 0; reading < readings; reading++) send({ id: `${reading}`, type: 'subscribe', payload: { query: again, variables } });
  return { closed: once(socket, 'close'), wakeUp: () => socket.resume() };
}

test('who reads nothing of a long fast stream is cut off; its call is ended, others go on, and memory stays bounded', async () => {
  const before = residentBytes();
  const deaf = await openDeafClient();
  await using client = openStreamClient(key);
  const brisk = { model: 'sandbox/chat', messages, maxOutputTokens: 80, providerOptions: { sandbox: { tokensPerSecond: 400 } } };
  const others = Array.from({ length: 3 }, () => readStream(client, { query: streamDocument, variables: { input: brisk } }));
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, residentBytes());
  }, 10);
  try {
    for (const events of await Promise.all(others)) {
      expect(sequencesOf(events)).toEqual(gapless(events.length));
      expect(terminalOf(events).__typename).toBe('CompletionFinished');
    }
    const ended = await vi.waitFor(async () => {
      const { completions } = await askWell(key, '{ completions { nodes { state usage { basis } } } }');
      expect(completions.nodes).toHaveLength(4);
      return completions.nodes.find(({ state }: { readonly state: string }) => state !== 'SUCCEEDED');
    }, patience);
    // Without an idempotency key nobody will come back for it.
    expect(ended).toEqual({ state: 'CANCELLED', usage: { basis: 'ESTIMATED' } });
    deaf.wakeUp();
    expect([1006, 1013]).toContain((await deaf.closed)[0]);
  } finally {
    clearInterval(watching);
  }
  // All that was asked for would be 300 MB.
  expect(most - before).toBeLessThan(150 * megabyte);
});
