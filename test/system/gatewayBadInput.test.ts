import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { createCustomer } from '../support/customer.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { completed, createGatewayUser, sandboxInput, streamed, usageOf } from '../support/gatewayUser.ts';
import type { Answer } from '../support/graphClient.ts';
import { until } from '../support/until.ts';

/** Stands in every prompt, and nowhere in what the gateway writes. */
const marker = 'prompt-marker-7c1f';
const message = { role: 'USER', content: marker };
const long = { role: 'USER', content: `${marker} word`.repeat(20_000) };
const withFault = (fault: string) => ({ providerOptions: { sandbox: { fault } } });
const chat = { model: 'sandbox/chat', messages: [message] };
const revoke = 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { status } } }';

let gateway: GatewayProcess;
let admin: GatewayUser;
let user: GatewayUser;
let secret: string;
/** Every secret that was in use. */
const secrets: string[] = [];

beforeAll(async () => {
  gateway = await startGateway({ env: { MODELGRAPH_LOG_LEVEL: 'debug' } });
  admin = createGatewayUser(gateway);
  ({ secret } = await createCustomer(admin));
  secrets.push(gateway.adminKey, secret);
});
afterAll(async () => {
  await admin?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
});
beforeEach(() => {
  user = createGatewayUser(gateway, secret);
  return () => user[Symbol.asyncDispose]();
});

