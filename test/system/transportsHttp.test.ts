import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { CompletionEvent } from '../../src/domain/completion.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import type { Leaving } from '../../src/gateway/cursor.ts';
import { createCursor } from '../../src/gateway/cursor.ts';
import { adminHeader, openWorld, post } from '../server/serverWorld.ts';
import { completion } from '../support/things.ts';

const viewer = '{ viewer { scopes } }';
const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';
const complete = `mutation { createCompletion(input: ${input}) { text } }`;
const admin = { authorization: adminHeader };
const graphJson = { accept: 'application/graphql-response+json' };

test('a query is answered, with a request id', async () => {
  await using world = await openWorld();
  const response = await post(world.url, { query: viewer }, admin);
  expect(response.status).toBe(200);
  expect(response.headers.get('x-request-id')).toMatch(/^request-/);
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toEqual({ data: { viewer: { scopes: ['ADMIN'] } } });
});

test("the client's own request id is kept, where it is fit for a header and a log", async () => {
  await using world = await openWorld();
  const kept = await post(world.url, { query: '{ nothing }' }, { ...admin, 'x-request-id': 'trace-0123' });
  expect(kept.headers.get('x-request-id')).toBe('trace-0123');
  expect(await kept.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId: 'trace-0123' } }] });
  const replaced = await post(world.url, { query: viewer }, { ...admin, 'x-request-id': 'a b' });
  expect(replaced.headers.get('x-request-id')).toMatch(/^request-/);
});

test.each([
  ['application/json', 200],
  ['application/graphql-response+json', 401],
])('without a key, %s gets %i and the code', async (accept, status) => {
  await using world = await openWorld();
  const response = await post(world.url, { query: complete }, { accept });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

test.each(['Bearer mg_live_unknown', 'Basic abc', 'mg_live_admin'])(
  'a wrong credential (%s) refuses the whole request',
  async (authorization) => {
    await using world = await openWorld();
    const response = await post(world.url, { query: '{ __typename }' }, { authorization });
    expect(response.status).toBe(401);
    const answer = await response.json();
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED', retryable: false, requestId: 'request-1' } }] });
    expect(JSON.stringify(answer)).not.toMatch(/stack|\bat .*\.ts/);
  },
);

test.each([
  ['malformed JSON', '{"query": ', 400],
  ['a batch', '[{"query":"{ __typename }"}]', 400],
  ['no query', '{"variables":{}}', 400],
  ['a query that is no text', '{"query":{"kind":"Document"}}', 400],
  ['variables that are no object', '{"query":"{ __typename }","variables":[1]}', 400],
])('%s is refused', async (_, body, status) => {
  await using world = await openWorld();
  const response = await post(world.url, body, admin);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: expect.any(String), requestId: 'request-1' } }] });
});

