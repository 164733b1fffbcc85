import { randomUUID } from 'node:crypto';
import type { GraphQLField } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { createSchema } from '../../src/graphql/createGraph.ts';
import { splitGlobalId } from '../../src/graphql/globalId.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { completed, createGatewayUser, sandboxInput } from '../support/gatewayUser.ts';
import { sdl } from '../support/sdl.ts';
import { until } from '../support/until.ts';
import type { FieldQuestion } from '../support/wholeField.ts';
import { askWhole } from '../support/wholeField.ts';

/** In every name of the first organization, and nowhere else. */
const mark = `the-first-${randomUUID()}`;
const schema = createSchema(sdl);
const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
  Object.values(type?.getFields() ?? {}),
);
/** What ends things comes last and in this order: the owner does it all, with a key that it ends so. */
const endings = ['cancel', 'delete', 'rotate', 'revoke'];
const inOrder = fields.toSorted((left, right) => rankOf(left) - rankOf(right));
/** Subscriptions that go on as long as somebody reads them. */
const endless = ['alerts', 'quotaChanged'].map((name) => schema.getSubscriptionType()?.getFields()[name]);
const allButAdmin = [
  'MODELS_READ',
  'COMPLETIONS_WRITE',
  'EMBEDDINGS_WRITE',
  'USAGE_READ',
  'USAGE_READ_ALL',
  'KEYS_MANAGE',
  'MODELS_MANAGE',
  'AUDIT_READ',
  'ACT_FOR_USERS',
];

let gateway: GatewayProcess;
let admin: GatewayUser;
let first: Tenant;
let second: Tenant;

interface Tenant {
  readonly user: GatewayUser;
  /** Of everything that is its own. */
  readonly ids: readonly string[];
  readonly organizationId: string;
}

beforeAll(async () => {
  gateway = await startGateway();
  admin = createGatewayUser(gateway);
  first = await openTenant(mark);
  second = await openTenant(`the-second-${randomUUID()}`);
});
afterAll(async () => {
  for (const user of [first?.user, second?.user, admin]) await user?.[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

function rankOf({ name }: GraphQLField<unknown, unknown>): number {
  return endings.findIndex((ending) => name.startsWith(ending));
}

/** One of everything that an organization may have. */
async function openTenant(name: string): Promise<Tenant> {
  const make = async (field: string, input: JsonObject, what: string): Promise<string> => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const data = await admin.get(`mutation ($input: ${type}!) { ${field}(input: $input) { ${what} { id } } }`, { input });
    return data[field][what].id;
  };
  const organizationId = await make('createOrganization', { name }, 'organization');
  const teamId = await make('createTeam', { organizationId, name }, 'team');
  const userId = await make('createUser', { organizationId, id: name, name }, 'user');
  const keyInput = { teamId, userId, name, scopes: allButAdmin };
  const { createApiKey } = await admin.get(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } } }',
    { input: keyInput },
  );
  const budget = { scope: { apiKeyId: createApiKey.apiKey.id }, meter: 'SPEND', window: 'TOTAL', limit: { usd: '1000' } };
  const budgetId = await make('createBudget', budget, 'budget');
  await make('publishAlias', { organizationId, name: 'fast', targets: [{ model: 'sandbox/chat' }], note: name }, 'alias');
  const user = createGatewayUser(gateway, createApiKey.secret);
  const completionId = await complete(user);
  return { user, organizationId, ids: [organizationId, teamId, userId, createApiKey.apiKey.id, budgetId, completionId] };
}

async function complete(user: GatewayUser): Promise<string> {
  const input = { model: 'sandbox/chat', messages: [{ role: 'SYSTEM', content: values.content }], idempotencyKey: values.idempotencyKey };
  for await (const event of user.completions(input)) if (event.completion !== undefined) return event.completion.id;
  throw new Error('The stream had no end.');
}

/** The same of both: that the second asks with the first's idempotency key must not show it the first's answer. */
const values = {
  content: 'Tell me a story',
  idempotencyKey: 'a key that both use',
  from: '2026-01-01T00:00:00Z',
  to: '2027-01-01T00:00:00Z',
  'createEmbeddings.model': 'sandbox/embed',
  'reconciliation.from': '2026-01-01',
  'reconciliation.to': '2026-12-31',
  'importProviderCosts.provider': 'sandbox',
  'importProviderCosts.csv': 'day,usd\n2026-01-31,1\n',
  'importProviderCosts.day': 'day',
  'importProviderCosts.amount': 'usd',
  // A name that an alias may have.
  'publishAlias.name': 'fast',
  'rollBackAlias.name': 'fast',
  'rollBackAlias.to': 1,
  'deleteAlias.name': 'fast',
  // Its key is to live on.
  'updateUser.disabled': false,
  'updateOrganization.disabled': false,
  'updateTeam.disabled': false,
  // Other names than those of what is made.
  'updateOrganization.name': 'another text',
  'updateTeam.name': 'another text',
} satisfies JsonObject;

