import { once } from 'node:events';
import { get } from 'node:http';
import { createClient } from 'graphql-sse';
import { expect, test } from 'vitest';
import type { World } from '../server/serverWorld.ts';
import { adminHeader, openStreamWorld, openWorld, post } from '../server/serverWorld.ts';
import { eventsOf } from '../support/things.ts';
import { until } from '../support/until.ts';

const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';
const stream = `subscription { completionStream(input: ${input}) { __typename ... on CompletionDelta { text } } }`;
const complete = `mutation { createCompletion(input: ${input}) { text } }`;
const events = { authorization: adminHeader, accept: 'text/event-stream' };

const clientOf = ({ url }: World) => createClient({ url, headers: { authorization: adminHeader }, retryAttempts: 0 });

test('a subscription tells every event in order, then completes', async () => {
  await using world = await openStreamWorld();
  const client = clientOf(world);
  const texts = Array.from({ length: 700 }, (_, index) => 'ü'.repeat(index));
  world.events.append(...eventsOf(...texts));
  world.events.end();
  const seen: unknown[] = [];
  for await (const { data } of client.iterate({ query: stream })) seen.push(data?.['completionStream']);
  expect(seen.slice(1, -1)).toEqual(texts.map((text) => ({ __typename: 'CompletionDelta', text })));
  client.dispose();
});

test('queries and mutations are answered as events, too', async () => {
  await using world = await openWorld();
  const client = clientOf(world);
  const seen: unknown[] = [];
  for await (const result of client.iterate({ query: '{ viewer { scopes } }' })) seen.push(result);
  expect(seen).toEqual([{ data: { viewer: { scopes: ['ADMIN'] } } }]);
  client.dispose();
});

test('what cannot be executed is said in an event', async () => {
  await using world = await openWorld();
  const response = await post(world.url, { query: '{ nothing }' }, events);
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(
    /^:\n\nevent: next\ndata: \{"errors":\[.*"GRAPHQL_VALIDATION_FAILED","requestId":"request-1".*\n\nevent: complete\ndata:\n\n$/,
  );
});

test('a key that ends ends its streams with an error', async () => {
  await using world = await openStreamWorld();
  const client = clientOf(world);
  const results = client.iterate({ query: stream });
  const first = results.next();
  world.events.append(...eventsOf('Hello').slice(0, 1));
  await first;
  world.end('mg_live_admin');
  const errors = [{ message: 'The API key has been revoked.', extensions: { code: 'UNAUTHENTICATED' } }];
  expect(await results.next()).toMatchObject({ done: false, value: { errors } });
  expect(await results.next()).toMatchObject({ done: true });
  expect(await world.left()).toBe('CUT');
  await until('nobody watches a key without a stream', () => world.watchers === 0);
  client.dispose();
});

test('a client that goes has cut its stream off', async () => {
  await using world = await openStreamWorld();
  const client = clientOf(world);
  const results = client.iterate({ query: stream });
  const first = results.next();
  world.events.append(...eventsOf('Hello').slice(0, 1));
  await first;
  await results.return?.();
  expect(await world.left()).toBe('CUT');
  client.dispose();
});

test.each(['text/event-stream', 'TEXT/EVENT-STREAM', 'text/event-stream, application/json;q=0.5', 'text/event-stream;charset=utf-8'])(
  'Accept: %s asks for events, by GET, too',
  async (accept) => {
    await using world = await openWorld();
    const response = await fetch(`${world.url}?query=${encodeURIComponent('{ __typename }')}`, { headers: { accept } });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(await response.text()).toContain('data: {"data":{"__typename":"Query"}}');
  },
);

test('a mutation is not taken by GET', async () => {
  await using world = await openWorld();
  const response = await fetch(`${world.url}?query=${encodeURIComponent(complete)}`, { headers: events });
  expect(response.status).toBe(400);
});

test.each([
  [{ query: 1 }, 400],
  [[{ query: stream }], 400],
  [{ query: stream, variables: 'none' }, 400],
])('%j is no request', async (body, status) => {
  await using world = await openWorld();
  const response = await post(world.url, body, events);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_REQUEST' } }] });
});

test('a wrong key, a foreign page and a large body are refused as they are elsewhere', async () => {
  await using world = await openWorld();
  expect((await post(world.url, { query: stream }, { ...events, authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await post(world.url, { query: stream }, { ...events, origin: 'https://evil.example.com' })).status).toBe(403);
  expect((await post(world.url, { query: stream, variables: { pad: 'x'.repeat(70_000) } }, { accept: 'text/event-stream' })).status).toBe(
    413,
  );
});

test('a waiting stream shows signs of life', async () => {
  await using world = await openStreamWorld();
  const url = `${world.url}?query=${encodeURIComponent(stream)}`;
  const request = get(url, { headers: events });
  const [response] = await once(request, 'response');
  const [first] = await once(response, 'data');
  expect(String(first)).toBe(':\n\n');
  await world.reading(1);
  const next = once(response, 'data');
  await world.clock.advance(12_000);
  expect(String(await next)).toBe(':\n\n');
  request.destroy();
  expect(await world.left()).toBe('CUT');
});
