import type { Client } from 'graphql-ws';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readUsd } from '../../src/domain/money.ts';
import { documents } from '../graphql/documents.ts';
import { ending, eventFields, readStream, streamDocument } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { Answer } from '../support/graphClient.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf, createKey } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';

let gateway: GatewayProcess;
let admin: GraphPlace;

beforeAll(async () => {
  gateway = await startGateway();
  admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
});
afterAll(() => gateway[Symbol.asyncDispose]());

const createBudget = 'mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } } }';

async function limitKey(apiKeyId: string, meter: string, limit: Readonly<Record<string, unknown>>): Promise<void> {
  await askWell(admin, createBudget, { input: { scope: { apiKeyId }, meter, window: 'DAY', limit } });
}

const complete =
  'mutation ($input: CompletionInput!) { createCompletion(input: $input) { finishReason usage { outputTokens } cost { total } } }';
const quick = { sandbox: { firstTokenMs: 0, tokensPerSecond: 0 } };
const story = { model: 'sandbox/chat', messages: [{ role: 'USER', content: 'Once upon a time' }], providerOptions: quick };

function costIn({ data }: Answer): bigint {
  return readUsd(data?.createCompletion?.cost?.total ?? '0') ?? 0n;
}

test.each([
  ['Report', 'USAGE_READ', ['MODELS_READ', 'COMPLETIONS_WRITE']],
  ['Complete', 'COMPLETIONS_WRITE', ['MODELS_READ', 'USAGE_READ']],
  ['Embed', 'EMBEDDINGS_WRITE', ['COMPLETIONS_WRITE']],
  ['Catalog', 'MODELS_READ', ['COMPLETIONS_WRITE']],
  ['Organization', 'ADMIN', ['KEYS_MANAGE']],
] as const)('%s needs %s', async (name, scope, others) => {
  const variables = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
  const without = await createKey(admin, others);
  const refused = await ask(without, documents[name], { variables });
  expect(codeOf(refused)).toBe('FORBIDDEN');
  expect(refused.errors).toHaveLength(1);
  const able = await createKey(admin, [scope]);
  expect((await ask(able, documents[name], { variables })).errors).toBeUndefined();
});

test('a limit of three calls lets exactly three through, however many come at once', async () => {
  const key = await createKey(admin, ['COMPLETIONS_WRITE', 'USAGE_READ']);
  await limitKey(key.id, 'REQUESTS', { count: 3 });
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(key, complete, { variables: { input: story } })));
  expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(3);
  const late = await ask(key, complete, { variables: { input: story } });
  expect(late.errors?.[0]?.extensions).toMatchObject({
    code: 'QUOTA_EXHAUSTED',
    retryable: true,
    retryAfterMs: expect.any(Number),
    scope: 'API_KEY',
    meter: 'REQUESTS',
    window: 'DAY',
    reason: 'EXHAUSTED',
    budget: expect.any(String),
  });
  expect((await askWell(key, documents.Me)).viewer.quotas).toMatchObject([{ meter: 'REQUESTS', limit: '3', used: '3', held: '0' }]);
});

test('forty calls at once do not overspend a budget of money', async () => {
  const key = await createKey(admin, ['COMPLETIONS_WRITE', 'USAGE_READ']);
  await limitKey(key.id, 'SPEND', { usd: '0.0005' });
  const input = { ...story, maxOutputTokens: 60 };
  const answers = await Promise.all(Array.from({ length: 40 }, () => ask(key, complete, { variables: { input } })));
  const refused = answers.filter(({ errors }) => errors !== undefined);
  expect(new Set(refused.map(codeOf))).toEqual(new Set(['QUOTA_EXHAUSTED']));
  const paid = answers.map(costIn).reduce((a, b) => a + b);
  expect(paid).toBeGreaterThan(0n);
  expect(paid).toBeLessThanOrEqual(500_000n);
  const { viewer } = await askWell(key, documents.Me);
  expect(readUsd(viewer.quotas[0].used)).toBe(paid);
  expect(viewer.quotas[0].held).toBe('0');
});

test('near its end a budget shortens the answer, which says so, and then refuses', async () => {
  const key = await createKey(admin, ['COMPLETIONS_WRITE']);
  await limitKey(key.id, 'SPEND', { usd: '0.0005' });
  const answers: Answer[] = [];
  do answers.push(await ask(key, complete, { variables: { input: story } }));
  while (answers.at(-1)?.errors === undefined && answers.length < 40);
  expect(codeOf(answers.pop() ?? {})).toBe('QUOTA_EXHAUSTED');
  const reasons = answers.map(({ data }) => data.createCompletion.finishReason);
  expect(reasons[0]).toBe('STOP');
  expect(reasons.at(-1)).toBe('LENGTH');
  expect(answers.map(costIn).reduce((a, b) => a + b)).toBeLessThanOrEqual(500_000n);
});

/** Two calls, the second without a cap; the first one's worst case is above 0.00006 dollars. */
const inputs = [{ ...story, maxOutputTokens: 40 }, story];
const pair =
  'mutation ($usd: Usd!, $inputs: [CompletionInput!]!) @maxCost(usd: $usd) { createCompletions(inputs: $inputs) { __typename ... on Completion { cost { total } } } }';