/** Every form in which a field can be asked for what is the first's. */
function questions(field: GraphQLField<unknown, unknown>): readonly FieldQuestion[] {
  const all = first.ids.flatMap((id) => askWhole(schema, field, { id, values }));
  return [...new Map(all.map((question) => [JSON.stringify(question), question])).values()];
}

/** Everything that was answered, as text; `errors` are part of it. */
async function answerTo(user: GatewayUser, { query, variables }: FieldQuestion): Promise<string> {
  if (!query.startsWith('subscription')) return JSON.stringify(await user.ask(query, variables));
  const answers: unknown[] = [];
  try {
    for await (const answer of user.stream(query, variables)) answers.push(answer);
  } catch (errors) {
    answers.push({ errors });
  }
  return JSON.stringify(answers);
}

/** Makes news of both: each uses up a limit that refuses nothing. */
async function stir(): Promise<void> {
  for (const { user, ids } of [first, second]) {
    const input = { scope: { apiKeyId: ids[3] }, meter: 'REQUESTS', window: 'TOTAL', limit: { count: 1 }, policy: 'SOFT' };
    await admin.get('mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } } }', { input });
    await user.get(completed, { input: sandboxInput() });
  }
}

/** What all of the questions are answered meanwhile, until there is news of this tenant. */
async function newsOf({ organizationId, ids }: Tenant, user: GatewayUser, asked: readonly FieldQuestion[]): Promise<string> {
  const answers: unknown[] = [];
  const streams = asked.map(({ query, variables }) => user.stream(query, variables));
  const reading = streams.map(async (stream) => {
    for await (const answer of stream) answers.push(answer);
  });
  const ended = Promise.all(reading.map((one) => one.catch((errors: unknown) => answers.push({ errors }))));
  // More than one answer a question: not only refusals, and how things stood before.
  const isThere = () => answers.length > asked.length && [organizationId, ids[3] ?? ''].some((id) => JSON.stringify(answers).includes(id));
  let looks = 0;
  await until('there is news', async () => {
    // Again now and then: what was stirred before a stream had begun is none of its news.
    if (looks++ % 20 === 0) await stir();
    return isThere();
  });
  for (const stream of streams) await stream.return?.();
  await ended;
  return JSON.stringify(answers);
}

/** What nobody else may read: names, ids, and what the ids are made of. A user's is its name. */
function secretsOfFirst(): readonly string[] {
  return [mark, ...first.ids, ...first.ids.map((id) => splitGlobalId(id)?.id ?? '')];
}

async function stateOfFirst(): Promise<unknown> {
  const filter = `filter: { organizationId: ${JSON.stringify(first.organizationId)} }`;
  return await admin.get(`{
    node(id: ${JSON.stringify(first.organizationId)}) { ... on Organization { name } }
    teams(${filter}) { nodes { id name } }
    users(${filter}) { nodes { id name } }
    apiKeys(${filter}) { nodes { id name prefix scopes status } }
    alias(name: "fast", organizationId: ${JSON.stringify(first.organizationId)}) { version targets { model weight } history { nodes { version note } } }
    budgets(${filter}) { nodes { id limit used policy } }
    auditLog(${filter}, first: 100) { nodes { id action } }
  }`);
}

describe('a key of another organization', () => {
  let before: unknown;
  beforeAll(async () => {
    before = await stateOfFirst();
  });

  test.each(inOrder)('sees nothing of the first in $name', async (field) => {
    const asked = questions(field);
    expect(asked.length).toBeGreaterThan(0);
    if (endless.includes(field)) {
      // News is made of both: what changes by it is no deed of the second's.
      expect(await stateOfFirst()).toEqual(before);
      const news = await newsOf(second, second.user, asked);
      before = await stateOfFirst();
      return expect(
        secretsOfFirst().filter((secret) => news.includes(secret)),
        news,
      ).toEqual([]);
    }
    for (const question of asked) {
      const answer = await answerTo(second.user, question);
      const seen = secretsOfFirst().filter((secret) => answer.includes(secret));
      expect(seen, `${question.query} with ${JSON.stringify(question.variables)} answered ${answer}`).toEqual([]);
    }
  });

  test('has changed nothing of the first', async () => {
    expect(await stateOfFirst()).toEqual(before);
  });
});

describe('the owner', () => {
  /** Without this a question that nobody can ask would prove nothing. */
  test.each(inOrder)('is answered by one of the same questions in $name', async (field) => {
    if (endless.includes(field)) return expect(await newsOf(first, first.user, questions(field))).toContain('"data"');
    const refusals = new Set<string>();
    for (const question of questions(field)) {
      for (const user of [first.user, admin]) {
        const answer = await answerTo(user, question);
        if (!/"errors":[[{]/.test(answer) && answer !== '[]') return;
        refusals.add(/"message":"(.*?)"[,}]/.exec(answer)?.[1] ?? answer);
      }
    }
    throw new Error(`Every question was refused:\n${[...refusals].join('\n')}`);
  });
});
