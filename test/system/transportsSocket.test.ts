import { expect, test } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { adminHeader, openStreamWorld, openWorld } from '../server/serverWorld.ts';
import { clientOf, openAcknowledged, openSocket, subscribeMessage } from '../server/socketClient.ts';
import { eventsOf } from '../support/things.ts';
import { until } from '../support/until.ts';

const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';
const stream = `subscription { completionStream(input: ${input}) { __typename ... on CompletionDelta { text } } }`;

test('a subscription tells every event in order, then completes', async () => {
  await using world = await openStreamWorld();
  const client = clientOf(world);
  const results = client.iterate({ query: stream });
  world.events.append(...eventsOf('Hel', 'lo'));
  world.events.end();
  const seen: unknown[] = [];
  for await (const { data } of results) seen.push(data?.['completionStream']);
  expect(seen).toEqual([
    { __typename: 'CompletionStarted' },
    { __typename: 'CompletionDelta', text: 'Hel' },
    { __typename: 'CompletionDelta', text: 'lo' },
    { __typename: 'CompletionFinished' },
  ]);
  await client.dispose();
});

test('a burst arrives whole and in order, whatever the lengths of its frames', async () => {
  await using world = await openStreamWorld();
  const texts = Array.from({ length: 900 }, (_, index) => '€'.repeat(index % 7 === 0 ? index * 10 : index % 200));
  texts.push('x'.repeat(70_000), 'ü'.repeat(125), 'y'.repeat(65_536));
  const client = clientOf(world);
  const results = client.iterate({ query: stream });
  world.events.append(...eventsOf(...texts));
  world.events.end();
  const seen: unknown[] = [];
  for await (const { data } of results) seen.push(data?.['completionStream']);
  expect(seen.slice(1, -1)).toEqual(texts.map((text) => ({ __typename: 'CompletionDelta', text })));
  await client.dispose();
});

test('a client that completes has left, at once', async () => {
  await using world = await openStreamWorld();
  const client = clientOf(world);
  const results = client.iterate({ query: stream });
  const first = results.next();
  world.events.append(...eventsOf('Hello').slice(0, 1));
  await first;
  await results.return?.();
  expect(await world.left()).toBe('LEFT');
  await client.dispose();
});

test('a connection that breaks has cut its streams off', async () => {
  await using world = await openStreamWorld();
  const { socket, send } = await openAcknowledged(world);
  send(subscribeMessage('1', stream));
  send(subscribeMessage('2', stream));
  await world.reading(2);
  socket.terminate();
  expect([await world.left(), await world.left()]).toEqual(['CUT', 'CUT']);
});

test('what cannot be subscribed to is answered, and the socket lives', async () => {
  await using world = await openStreamWorld();
  const { send, next } = await openAcknowledged(world);
  send(subscribeMessage('1', 'subscription { completionStream('));
  expect(await next()).toMatchObject({
    id: '1',
    type: 'error',
    payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED', requestId: 'request-1' } }],
  });
  send(subscribeMessage('2', 'subscription { nothing }'));
  expect(await next()).toMatchObject({ id: '2', type: 'error', payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  send(subscribeMessage('3', '{ viewer { scopes } }'));
  expect(await next()).toEqual({ id: '3', type: 'next', payload: { data: { viewer: { scopes: ['ADMIN'] } } } });
  expect(await next()).toEqual({ id: '3', type: 'complete' });
});

test('a stream that is refused says why', async () => {
  const refusal = new GatewayError('QUOTA_EXHAUSTED', 'Nothing is left.', { retryAfterMs: 1000 });
  await using world = await openStreamWorld({ services: { refusal } });
  const { send, next } = await openAcknowledged(world);
  send(subscribeMessage('1', stream));
  expect(await next()).toMatchObject({
    id: '1',
    type: 'next',
    payload: { errors: [{ extensions: { code: 'QUOTA_EXHAUSTED', requestId: 'request-1' } }] },
  });
  expect(await next()).toEqual({ id: '1', type: 'complete' });
});

test('a cursor that cannot go on ends its stream with an error', async () => {
  await using world = await openStreamWorld();
  const { send, next } = await openAcknowledged(world);
  send(subscribeMessage('1', stream));
  await world.reading(1);
  world.forget('The stream is no longer kept.');
  const errors = [{ message: 'The stream is no longer kept.', extensions: { code: 'STREAM_EXPIRED', requestId: 'request-1' } }];
  expect(await next()).toMatchObject({ id: '1', type: 'next', payload: { errors } });
  expect(await next()).toEqual({ id: '1', type: 'complete' });
});

test.each(['authorization', 'Authorization', 'AUTHORIZATION'])('the key is taken as %s', async (name) => {
  await using world = await openWorld();
  const { send, next } = await openSocket(world);
  send({ type: 'connection_init', payload: { [name]: adminHeader } });
  expect(await next()).toEqual({ type: 'connection_ack' });
  send(subscribeMessage('1', '{ viewer { scopes } }'));
  expect(await next()).toMatchObject({ payload: { data: { viewer: { scopes: ['ADMIN'] } } } });
});

test("the key is taken from the request's header", async () => {
  await using world = await openWorld();
  const { send, next } = await openSocket(world, { headers: { authorization: adminHeader } });
  send({ type: 'connection_init' });
  expect(await next()).toEqual({ type: 'connection_ack' });
  send(subscribeMessage('1', '{ viewer { scopes } }'));
  expect(await next()).toMatchObject({ payload: { data: { viewer: { scopes: ['ADMIN'] } } } });
});

test('a wrong key closes the socket and says why', async () => {
  await using world = await openWorld();
  const { send, closed } = await openSocket(world);
  send({ type: 'connection_init', payload: { authorization: 'Bearer mg_live_wrong' } });
  expect(await closed).toEqual({ code: 4401, reason: 'The API key is not known.' });
});

test('a key that ends ends its socket and what runs on it, and says why', async () => {
  await using world = await openStreamWorld();
  const { send, next, closed } = await openAcknowledged(world);
  send(subscribeMessage('1', stream));
  world.events.append(...eventsOf('Hello').slice(0, 1));
  expect(await next()).toMatchObject({ id: '1', payload: { data: { completionStream: { __typename: 'CompletionStarted' } } } });
  world.end('mg_live_admin');
  const errors = [{ message: 'The API key has been revoked.', extensions: { code: 'UNAUTHENTICATED', requestId: 'request-1' } }];
  expect(await next()).toMatchObject({ id: '1', type: 'next', payload: { errors } });
  expect(await closed).toEqual({ code: 4401, reason: 'The API key has been revoked.' });
  expect(await world.left()).toBe('CUT');
});

test('a key that ends leaves the sockets of others alone', async () => {
  await using world = await openStreamWorld();
  const { send, next, socket } = await openAcknowledged(world);
  world.end('mg_live_reader');
  send(subscribeMessage('1', '{ viewer { scopes } }'));
  expect(await next()).toMatchObject({ payload: { data: { viewer: { scopes: ['ADMIN'] } } } });
  socket.close();
  await until('nobody watches a key without a socket', () => world.watchers === 0);
});

test('a key that is revoked starts nothing more', async () => {
  await using world = await openWorld();
  const { send, next } = await openAcknowledged(world);
  world.revoked.add('mg_live_admin');
  send(subscribeMessage('1', '{ viewer { scopes } }'));
  expect(await next()).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});
