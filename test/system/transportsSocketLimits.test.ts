import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { adminHeader, openStreamWorld, openWorld } from '../server/serverWorld.ts';
import { openAcknowledged, openSocket, subscribeMessage } from '../server/socketClient.ts';

const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';
const stream = `subscription { completionStream(input: ${input}) { __typename ... on CompletionDelta { text } } }`;

test('whoever does not introduce himself is sent away', async () => {
  await using world = await openWorld();
  const { closed } = await openSocket(world);
  await world.clock.advance(3000);
  expect(await closed).toMatchObject({ code: 4408 });
});

test('another protocol is sent away', async () => {
  await using world = await openWorld();
  const socket = new WebSocket(world.socketUrl);
  const [code] = await once(socket, 'close');
  expect(code).toBe(4406);
});

test('a key has only so many sockets', async () => {
  await using world = await openWorld({ settings: { socketsPerKey: 1 } });
  const first = await openAcknowledged(world);
  const second = await openSocket(world);
  second.send({ type: 'connection_init', payload: { authorization: adminHeader } });
  expect(await second.closed).toEqual({ code: 1013, reason: '1 sockets are open already.' });
  await openAcknowledged(world, 'Bearer mg_live_reader');
  first.socket.close();
  await first.closed;
});

test('a socket has only so many operations', async () => {
  await using world = await openStreamWorld({ settings: { operationsPerSocket: 1 } });
  const { send, next } = await openAcknowledged(world);
  send(subscribeMessage('1', stream));
  send(subscribeMessage('2', stream));
  expect(await next()).toMatchObject({
    id: '2',
    type: 'error',
    payload: [{ extensions: { code: 'RATE_LIMITED', quota: 'operationsPerSocket' } }],
  });
});

test.each([
  ['anonymous', null, 200],
  ['of a key', 'Bearer mg_live_reader', 2000],
])('a message %s that is too large ends its socket', async (_, authorization, bytes) => {
  await using world = await openWorld({
    settings: { bodyLimits: { anonymousBytes: 150, authenticatedBytes: 1000, completionBytes: 300_000 } },
  });
  const { send, closed } = await openAcknowledged(world, authorization);
  send(subscribeMessage('1', `{ __typename } #${'x'.repeat(bytes)}`));
  expect(await closed).toMatchObject({ code: 1009 });
});

test('a message that never ends is not held', async () => {
  await using world = await openWorld();
  const { socket, closed } = await openAcknowledged(world, null);
  socket.send('x'.repeat(60_000), { fin: false });
  for (let sent = 0; sent < 20; sent++) socket.send('x'.repeat(60_000), { fin: false });
  expect([1006, 1009]).toContain((await closed).code);
});

test('a dead client is found out', async () => {
  await using world = await openStreamWorld();
  const { socket, send, closed } = await openAcknowledged(world);
  send(subscribeMessage('1', stream));
  await world.reading(1);
  const pinged = once(socket, 'ping');
  await world.clock.advance(12_000);
  await pinged;
  // From here on the client reads nothing and so answers no ping.
  socket.pause();
  await world.clock.advance(24_000);
  expect(await world.left()).toBe('CUT');
  socket.terminate();
  await closed;
});

test.each([
  ['https://evil.example.com', 403],
  ['http://localhost:3000', 101],
  [undefined, 101],
])('a socket of a page at %s is answered %i', async (origin, status) => {
  await using world = await openWorld();
  const socket = new WebSocket(world.socketUrl, 'graphql-transport-ws', origin === undefined ? {} : { origin });
  const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode);
  const opened = once(socket, 'open').then(() => 101);
  socket.on('error', () => undefined);
  refused.catch(() => undefined);
  opened.catch(() => undefined);
  expect(await Promise.any([refused, opened])).toBe(status);
  socket.terminate();
});