async function expectRefused(response: Response, status: number, code: string): Promise<Answer> {
  const text = await response.text();
  expect([response.status, text]).toEqual([status, expect.stringContaining(`"code":"${code}"`)]);
  expect(text).not.toMatch(/stacktrace|\bat .+:\d+:\d+|node_modules|file:\/\//);
  expect(text).not.toContain(secret);
  const answer: Answer = JSON.parse(text);
  expect(answer.errors?.[0]?.extensions['requestId']).toEqual(expect.any(String));
  return answer;
}

const call = 'createCompletion(input: $input) { id }';
const graphJson = { accept: 'application/graphql-response+json' };

test.each([
  { what: 'malformed GraphQL', query: '{ models(', code: 'GRAPHQL_PARSE_FAILED' },
  { what: 'a field that is not there', query: '{ modells { nodes { slug } } }', code: 'GRAPHQL_VALIDATION_FAILED' },
  { what: 'a variable of the wrong type', query: completed, input: { ...chat, maxOutputTokens: 'many' }, code: 'BAD_USER_INPUT' },
  { what: 'a message without a role', query: completed, input: { ...chat, messages: [{ content: marker }] }, code: 'BAD_USER_INPUT' },
  { what: 'fields too deep', query: deep(40), code: 'OPERATION_TOO_COSTLY' },
  { what: 'too many aliases', query: many(200, '__typename'), code: 'OPERATION_TOO_COSTLY' },
  { what: 'too many calls', query: `mutation ($input: CompletionInput!) ${many(100, call)}`, input: chat, code: 'OPERATION_TOO_COSTLY' },
])('$what', async ({ query, input, code }) => {
  await expectRefused(await user.post(JSON.stringify({ query, variables: { input } }), graphJson), 400, code);
});

function deep(levels: number): string {
  return `{ __schema { types { ${'fields { type { '.repeat(levels)} name ${'} } '.repeat(levels)} } } }`;
}

function many(count: number, field: string): string {
  return `{ ${Array.from({ length: count }, (_, number) => `a${number}: ${field}`).join(' ')} }`;
}

test.each([
  { what: 'an unknown model', changes: { model: 'sandbox/chatt' }, code: 'UNKNOWN_MODEL', says: 'sandbox/chat' },
  { what: 'a model for embeddings', changes: { model: 'sandbox/embed' }, code: 'INVALID_REQUEST', says: 'sandbox/embed' },
  { what: 'no messages', changes: { messages: [] }, code: 'INVALID_REQUEST', says: 'input.messages' },
  { what: 'an empty message', changes: { messages: [{ role: 'USER' }] }, code: 'INVALID_REQUEST', says: 'input.messages[0]' },
  { what: 'text and parts', changes: { messages: [{ ...message, parts: [{ text: marker }] }] }, code: 'INVALID_REQUEST', says: '[0]' },
  { what: 'a cap of nothing', changes: { maxOutputTokens: 0 }, code: 'INVALID_REQUEST', says: 'input.maxOutputTokens' },
  { what: 'a negative temperature', changes: { temperature: -1 }, code: 'INVALID_REQUEST', says: 'input.temperature' },
  { what: 'an unknown fault', changes: withFault('earthquake'), code: 'INVALID_REQUEST', says: 'rate_limited' },
  { what: 'a prompt that is too long', changes: { messages: [long] }, code: 'CONTEXT_TOO_LONG', says: '' },
])('$what, over HTTP and over a WebSocket', async ({ changes, code, says }) => {
  const input = { ...chat, ...changes };
  const { errors } = await user.ask(completed, { input });
  expect(errors).toMatchObject([{ extensions: { code, retryable: false, requestId: expect.any(String) } }]);
  expect(JSON.stringify(errors)).toContain(says);
  expect(JSON.stringify(errors)).not.toContain(marker);
  const last = (await Array.fromAsync(user.stream(streamed, { input }))).at(-1);
  const failure = last?.errors?.[0]?.extensions['code'] ?? last?.data.completionStream.error.code;
  expect(failure).toBe(code);
});

test.each([
  { who: 'nobody', bytes: 66_000, status: 413 },
  { who: 'nobody', bytes: 10_500_000, status: 413 },
  { who: 'a key for completions', bytes: 25_000_000, status: 413 },
  { who: 'a key for completions', bytes: 10_500_000, status: 200 },
])('a body of $bytes bytes from $who is answered $status', async ({ who, bytes, status }) => {
  await using sender = createGatewayUser(gateway, who === 'nobody' ? null : secret);
  const response = await sender.post(JSON.stringify({ query: '{ __typename }', variables: { pad: marker.padEnd(bytes, 'x') } }));
  if (status === 413) await expectRefused(response, 413, 'PAYLOAD_TOO_LARGE');
  else expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
});

test('invalid UTF-8, and what is no JSON', async () => {
  const body = Buffer.concat([
    Buffer.from(`{"query":"{ __typename }","variables":{"a":"${marker}`),
    Buffer.from([0xc3, 0x28]),
    Buffer.from('"}}'),
  ]);
  await expectRefused(await user.post(new Uint8Array(body)), 400, 'INVALID_REQUEST');
  await expectRefused(await user.post(`{"query": ${marker}`), 400, 'INVALID_REQUEST');
});

test('a key that is mistyped, unknown, revoked, expired, or no key', async () => {
  const unknown = createApiKeySecrets().issue().secret;
  const revoked = await createCustomer(admin);
  await using past = createGatewayUser(gateway, revoked.secret);
  await past.get('{ viewer { scopes } }');
  await admin.get(revoke, { id: revoked.id });
  const expiring = await createCustomer(admin, { expiresAt: new Date(Date.now() + 500) });
  const mistyped = `${secret.slice(0, 20)}${secret[20] === 'x' ? 'y' : 'x'}${secret.slice(21)}`;
  secrets.push(unknown, revoked.secret, expiring.secret, mistyped);
  await using late = createGatewayUser(gateway, expiring.secret);
  await until('the key expires', async () => ((await late.ask('{ viewer { scopes } }')).errors === undefined ? null : true));
  const sentences = { [mistyped]: /checksum|mistyped|form/, [unknown]: /known/, [revoked.secret]: /revoked/, [expiring.secret]: /expired/ };
  for (const [key, sentence] of Object.entries(sentences)) {
    await using stranger = createGatewayUser(gateway, key);
    const answer = await expectRefused(
      await stranger.post(JSON.stringify({ query: completed, variables: { input: chat } })),
      401,
      'UNAUTHENTICATED',
    );
    expect(answer.errors?.[0]?.message).toMatch(sentence);
    await expect(Array.fromAsync(stranger.stream(streamed, { input: chat }))).rejects.toMatchObject({
      code: 4401,
      reason: answer.errors?.[0]?.message,
    });
  }
  await using nobody = createGatewayUser(gateway, null);
  expect((await nobody.ask(completed, { input: chat })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('a WebSocket that sends nonsense is closed, and the gateway lives', async () => {
  for (const nonsense of ['no JSON', '{"type":"nothing"}', '[]', Buffer.alloc(21_000_000, 'x')]) {
    const socket = new WebSocket(gateway.socketUrl, 'graphql-transport-ws');
    await new Promise((opened) => socket.once('open', opened));
    socket.send(nonsense);
    const code = await new Promise((closed) => socket.once('close', closed));
    expect(code).toBeGreaterThanOrEqual(1000);
    expect(code).not.toBe(1011);
  }
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
});

test('after all that nothing was charged, and neither a secret nor a prompt was written', async () => {
  // The two calls with an unknown fault had begun: it is the provider that refuses them.
  expect(await usageOf(admin)).toEqual({ requests: 2, errors: 2, cost: '0' });
  for (const text of [...secrets, marker]) expect(gateway.logs()).not.toContain(text);
  expect(gateway.logs()).not.toMatch(/"level":"error"/);
  expect(
    (await user.get(completed, { input: sandboxInput({ tokensPerSecond: 0 }, { maxOutputTokens: 3 }) })).createCompletion.text,
  ).toBeTruthy();
});