test('invalid UTF-8 is refused', async () => {
  await using world = await openWorld();
  const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
  const response = await fetch(world.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_REQUEST' } }] });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  '%s is not taken for JSON',
  async (type) => {
    await using world = await openWorld();
    const response = await post(world.url, { query: '{ __typename }' }, { 'content-type': type });
    expect(response.status).toBe(415);
  },
);

test('a body is read up to the limit of whoever sends it', async () => {
  await using world = await openWorld({
    settings: { bodyLimits: { anonymousBytes: 100, authenticatedBytes: 1000, completionBytes: 300_000 } },
  });
  const send = (bytes: number, authorization?: string) =>
    post(
      world.url,
      { query: '{ __typename }', variables: { pad: 'x'.repeat(bytes) } },
      authorization === undefined ? {} : { authorization },
    );
  expect((await send(10)).status).toBe(200);
  const refused = await send(200);
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE', limitBytes: 100 } }] });
  expect((await send(200, 'Bearer mg_live_reader')).status).toBe(200);
  expect((await send(2000, 'Bearer mg_live_reader')).status).toBe(413);
  expect((await send(200_000, adminHeader)).status).toBe(200);
  expect((await send(10_000_000, adminHeader)).status).toBe(413);
});

test('a body of unsaid length is cut at the limit', async () => {
  await using world = await openWorld();
  const sent = request(world.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  sent.write(`{"query":"${' '.repeat(70_000)}`);
  const [response] = await once(sent, 'response');
  expect(response.statusCode).toBe(413);
  sent.destroy();
});

test('the credential is judged before the body is read', async () => {
  await using world = await openWorld();
  const sent = request(world.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer mg_live_unknown' },
  });
  sent.flushHeaders();
  const [response] = await once(sent, 'response');
  expect(response.statusCode).toBe(401);
  sent.destroy();
});

test('documents are limited by who asks', async () => {
  await using world = await openWorld();
  const long = `{ ${'__typename '.repeat(1100)} }`;
  const anonymous = await post(world.url, { query: long }, graphJson);
  expect(anonymous.status).toBe(400);
  expect(await anonymous.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  const introspection = '{ __schema { queryType { name } } }';
  expect(await (await post(world.url, { query: introspection })).json()).toHaveProperty('errors');
  expect(await (await post(world.url, { query: introspection }, admin)).json()).toEqual({
    data: { __schema: { queryType: { name: 'Query' } } },
  });
});

test.each([
  ['{ unknown', 'GRAPHQL_PARSE_FAILED'],
  ['{ unknown }', 'GRAPHQL_VALIDATION_FAILED'],
])('%s is a 400 for the newer media type and a 200 for the older', async (query, code) => {
  await using world = await openWorld();
  const newer = await post(world.url, { query }, { ...admin, ...graphJson });
  expect(newer.status).toBe(400);
  expect(newer.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
  const older = await post(world.url, { query }, admin);
  expect(older.status).toBe(200);
  expect(await older.json()).toMatchObject({ errors: [{ extensions: { code, requestId: 'request-2' } }] });
});

test('an error that ends an operation keeps its own status and says when to come again', async () => {
  const refusal = new GatewayError('RATE_LIMITED', 'Too many.', { retryAfterMs: 1200, details: { quota: 'requests' } });
  await using world = await openWorld({ services: { refusal } });
  const response = await post(world.url, { query: complete }, { ...admin, ...graphJson });
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('2');
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterMs: 1200, quota: 'requests' } }],
  });
});

test('a persisted query is registered once and then known by its hash', async () => {
  await using world = await openWorld();
  const sha256Hash = createHash('sha256').update(viewer).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const first = await post(world.url, { extensions }, admin);
  expect(await first.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
  await post(world.url, { query: viewer, extensions }, admin);
  const hashed = `${world.url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
  expect(await (await fetch(hashed, { headers: admin })).json()).toEqual({ data: { viewer: { scopes: ['ADMIN'] } } });
});

test('GET answers queries alone, and only to who is no foreign page', async () => {
  await using world = await openWorld();
  const get = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${world.url}?query=${encodeURIComponent(query)}`, { headers });
  expect(await (await get('{ __typename }', admin)).json()).toEqual({ data: { __typename: 'Query' } });
  expect((await get('{ __typename }')).status).toBe(400);
  expect((await get(complete, admin)).status).toBe(405);
});

test('whoever takes no answer that we can give is refused before anything runs', async () => {
  await using world = await openWorld();
  const response = await post(world.url, { query: complete }, { ...admin, accept: 'text/html' });
  expect(response.status).toBe(406);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_REQUEST' } }] });
});

test('other methods and paths are refused in JSON', async () => {
  await using world = await openWorld();
  expect((await fetch(world.url, { method: 'PUT' })).status).toBe(405);
  const lost = await fetch(`${world.server.url}/v1/chat/completions`);
  expect(lost.status).toBe(404);
  expect(await lost.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
});

test('a client that goes leaves its mutation as if it had been cut off', async () => {
  const reading = Promise.withResolvers<void>();
  const left = Promise.withResolvers<Leaving>();
  const events = { length: 0, ended: false, slice: () => [], onceChanged: () => () => undefined, left: left.resolve };
  const subscribe = () => {
    reading.resolve();
    return createCursor<CompletionEvent>(events, 0);
  };
  const start = async () => ({ id: completion.id, answer: left.promise.then(() => completion), subscribe });
  await using world = await openWorld({ services: { completions: { start } } });
  const leaving = new AbortController();
  const headers = { 'content-type': 'application/json', ...admin };
  const answer = fetch(world.url, { method: 'POST', headers, body: JSON.stringify({ query: complete }), signal: leaving.signal });
  answer.catch(() => undefined);
  await reading.promise;
  leaving.abort();
  expect(await left.promise).toBe('CUT');
});

test('what is not HTTP is refused', async () => {
  await using world = await openWorld();
  const socket = connect(world.server.port, '127.0.0.1');
  socket.write('Hello\r\n\r\n');
  const [bytes] = await once(socket, 'data');
  expect(String(bytes)).toMatch(/^HTTP\/1\.1 400 /);
  socket.destroy();
});