const pairStream = `subscription ($usd: Usd!, $inputs: [CompletionInput!]!) @maxCost(usd: $usd) {
  completionStreams(inputs: $inputs) { ${eventFields} }
} ${ending}`;

test('an operation of several calls costs no more than its maxCost, and is refused whole where it could, on every transport', async () => {
  const key = await createKey(admin, ['COMPLETIONS_WRITE', 'USAGE_READ']);
  await using client = openStreamClient(key);
  const [enough, less] = [
    { usd: '0.0003', inputs },
    { usd: '0.00009', inputs },
  ];
  const { createCompletions } = await askWell(key, pair, enough);
  const costs: bigint[] = createCompletions.map(({ cost }: { cost: { total: string } }) => readUsd(cost.total) ?? 0n);
  expect(costs.every((cost) => cost > 0n)).toBe(true);
  expect(costs.reduce((a, b) => a + b)).toBeLessThanOrEqual(300_000n);
  const events = await readStream(client, { query: pairStream, variables: enough });
  const streamed = events.map(({ completion }) => readUsd(completion?.cost?.total ?? '0') ?? 0n).reduce((a, b) => a + b);
  expect(streamed).toBeGreaterThan(0n);
  expect(streamed).toBeLessThanOrEqual(300_000n);
  expect(await serverSentEvents(key, pairStream, enough)).toContain('CompletionFinished');
  const { viewer, usage } = await askWell(key, spent, { from: '2026-01-01T00:00:00Z', to: '2036-01-01T00:00:00Z' });
  const refusals = [codeOf(await ask(key, pair, { variables: less })), await codeOverSocket(client, less)];
  expect(refusals).toEqual(['COST_LIMIT', 'COST_LIMIT']);
  expect(await serverSentEvents(key, pairStream, less)).toContain('"COST_LIMIT"');
  expect(await askWell(key, spent, { from: '2026-01-01T00:00:00Z', to: '2036-01-01T00:00:00Z' })).toEqual({ viewer, usage });
});

const spent =
  'query ($from: DateTime!, $to: DateTime!) { viewer { quotas { held } } usage(range: { from: $from, to: $to }) { totals { requests cost } } }';

async function codeOverSocket(client: Client, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
  return readStream(client, { query: pairStream, variables }).then(
    () => null,
    (errors: Answer['errors']) => codeOf({ errors: errors ?? [] }),
  );
}

async function serverSentEvents(
  { graphUrl, key }: GraphPlace,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${key}` };
  const response = await fetch(graphUrl, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return response.text();
}

const embed = 'mutation ($input: EmbeddingsInput!) { createEmbeddings(input: $input) { vectors usage { inputTokens } cost { total } } }';
const embeddingUsage = '{ usage(range: { from: "2026-01-01T00:00:00Z", to: "2036-01-01T00:00:00Z" }) { totals { requests cost } } }';

test('keys that embed at once each get their own vectors, and pay for their own texts', async () => {
  const keys = await Promise.all([1, 2].map(() => createKey(admin, ['EMBEDDINGS_WRITE', 'USAGE_READ'])));
  const texts = Array.from({ length: 8 }, (_, index) => 'a river '.repeat(index + 1));
  const ofText = (key: GraphPlace, text: string) => askWell(key, embed, { input: { model: 'sandbox/embed', inputs: [text] } });
  const alone = new Map<string, unknown>();
  for (const text of texts) alone.set(text, (await ofText(admin, text)).createEmbeddings);
  const together = await Promise.all(keys.flatMap((key) => texts.map(async (text) => [text, (await ofText(key, text)).createEmbeddings])));
  for (const [text, embeddings] of together) expect(embeddings.vectors).toEqual((alone.get(text) as typeof embeddings).vectors);
  for (const key of keys) {
    const { usage } = await askWell(key, embeddingUsage);
    expect(usage.totals).toMatchObject({ requests: 8, cost: expect.stringMatching(/^0\.0000/) });
  }
});

test('a revoked key is refused at once, on a socket that is open, too', async () => {
  const key = await createKey(admin, ['COMPLETIONS_WRITE']);
  const client = createClient({
    url: gateway.socketUrl,
    connectionParams: { Authorization: `Bearer ${key.key}` },
    retryAttempts: 0,
    lazy: false,
  });
  const stream = { query: streamDocument, variables: { input: { ...story, maxOutputTokens: 5 } } };
  expect((await readStream(client, stream)).at(-1)?.__typename).toBe('CompletionFinished');
  await askWell(admin, documents.Revoke, { id: key.id });
  expect(codeOf(await ask(key, complete, { variables: { input: story } }))).toBe('UNAUTHENTICATED');
  await expect(readStream(client, stream)).rejects.toMatchObject({ code: 4401 });
  await client.dispose();
});

test.each(['Bearer mg_live_short', 'Basic abc', 'Bearer '])(
  'the credential %j is refused without a word about why keys are good',
  async (authorization) => {
    const response = await fetch(gateway.graphUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: documents.Me }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED', retryable: false } }] });
  },
);
