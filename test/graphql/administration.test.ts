import { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { auditActions, auditActorKinds, auditSubjectTypes } from '../../src/domain/audit.ts';
import { toId } from '../../src/domain/id.ts';
import { createSchema } from '../../src/graphql/createGraph.ts';
import { toGlobalId } from '../../src/graphql/globalId.ts';
import type { FakeServices } from '../support/fakeGateway.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { createGraphClient } from '../support/graphClient.ts';
import { sdl } from '../support/sdl.ts';
import { apiKey, budget, organization, principalWith, team } from '../support/things.ts';

const client = (administration: FakeServices['administration'] = {}) => createGraphClient(fakeGateway({ administration }));
const id = toGlobalId('ApiKey', apiKey.id);

it.each([
  [
    'mutation { createTeam(input: { organizationId: "$o", name: "a\\u0000b" }) { team { id } } }',
    'input.name: must have 1 to 200 characters',
  ],
  [
    '{ apiKeys(filter: { label: { name: "stage", value: "\\u0000" } }) { nodes { id } } }',
    'filter.label.value: must have neither the character NUL',
  ],
  [
    'mutation { updateApiKey(input: { id: "$k", allowedModels: [] }) { apiKey { id } } }',
    'input.allowedModels: must not be empty; null allows all models.',
  ],
])('refuses what nothing can be made of: %s', async (source, message) => {
  const { ask } = client({ apiKeys: async () => ({ items: [], hasMore: false }) });
  const { errors } = await ask({ source: source.replace('$o', toGlobalId('Organization', organization.id)).replace('$k', id) });
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST' }, message: expect.stringContaining(message) }]);
});

describe('the audit log in the graph', () => {
  const entry: AuditEntry = {
    id: toId('a1'),
    at: 0,
    organizationId: organization.id,
    actor: { kind: 'SYSTEM', id: 'system', name: 'first start' },
    address: null,
    action: 'CREATE_BUDGET',
    subject: { type: 'BUDGET', id: budget.id },
    before: null,
    after: {
      id: budget.id,
      organizationId: organization.id,
      scope: { type: 'TEAM', id: team.id },
      meter: 'SPEND',
      limit: '50000000',
      createdAt: 0,
    },
  };

  it('speaks of states as the graph does: its ids, times and amounts', async () => {
    const { ask } = client({ auditLog: async () => ({ items: [entry], hasMore: false }) });
    const { data, errors } = await ask({ source: '{ auditLog { nodes { actor { id kind } subject { id type } before after } } }' });
    expect(errors).toBeUndefined();
    expect(data.auditLog.nodes).toEqual([
      {
        actor: { id: 'system', kind: 'SYSTEM' },
        subject: { id: toGlobalId('Budget', budget.id), type: 'BUDGET' },
        before: null,
        after: {
          id: toGlobalId('Budget', budget.id),
          organizationId: toGlobalId('Organization', organization.id),
          scope: { type: 'TEAM', id: toGlobalId('Team', team.id) },
          meter: 'SPEND',
          limit: '0.05',
          createdAt: '1970-01-01T00:00:00.000Z',
        },
      },
    ]);
  });

  it('is asked by key, by the gateway itself, and by whatever is administered', async () => {
    const asked: unknown[] = [];
    const { ask } = client({
      async auditLog(_caller, query) {
        asked.push([query.actorId, query.subjectId, query.from]);
        return { items: [], hasMore: false };
      },
    });
    const source = 'query ($filter: AuditLogFilter) { auditLog(filter: $filter) { nodes { id } } }';
    await ask({
      source,
      variables: { filter: { actorId: id, subjectId: toGlobalId('User', toId('alice')), from: '1970-01-01T00:00:01Z' } },
    });
    await ask({ source, variables: { filter: { actorId: 'system' } } });
    expect(asked).toEqual([
      [apiKey.id, 'alice', 1000],
      ['system', null, null],
    ]);
    const { errors } = await ask({ source, variables: { filter: { subjectId: toGlobalId('Model', toId('a/b')) } } });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST', path: 'filter.subjectId' } }]);
  });

  it('needs its own scope', async () => {
    const source = '{ auditLog { nodes { id } } }';
    const { ask } = client({ auditLog: async () => ({ items: [], hasMore: false }) });
    expect((await ask({ source, principal: principalWith('KEYS_MANAGE') })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await ask({ source, principal: principalWith('AUDIT_READ') })).toEqual({ data: { auditLog: { nodes: [] } } });
  });
});

describe('the schema of the administration', () => {
  const schema = createSchema(sdl);
  const calls = new Set(['createCompletion', 'createCompletions', 'createEmbeddings', 'cancelCompletion']);
  /** A program's daily work: it gives nothing away that its key does not have, and ends within the hour. */
  const daily = new Set(['createClientToken']);

  it('has an act for every mutation that is no call and no daily work', () => {
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).filter((name) => !calls.has(name) && !daily.has(name));
    const acts = mutations.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
    expect([...acts].sort()).toEqual([...auditActions].sort());
  });

  it.each([
    ['AuditAction', auditActions],
    ['AuditActorKind', auditActorKinds],
    ['AuditSubjectType', auditSubjectTypes],
  ])('has in %s what the domain has', (name, domain) => {
    const type = schema.getType(name);
    const values = type !== undefined && 'getValues' in type ? type.getValues().map((value) => value.name) : [];
    expect([...values].sort()).toEqual([...domain].sort());
  });

  it('shows of a key no field that could hold a secret', () => {
    const type = schema.getType('ApiKey');
    expect(type instanceof GraphQLObjectType && Object.keys(type.getFields()).filter((name) => /secret|hash/i.test(name))).toEqual([]);
  });
});

describe('changing a key in the graph', () => {
  const source = 'mutation ($input: UpdateApiKeyInput!) { updateApiKey(input: $input) { apiKey { id status userId } } }';

  it('tells null, which takes a bound away, from what is not given', async () => {
    const asked: unknown[] = [];
    const { ask } = client({
      async updateApiKey(_caller, _id, changes) {
        asked.push(changes);
        return { ...apiKey, disabledAt: 1, userId: toId('alice') };
      },
    });
    const { data } = await ask({ source, variables: { input: { id, allowedModels: null, expiresAt: null, name: null } } });
    expect(data.updateApiKey.apiKey).toEqual({ id, status: 'DISABLED', userId: toGlobalId('User', toId('alice')) });
    await ask({ source, variables: { input: { id, disabled: true, scopes: ['MODELS_READ'] } } });
    expect(asked).toEqual([
      { allowedModels: null, expiresAt: null },
      { disabled: true, scopes: ['MODELS_READ'] },
    ]);
  });

  it.each([
    ['input.scopes', { scopes: [] }],
    ['input.expiresAt', { expiresAt: '1969-12-31T23:59:59Z' }],
    ['input.name', { name: ' ' }],
  ])('is refused for %s', async (path, changes) => {
    const { errors } = await client().ask({ source, variables: { input: { id, ...changes } } });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST', path } }]);
  });

  it.each([-1, 2_592_001])('by rotating it over %i seconds is refused', async (overlapSeconds) => {
    const rotate = 'mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { secret } }';
    const { errors } = await client().ask({ source: rotate, variables: { input: { id, overlapSeconds } } });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST', path: 'input.overlapSeconds' } }]);
  });
});

describe('changing a budget in the graph', () => {
  const source = 'mutation ($input: UpdateBudgetInput!) { updateBudget(input: $input) { budget { limit used policy } } }';
  const variables = (changes: object) => ({ input: { id: toGlobalId('Budget', budget.id), ...changes } });
  const services = {
    findBudgets: async () => [budget],
    updateBudget: async (_caller: unknown, _id: unknown, changes: object) => ({ ...budget, ...changes }),
    quotasOf: async () => [{ budget, used: 7n, held: 0n, resetsAt: null, wouldRefuse: { count: 3n, amount: 9n } }],
  };

  it('makes a shadow of it, and tells what that would have refused in the unit of its meter', async () => {
    const asked =
      'mutation ($input: UpdateBudgetInput!) { updateBudget(input: $input) { budget { shadow wouldRefuse { count amount } } } }';
    const { data } = await client(services).ask({ source: asked, variables: variables({ shadow: true }) });
    expect(data.updateBudget.budget).toEqual({ shadow: true, wouldRefuse: { count: 3, amount: '0.000000009' } });
  });

  it('reads the limit in the unit of its meter', async () => {
    const { data } = await client(services).ask({ source, variables: variables({ limit: { usd: '1.5' }, policy: 'SOFT' }) });
    expect(data.updateBudget.budget).toEqual({ limit: '1.5', used: '0.000000007', policy: 'SOFT' });
    const { errors } = await client(services).ask({ source, variables: variables({ limit: { count: 5 } }) });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_REQUEST', path: 'input.limit' } }]);
  });

  it('that the caller may not see is NOT_FOUND', async () => {
    const { errors } = await client({ findBudgets: async () => [null] }).ask({ source, variables: variables({ policy: 'SOFT' }) });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });
});

describe('changing organizations and teams in the graph', () => {
  it('renames, disables, or both, and tells null from what is given', async () => {
    const asked: unknown[] = [];
    const { ask } = client({
      async updateOrganization(_caller, _id, changes) {
        asked.push(changes);
        return { ...organization, disabledAt: 1 };
      },
      async updateTeam(_caller, _id, changes) {
        asked.push(changes);
        return { ...team, disabledAt: null };
      },
    });
    const source = `mutation ($organization: UpdateOrganizationInput!, $team: UpdateTeamInput!) {
      updateOrganization(input: $organization) { organization { name disabledAt } }
      updateTeam(input: $team) { team { disabledAt } }
    }`;
    const ids = { organization: toGlobalId('Organization', organization.id), team: toGlobalId('Team', team.id) };
    const { data } = await ask({
      source,
      variables: { organization: { id: ids.organization, disabled: true }, team: { id: ids.team, name: ' Found ', disabled: null } },
    });
    expect(data.updateOrganization.organization).toEqual({ name: organization.name, disabledAt: '1970-01-01T00:00:00.001Z' });
    expect(data.updateTeam.team).toEqual({ disabledAt: null });
    expect(asked).toEqual([{ disabled: true }, { name: 'Found' }]);
  });
});

describe('users in the graph', () => {
  it('are named as the organization names them', async () => {
    const asked: unknown[] = [];
    const { ask } = client({
      async createUser(_caller, input) {
        asked.push(input);
        return { ...input, organizationId: organization.id, createdAt: 0, disabledAt: null };
      },
    });
    const source = 'mutation ($id: String!) { createUser(input: { id: $id, name: "Alice" }) { user { id name } } }';
    const { data } = await ask({ source, variables: { id: 'alice@example' } });
    expect(data.createUser.user).toEqual({ id: toGlobalId('User', toId('alice@example')), name: 'Alice' });
    expect(asked).toEqual([{ organizationId: null, id: 'alice@example', name: 'Alice' }]);
    expect((await ask({ source, variables: { id: 'a\u0000b' } })).errors).toMatchObject([{ extensions: { path: 'input.id' } }]);
  });
});
