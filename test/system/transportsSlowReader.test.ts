import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { StreamWorld } from '../server/serverWorld.ts';
import { adminHeader, openStreamWorld } from '../server/serverWorld.ts';
import { clientOf, openAcknowledged, subscribeMessage } from '../server/socketClient.ts';
import { eventsOf } from '../support/things.ts';

const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';
const stream = `subscription { completionStream(input: ${input}) { __typename ... on CompletionDelta { text } } }`;
/** Far more than the kernel and the server will hold for a reader. */
const deltas = eventsOf(...Array.from({ length: 1000 }, (_, index) => `${index} `.padEnd(20_000, 'x')));
const slow = { slowReaderBytes: 262_144, slowReaderMs: 10_000 };

/** What the server has been asked to hold is what was read from the events, less what the reader has taken. */
async function fillUp(world: StreamWorld): Promise<void> {
  await world.reading(1);
  world.events.append(...deltas);
  world.events.end();
}

test('for a socket that reads nothing little is held, and after a time it is cut off', async () => {
  await using world = await openStreamWorld({ settings: slow });
  const { socket, send, closed } = await openAcknowledged(world);
  socket.pause();
  send(subscribeMessage('1', stream));
  await fillUp(world);
  await world.clock.advance(9000);
  expect(world.readCount()).toBeLessThan(deltas.length);
  await world.clock.advance(1000);
  expect(await world.left()).toBe('CUT');
  await world.clock.advance(1000);
  socket.resume();
  expect([1006, 1013]).toContain((await closed).code);
});

test('a reader that wakes up in time gets everything', async () => {
  await using world = await openStreamWorld({ settings: slow });
  const { socket, send, next } = await openAcknowledged(world);
  socket.pause();
  send(subscribeMessage('1', stream));
  await fillUp(world);
  await world.clock.advance(9000);
  expect(world.readCount()).toBeLessThan(deltas.length);
  socket.resume();
  for (const event of deltas) {
    const text = event.__typename === 'CompletionDelta' ? { text: event.text } : {};
    expect(await next()).toEqual({
      id: '1',
      type: 'next',
      payload: { data: { completionStream: { __typename: event.__typename, ...text } } },
    });
  }
  expect(await next()).toEqual({ id: '1', type: 'complete' });
});

test('a slow reader does not hold up another', async () => {
  await using world = await openStreamWorld({ settings: slow });
  const sleeper = await openAcknowledged(world);
  sleeper.socket.pause();
  sleeper.send(subscribeMessage('1', stream));
  await fillUp(world);
  const client = clientOf(world, { connectionParams: { authorization: adminHeader }, webSocketImpl: WebSocket });
  let seen = 0;
  for await (const _ of client.iterate({ query: stream })) seen++;
  expect(seen).toBe(deltas.length);
  sleeper.socket.terminate();
  await client.dispose();
});

function askForEvents({ server }: StreamWorld): Socket {
  const socket = connect(server.port, '127.0.0.1');
  const path = `/graphql?query=${encodeURIComponent(stream)}`;
  socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${adminHeader}\r\naccept: text/event-stream\r\n\r\n`);
  return socket;
}

test('for an event stream that nobody reads little is held, and after a time it is cut off', async () => {
  await using world = await openStreamWorld({ settings: slow });
  const socket = askForEvents(world);
  socket.pause();
  await fillUp(world);
  expect(world.readCount()).toBeLessThan(deltas.length);
  await world.clock.advance(10_000);
  expect(await world.left()).toBe('CUT');
  socket.destroy();
});

test('an event stream whose reader wakes up in time is whole', async () => {
  await using world = await openStreamWorld({ settings: slow });
  const socket = askForEvents(world);
  socket.pause();
  await fillUp(world);
  await world.clock.advance(9000);
  expect(world.readCount()).toBeLessThan(deltas.length);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.resume();
  while (!chunks.at(-1)?.toString().endsWith('\r\n0\r\n\r\n')) await once(socket, 'data');
  const text = Buffer.concat(chunks).toString();
  expect(text.match(/event: next/g)).toHaveLength(deltas.length);
  expect(text).toContain('event: complete');
  socket.destroy();
});
