import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readUsd } from '../../src/domain/money.ts';
import { documents } from '../graphql/documents.ts';
import { readStream, streamDocument } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { Answer } from '../support/graphClient.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf, createKey } from '../support/httpGraph.ts';

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
  await expect(readStream(client, stream)).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
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
