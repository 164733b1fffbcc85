import type { Client } from 'graphql-ws';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { documents } from '../graphql/documents.ts';
import { readStream, streamDocument } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import { sandboxInput } from '../support/gatewayUser.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf, createKey } from '../support/httpGraph.ts';
import { readSamples } from '../support/metricsPage.ts';

let gateway: GatewayProcess;
let admin: GraphPlace;

beforeAll(async () => {
  gateway = await startGateway({ env: { MODELGRAPH_TRUSTED_PROXIES: '127.0.0.0/8' } });
  admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
});
afterAll(() => gateway[Symbol.asyncDispose]());

const complete = 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { finishReason } }';
const story = sandboxInput({ firstTokenMs: 0, tokensPerSecond: 0 });

/** What a client behind the trusted proxy is answered, as events or as JSON: the status and what is said. */
async function askFrom(address: string, key: string, accept: string): Promise<readonly [status: number, said: string]> {
  const response = await fetch(gateway.graphUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${key}`, 'x-forwarded-for': address },
    body: JSON.stringify({ query: '{ viewer { principal { kind } } }' }),
  });
  return [response.status, await response.text()];
}

/** The socket's client, behind the trusted proxy. */
function socketFrom(address: string, key: string): Client {
  class Socket extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers: { 'x-forwarded-for': address } });
    }
  }
  return createClient({
    url: gateway.socketUrl,
    webSocketImpl: Socket,
    connectionParams: { Authorization: `Bearer ${key}` },
    retryAttempts: 0,
  });
}

async function limitAddresses(id: string, allowedAddresses: readonly string[]): Promise<void> {
  await askWell(admin, 'mutation ($input: UpdateApiKeyInput!) { updateApiKey(input: $input) { apiKey { id } } }', {
    input: { id, allowedAddresses },
  });
}

const transports = ['application/json', 'application/graphql-response+json', 'text/event-stream'] as const;

test('a key works from its addresses only, on every transport', async () => {
  const { key, id } = await createKey(admin, ['MODELS_READ', 'COMPLETIONS_WRITE']);
  await limitAddresses(id, ['203.0.113.0/24', '2001:db8::/32']);
  for (const accept of transports) {
    for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::5']) {
      const [status, said] = await askFrom(address, key ?? '', accept);
      expect([status, said]).toEqual([200, expect.stringContaining('API_KEY')]);
    }
    // The last address that a trusted proxy names is the client's: what stands before it, anybody may have written.
    for (const address of ['198.51.100.1', '203.0.113.9, 198.51.100.1']) {
      const [status, said] = await askFrom(address, key ?? '', accept);
      expect([status, said]).toEqual([403, expect.stringContaining('FORBIDDEN')]);
      expect(said).not.toMatch(/203\.0|2001:db8|org/i);
    }
  }
  const stream = { query: streamDocument, variables: { input: { ...story, maxOutputTokens: 5 } } };
  const near = socketFrom('203.0.113.9', key ?? '');
  expect((await readStream(near, stream)).at(-1)?.__typename).toBe('CompletionFinished');
  await near.dispose();
  const far = socketFrom('198.51.100.1', key ?? '');
  await expect(readStream(far, stream)).rejects.toMatchObject({ code: 4401, reason: 'The API key may not be used from this address.' });
});

const makeToken = 'mutation ($input: CreateClientTokenInput!) { createClientToken(input: $input) { token id expiresAt } }';

async function createToken(key: GraphPlace, input: Readonly<Record<string, unknown>>): Promise<GraphPlace & { readonly id: string }> {
  const { createClientToken } = await askWell(key, makeToken, { input: { ttlSeconds: 60, scopes: ['COMPLETIONS_WRITE'], ...input } });
  return { graphUrl: key.graphUrl, key: createClientToken.token, id: createClientToken.id };
}

test('a client token works on every transport, within its limits, and ends with its key', async () => {
  const key = await createKey(admin, ['MODELS_READ', 'COMPLETIONS_WRITE', 'ACT_FOR_USERS']);
  const token = await createToken(key, {
    user: 'alice',
    limits: { requests: 6, spend: '1', maxOutputTokens: 4, models: ['sandbox/chat'] },
  });
  const { viewer } = await askWell(token, documents.Me);
  expect(viewer).toMatchObject({ principal: { id: token.id, kind: 'CLIENT_TOKEN' }, scopes: ['COMPLETIONS_WRITE'] });
  for (const accept of transports) expect((await askFrom('198.51.100.1', token.key ?? '', accept))[1]).toContain('CLIENT_TOKEN');
  const client = socketFrom('198.51.100.1', token.key ?? '');
  const stream = { query: streamDocument, variables: { input: story } };
  expect((await readStream(client, stream)).at(-1)).toMatchObject({ completion: { usage: { outputTokens: 4 } } });
  // What it may not ask for at all draws nothing.
  expect(codeOf(await ask(token, complete, { variables: { input: { ...story, model: 'sandbox/embed' } } }))).toBe('FORBIDDEN');
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(token, complete, { variables: { input: story } })));
  expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(5);
  expect((await ask(token, complete, { variables: { input: story } })).errors?.[0]?.extensions).toMatchObject({
    code: 'QUOTA_EXHAUSTED',
    scope: 'CLIENT_TOKEN',
    meter: 'REQUESTS',
  });
  expect((await askWell(token, documents.Me)).viewer.quotas[0]).toMatchObject({ meter: 'REQUESTS', limit: '6', used: '6', held: '0' });
  expect(codeOf(await ask(token, makeToken, { variables: { input: { ttlSeconds: 5, scopes: ['COMPLETIONS_WRITE'] } } }))).toBe('FORBIDDEN');
  expect((await askWell(admin, '{ budgets { nodes { scope { clientTokenId } } } }')).budgets.nodes).not.toContainEqual({
    scope: { clientTokenId: token.id },
  });
  await limitAddresses(key.id, ['203.0.113.0/24']);
  expect(codeOf(await ask(token, documents.Me))).toBe('FORBIDDEN');
  await askWell(admin, documents.Revoke, { id: key.id });
  expect(codeOf(await ask(token, documents.Me))).toBe('UNAUTHENTICATED');
  await client.dispose();
});

test('the metrics are read on this machine, and from behind the proxy with a key of their own', async () => {
  const read = async (headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${gateway.url}/metrics`, { headers });
    return { status: response.status, page: await response.text() };
  };
  const calls = async () => {
    const { status, page } = await read();
    expect(status).toBe(200);
    expect(page).not.toContain(gateway.adminKey);
    const samples = readSamples(page);
    // Measured by the machine, which house tests have none of.
    for (const name of ['modelgraph_build_info', 'nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes'])
      expect(samples.map((sample) => sample.name)).toContain(name);
    const ended = samples.filter(({ name, labels }) => name === 'modelgraph_calls_total' && labels['outcome'] === 'SUCCEEDED');
    return ended.reduce((sum, { value }) => sum + value, 0);
  };
  const before = await calls();
  await askWell(admin, complete, { input: { ...story, maxOutputTokens: 5 } });
  expect(await calls()).toBe(before + 1);

  const elsewhere = { 'x-forwarded-for': '203.0.113.9' };
  const as = (key: string | null) => ({ ...elsewhere, authorization: `Bearer ${key}` });
  const other = await createKey(admin, ['USAGE_READ_ALL']);
  const collector = await createKey(admin, ['METRICS_READ']);
  expect(await read(elsewhere)).toMatchObject({ status: 401, page: expect.not.stringContaining('modelgraph_') });
  expect(await read(as(other.key))).toMatchObject({ status: 403, page: expect.not.stringContaining('modelgraph_') });
  expect(await read(as(collector.key))).toMatchObject({ status: 200, page: expect.stringContaining('modelgraph_calls_total') });
});
