import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readUsd } from '../../src/domain/money.ts';
import { documents } from '../graphql/documents.ts';
import type { StreamEvent } from '../support/completionEvents.ts';
import { gapless, readStream, sequencesOf, terminalOf, textOf } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf } from '../support/httpGraph.ts';

let gateway: GatewayProcess;
let admin: GraphPlace;

beforeAll(async () => {
  gateway = await startGateway();
  admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Whole nanodollars of tokens at prices in dollars per 1,000,000, rounded up once. */
function priced(parts: readonly { readonly tokens: number; readonly price: string }[]): bigint {
  // A price with 9 decimals, times tokens, is dollars with 15: 10^-6 of a nanodollar each.
  const fine = parts.reduce((sum, { tokens, price }) => sum + BigInt(tokens) * (readUsd(price) ?? 0n), 0n);
  return (fine + 999_999n) / 1_000_000n;
}

interface Price {
  readonly input: string;
  readonly output: string;
}

async function priceOf(slug: string, provider: string): Promise<Price> {
  const { models } = await askWell(admin, '{ models { nodes { slug offers { provider { slug } price { input output } } } } }');
  const model = models.nodes.find((node: { readonly slug: string }) => node.slug === slug);
  return model.offers.find((offer: { readonly provider: { readonly slug: string } }) => offer.provider.slug === provider).price;
}

function costOf({ inputTokens, outputTokens }: { readonly inputTokens: number; readonly outputTokens: number }, price: Price): bigint {
  return priced([
    { tokens: inputTokens, price: price.input },
    { tokens: outputTokens, price: price.output },
  ]);
}

test('Complete answers, and costs its tokens at the prices of the offer to the nanodollar', async () => {
  const { createCompletion } = await askWell(admin, documents.Complete);
  expect(createCompletion).toMatchObject({ finishReason: 'LENGTH', usage: { outputTokens: 40, basis: 'MEASURED' } });
  expect(createCompletion.text).toContain('simulated answer to "Once upon a time"');
  expect(createCompletion.attempts).toEqual([{ provider: 'sandbox', outcome: 'SUCCEEDED' }]);
  const price = await priceOf('sandbox/chat', 'sandbox');
  expect(readUsd(createCompletion.cost.total)).toBe(costOf(createCompletion.usage, price));
});

test('Compare answers both in their order', async () => {
  const { createCompletions } = await askWell(admin, documents.Compare);
  expect(createCompletions).toMatchObject([
    { __typename: 'Completion', text: expect.stringContaining('Name a colour') },
    { __typename: 'Completion', text: expect.stringContaining('Name a number') },
  ]);
});

/** The contract's Stream, read to its end. */
type Transport = () => Promise<readonly StreamEvent[]>;

const overSocket: Transport = async () => {
  const client = createSocketClient({ url: gateway.socketUrl, connectionParams: { Authorization: `Bearer ${admin.key}` } });
  try {
    return await readStream(client, { query: documents.Stream });
  } finally {
    await client.dispose();
  }
};

const overSse: Transport = async () => {
  const client = createSseClient({ url: admin.graphUrl, headers: { authorization: `Bearer ${admin.key}` } });
  const results = await Array.fromAsync(client.iterate<{ readonly completionStream: StreamEvent }>({ query: documents.Stream }));
  client.dispose();
  return results.flatMap(({ data }) => (data === null || data === undefined ? [] : [data.completionStream]));
};

test.each([
  ['a WebSocket', overSocket],
  ['Server-Sent Events', overSse],
] as const)('Stream tells the whole answer over %s', async (_name, read) => {
  const events = await read();
  expect(events[0]).toMatchObject({ __typename: 'CompletionStarted', sequence: 1, model: { slug: 'sandbox/chat' } });
  expect(sequencesOf(events)).toEqual(gapless(events.length));
  expect(events.length).toBeGreaterThan(4);
  const { __typename, completion } = terminalOf(events);
  expect(__typename).toBe('CompletionFinished');
  expect(completion).toMatchObject({ finishReason: 'LENGTH', usage: { outputTokens: 40, basis: 'MEASURED' } });
  expect(textOf(events)).toBe(completion.text);
  expect(readUsd(completion.cost.total)).toBe(costOf(completion.usage, await priceOf('sandbox/chat', 'sandbox')));
  // What is streamed is what is answered whole.
  expect(completion.text).toBe((await askWell(admin, documents.Complete)).createCompletion.text);
});

test('Embed answers a vector for each input, and costs what was read', async () => {
  const { createEmbeddings } = await askWell(admin, documents.Embed);
  const { vectors, dimensions, usage, cost } = createEmbeddings;
  expect(vectors).toHaveLength(2);
  expect(vectors.map((vector: readonly number[]) => vector.length)).toEqual([dimensions, dimensions]);
  expect(vectors[0]).not.toEqual(vectors[1]);
  const { input } = await priceOf('sandbox/embed', 'sandbox');
  expect(readUsd(cost.total)).toBe(priced([{ tokens: usage.inputTokens, price: input }]));
});

test('Catalog shows both offers of a simulation, at different prices, and goes on behind its cursor', async () => {
  const { models } = await askWell(admin, documents.Catalog);
  expect(models.pageInfo).toEqual({ hasNextPage: false, endCursor: expect.any(String) });
  const chat = models.nodes.find(({ slug }: { readonly slug: string }) => slug === 'sandbox/chat');
  expect(chat).toMatchObject({
    simulated: true,
    offers: [{ price: { input: '0.5', output: '1.5' } }, { price: { input: '1', output: '3' } }],
  });
  const page = await askWell(admin, '{ models(first: 1) { nodes { slug } pageInfo { hasNextPage endCursor } } }');
  expect(page.models.pageInfo.hasNextPage).toBe(true);
  const next = await askWell(admin, 'query ($after: String) { models(first: 1, after: $after) { nodes { slug } } }', {
    after: page.models.pageInfo.endCursor,
  });
  expect([...page.models.nodes, ...next.models.nodes]).toEqual(
    models.nodes.slice(0, 2).map(({ slug }: { readonly slug: string }) => ({ slug })),
  );
});

test('Me names the key and its scopes', async () => {
  const { viewer } = await askWell(admin, documents.Me);
  expect(viewer).toEqual({ principal: { id: expect.any(String), kind: 'API_KEY' }, scopes: ['ADMIN'], quotas: [] });
});

test('Price bounds what the call then costs', async () => {
  const { estimate } = await askWell(admin, documents.Price);
  const { data } = await ask(
    admin,
    documents.Price.replace(/^query Price \{\s*estimate/, 'mutation { createCompletion').replace(/\{ least.*/s, '{ cost { total } } }'),
  );
  const cost = readUsd(data.createCompletion.cost.total) ?? 0n;
  expect(readUsd(estimate.least)).toBeLessThanOrEqual(cost);
  expect(readUsd(estimate.most)).toBeGreaterThanOrEqual(cost);
  expect(estimate.offer.provider.name).toContain('simulated');
  expect(estimate.considered.map(({ rejected }: { readonly rejected: unknown }) => rejected)).toEqual([null, null]);
});

test('the administration makes a key that can do what it was made for, and nothing else', async () => {
  const { createOrganization } = await askWell(admin, documents.Organization);
  expect(createOrganization.organization).toEqual({ id: expect.any(String), name: 'Acme' });
  const { createTeam } = await askWell(admin, documents.Team, { organizationId: createOrganization.organization.id });
  expect(createTeam.team).toEqual({ id: expect.any(String), name: 'Search' });
  const { createApiKey } = await askWell(admin, documents.Key, { teamId: createTeam.team.id });
  expect(createApiKey).toEqual({
    secret: expect.stringMatching(/^mg_live_/),
    apiKey: { id: expect.any(String), prefix: expect.any(String), status: 'ACTIVE' },
  });
  expect(createApiKey.secret.startsWith(createApiKey.apiKey.prefix)).toBe(true);
  const { createBudget } = await askWell(admin, documents.Budget, { apiKeyId: createApiKey.apiKey.id });
  expect(createBudget.budget).toEqual({ id: expect.any(String), limit: '0.05', used: '0', held: '0' });

  const web: GraphPlace = { graphUrl: gateway.graphUrl, key: createApiKey.secret };
  const { createCompletion } = await askWell(web, documents.Complete);
  const { createEmbeddings } = await askWell(web, documents.Embed);
  expect(codeOf(await ask(web, documents.Team, { variables: { organizationId: createOrganization.organization.id } }))).toBe('FORBIDDEN');
  const { viewer } = await askWell(web, documents.Me);
  expect(viewer.scopes).toEqual(['MODELS_READ', 'COMPLETIONS_WRITE', 'EMBEDDINGS_WRITE', 'USAGE_READ']);
  const spent = (readUsd(createCompletion.cost.total) ?? 0n) + (readUsd(createEmbeddings.cost.total) ?? 0n);
  expect(viewer.quotas).toEqual([{ meter: 'SPEND', limit: '0.05', used: expect.any(String), held: '0', resetsAt: expect.any(String) }]);
  expect(readUsd(viewer.quotas[0].used)).toBe(spent);
  const { usage } = await askWell(web, documents.Report, today());
  expect(usage.totals).toMatchObject({ requests: 2, errors: 0 });
  expect(readUsd(usage.totals.cost)).toBe(spent);

  const { id } = createApiKey.apiKey;
  const { rotateApiKey } = await askWell(admin, documents.Rotate, { id });
  expect(rotateApiKey).toEqual({ secret: expect.stringMatching(/^mg_live_/), apiKey: { id } });
  const rotated: GraphPlace = { ...web, key: rotateApiKey.secret };
  // Both work until the overlap is over.
  for (const place of [web, rotated]) await askWell(place, documents.Me);
  const { revokeApiKey } = await askWell(admin, documents.Revoke, { id });
  expect(revokeApiKey.apiKey).toEqual({ id, status: 'REVOKED' });
  for (const place of [web, rotated]) expect(codeOf(await ask(place, documents.Complete))).toBe('UNAUTHENTICATED');
});

test('Audit tells what was administered, from the first start on, and no secret of it', async () => {
  const { viewer } = await askWell(admin, '{ viewer { principal { id } organization { id } } }');
  const made = await askWell(admin, documents.Organization.replace('Acme', 'Audited'));
  const { auditLog } = await askWell(admin, documents.Audit);
  const { id } = made.createOrganization.organization;
  expect(auditLog.nodes[0]).toEqual({
    at: expect.any(String),
    actor: { id: viewer.principal.id },
    action: 'CREATE_ORGANIZATION',
    subject: { id },
    before: null,
    after: { id, name: 'Audited', createdAt: expect.any(String), disabledAt: null },
  });
  const first = await askWell(admin, `{ auditLog(filter: { actorId: "system" }) { nodes { action subject { type id } address after } } }`);
  expect(first.auditLog.nodes).toMatchObject([
    { action: 'CREATE_API_KEY', subject: { type: 'API_KEY', id: viewer.principal.id }, address: null, after: { name: 'administrator' } },
    { action: 'CREATE_TEAM' },
    { action: 'CREATE_ORGANIZATION', subject: { id: viewer.organization.id }, after: { name: 'default' } },
  ]);
  expect(JSON.stringify(auditLog)).not.toContain(gateway.adminKey);
});

test('the address in the audit log is the client’s, by the word of a trusted proxy alone', async () => {
  await using behind = await startGateway({ env: { MODELGRAPH_TRUSTED_PROXIES: '127.0.0.0/8, ::1' } });
  const addressOf = async ({ graphUrl, adminKey }: GatewayProcess): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${adminKey}`, 'x-forwarded-for': '8.8.8.8, 203.0.113.9' };
    const query = 'mutation { createOrganization(input: { name: "Addressed" }) { organization { id } } }';
    await fetch(graphUrl, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const { auditLog } = await askWell({ graphUrl, key: adminKey }, '{ auditLog(first: 1) { nodes { address } } }');
    return auditLog.nodes[0].address;
  };
  expect([await addressOf(gateway), await addressOf(behind)]).toEqual(['127.0.0.1', '203.0.113.9']);
});

function today(): Readonly<Record<'from' | 'to', string>> {
  const hourMs = 3_600_000;
  return { from: new Date(Date.now() - hourMs).toISOString(), to: new Date(Date.now() + hourMs).toISOString() };
}

test('Report counts exactly what was done since', async () => {
  const before = (await askWell(admin, documents.Report, today())).usage;
  const complete = (await askWell(admin, documents.Complete)).createCompletion;
  const compare = (
    await askWell(admin, documents.Compare.replace('cost { total } }', 'cost { total } usage { inputTokens outputTokens } }'))
  ).createCompletions;
  const embed = (await askWell(admin, documents.Embed)).createEmbeddings;
  await ask(admin, documents.Complete.replace('maxOutputTokens: 40', 'providerOptions: { sandbox: { fault: "content_filtered" } }'));
  const { totals, rows } = (await askWell(admin, documents.Report, today())).usage;

  const chats = [complete, ...compare];
  const sum = (of: (answer: { usage: { inputTokens: number; outputTokens: number } }) => number) =>
    chats.map(of).reduce((a, b) => a + b, 0);
  expect(totals.requests - before.totals.requests).toBe(5);
  expect(totals.errors - before.totals.errors).toBe(1);
  expect(totals.tokens.input - before.totals.tokens.input).toBe(sum(({ usage }) => usage.inputTokens) + embed.usage.inputTokens);
  expect(totals.tokens.output - before.totals.tokens.output).toBe(sum(({ usage }) => usage.outputTokens));
  const costs = [...chats, embed].map(({ cost }) => readUsd(cost.total) ?? 0n).reduce((a, b) => a + b, 0n);
  expect((readUsd(totals.cost) ?? 0n) - (readUsd(before.totals.cost) ?? 0n)).toBe(costs);
  const points = rows.flatMap((row: { readonly points: readonly { readonly requests: number }[] }) => row.points);
  expect(points.reduce((count: number, point: { readonly requests: number }) => count + point.requests, 0)).toBe(totals.requests);
  expect(rows.map(({ key }: { readonly key: { readonly model: string } }) => key.model).sort()).toEqual(['sandbox/chat', 'sandbox/embed']);
});
