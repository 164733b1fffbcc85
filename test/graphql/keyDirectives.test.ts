import { describe, expect, it } from 'vitest';
import { toAuditEntry } from '../../src/domain/audit.ts';
import { toId } from '../../src/domain/id.ts';
import type { ExecutableDirective } from '../../src/domain/keyRules.ts';
import { noRules } from '../../src/domain/keyRules.ts';
import type { Principal } from '../../src/domain/principal.ts';
import type { ApiKey } from '../../src/domain/tenancy.ts';
import type { ChangedApiKey, NewApiKey } from '../../src/gateway/administrationInput.ts';
import { writeState } from '../../src/graphql/auditState.ts';
import { toGlobalId } from '../../src/graphql/globalId.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import type { Request } from '../support/graphClient.ts';
import { createGraphClient, executors } from '../support/graphClient.ts';
import { apiKey, principalWith, team } from '../support/things.ts';

const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';

/** A key that may not use these directives. */
function bound(...forbidden: readonly ExecutableDirective[]): Principal {
  return { ...principalWith('ADMIN'), rules: { ...noRules, forbidden } };
}

describe.each(executors)('an operation of a key that is bound, $jit', (settings) => {
  it.each<[form: string, directive: ExecutableDirective, source: string]>([
    ['@route on a field', 'ROUTE', `mutation { createCompletion(input: ${input}) @route(sort: PRICE) { id } }`],
    ['the argument route', 'ROUTE', `mutation { createCompletion(input: ${input}, route: { sort: PRICE }) { id } }`],
    ['@route on the operation', 'ROUTE', `mutation @route(sort: PRICE) { createCompletion(input: ${input}) { id } }`],
    [
      '@timeout in a fragment',
      'TIMEOUT',
      `mutation { ...F } fragment F on Mutation { createCompletion(input: ${input}) @timeout(idleMs: 5) { id } }`,
    ],
    [
      'the argument timeout of embeddings',
      'TIMEOUT',
      'mutation { createEmbeddings(input: { model: "m", inputs: ["a"] }, timeout: { idleMs: 5 }) { id } }',
    ],
    [
      '@maxCost among several calls',
      'MAX_COST',
      `mutation { a: createCompletion(input: ${input}) { id } b: createCompletion(input: ${input}) @maxCost(usd: 1) { id } }`,
    ],
    ['the argument maxCost of an estimate', 'MAX_COST', `{ estimate(input: ${input}, maxCost: 1) { most } }`],
    ['@route on an estimate', 'ROUTE', `query { estimate(input: ${input}) @route(only: ["a"]) { most } }`],
  ])('is refused before anything of it runs for %s', async (...[, directive, source]) => {
    const gateway = fakeGateway();
    const { ask } = createGraphClient(gateway, settings);
    const { data, errors } = await ask({ source, principal: bound('ROUTE', 'TIMEOUT', 'MAX_COST') });
    expect(data).toBeUndefined();
    const name = { ROUTE: 'route', TIMEOUT: 'timeout', MAX_COST: 'maxCost' }[directive];
    expect(errors).toMatchObject([
      { message: expect.stringContaining(`@${name}`), extensions: { code: 'DIRECTIVE_FORBIDDEN', directive: name } },
    ]);
    expect(gateway.admitted).toEqual([]);
  });

  it.each([
    ['a stream', 'ROUTE', `subscription { completionStream(input: ${input}) @route(sort: PRICE) { __typename } }`],
    ['a stream by its argument', 'MAX_COST', `subscription { completionStream(input: ${input}, maxCost: 1) { __typename } }`],
  ] as const)('is refused when it is %s', async (_form, directive, source) => {
    const { trySubscribe } = createGraphClient(fakeGateway(), settings);
    expect(await trySubscribe({ source, principal: bound(directive) })).toMatchObject({
      errors: [{ extensions: { code: 'DIRECTIVE_FORBIDDEN' } }],
    });
  });

  it('may carry what is not forbidden to it, and what is not there', async () => {
    const asked: unknown[] = [];
    const estimates = {
      estimate: async () => {
        asked.push(1);
        return { least: null, most: null, offer: null, inputTokens: 1, maxOutputTokens: null, considered: [], headroom: [] };
      },
    };
    const { ask } = createGraphClient(fakeGateway({ estimates }), settings);
    const well = async (request: Request) => expect((await ask(request)).errors).toBeUndefined();
    await well({ source: `{ estimate(input: ${input}) @route(sort: PRICE) { most } }`, principal: bound('MAX_COST') });
    await well({ source: `{ estimate(input: ${input}, route: null) { most } }`, principal: bound('ROUTE') });
    await well({
      source: `query ($on: Boolean!) { estimate(input: ${input}) { most } b: estimate(input: ${input}, maxCost: 1) @include(if: $on) { most } }`,
      variables: { on: false },
      principal: bound('MAX_COST'),
    });
    expect(asked).toHaveLength(3);
  });
});

describe('what a key may do, in the graph', () => {
  const everything = `allowedAddresses labels { name value } directives {
    forbidden route { sort only ignore regions dataPolicy maxPrice { input output } requireParameters fallbacks }
    timeout { firstTokenMs idleMs totalMs } maxCost maxOutputTokens }`;
  const given = {
    allowedAddresses: ['10.0.0.0/8', '::1'],
    labels: [{ name: 'stage', value: 'live' }],
    directives: {
      forbidden: ['ROUTE', 'MAX_COST'],
      route: {
        sort: 'PRICE',
        only: ['one'],
        ignore: ['two/acme/chat'],
        regions: ['eu-1'],
        dataPolicy: 'NO_TRAINING',
        maxPrice: { input: '0.15', output: null },
        requireParameters: true,
        fallbacks: false,
      },
      timeout: { firstTokenMs: 5, idleMs: null, totalMs: 7 },
      maxCost: '0.05',
      maxOutputTokens: 9,
    },
  };

  /** Makes and changes keys in memory. */
  function client() {
    const made: NewApiKey[] = [];
    const changed: ChangedApiKey[] = [];
    const queries: unknown[] = [];
    const gateway = fakeGateway({
      administration: {
        async createApiKey(_caller, key) {
          made.push(key);
          return { secret: 'mg_live_x', apiKey: { ...apiKey, ...key } };
        },
        async updateApiKey(_caller, _id, { disabled: _, ...changes }): Promise<ApiKey> {
          changed.push(changes);
          return { ...apiKey, ...changes };
        },
        async apiKeys(_caller, query) {
          queries.push(query);
          return { items: [apiKey], hasMore: false };
        },
      },
    });
    return { made, changed, queries, ...createGraphClient(gateway) };
  }

  const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { ${everything} } } }`;
  const base = { teamId: toGlobalId('Team', team.id), name: 'web', scopes: ['MODELS_READ'] };
  const update = `mutation ($input: UpdateApiKeyInput!) { updateApiKey(input: $input) { apiKey { ${everything} } } }`;
  const id = toGlobalId('ApiKey', apiKey.id);

  it('is said when it is made, and read as it was said', async () => {
    const { ask } = client();
    const { data } = await ask({ source: create, variables: { input: { ...base, ...given } } });
    expect(data.createApiKey.apiKey).toEqual(given);
  });

  it('is nothing in particular when nothing is said', async () => {
    const { ask, made } = client();
    const { data } = await ask({ source: create, variables: { input: base } });
    expect(data.createApiKey.apiKey).toEqual({ allowedAddresses: null, labels: [], directives: null });
    await ask({ source: create, variables: { input: { ...base, directives: {} } } });
    expect(made[1]?.directives).toEqual(noRules);
  });

  it('is changed as far as it is given; null takes it away', async () => {
    const { ask, changed } = client();
    for (const changes of [given, { labels: null, directives: null, allowedAddresses: null }, { name: 'other' }])
      await ask({ source: update, variables: { input: { id, ...changes } } });
    expect(changed[0]).toMatchObject({
      labels: given.labels,
      directives: { maxCost: 50_000_000n, route: { maxPrice: { input: 150_000n } } },
    });
    expect(changed.slice(1)).toEqual([{ labels: [], directives: null, allowedAddresses: null }, { name: 'other' }]);
  });

  it.each([
    ['input.directives.maxOutputTokens', { maxOutputTokens: 0 }],
    ['input.directives.timeout.totalMs', { timeout: { totalMs: 0 } }],
    ['input.directives.maxCost', { maxCost: '0.0000000001' }],
    ['input.directives.route.maxPrice.output', { route: { maxPrice: { output: '0.0000001' } } }],
    ['input.directives.route.only[1]', { route: { only: ['a', ''] } }],
    ['input.directives.route.ignore', { route: { ignore: new Array<string>(33).fill('a') } }],
  ])('is refused for %s', async (path, directives) => {
    const { errors } = await client().ask({ source: create, variables: { input: { ...base, directives } } });
    expect(errors).toHaveLength(1);
    if (errors?.[0]?.extensions['code'] === 'INVALID_REQUEST') expect(errors[0].extensions).toMatchObject({ path });
    else expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('is what keys are listed by: a label with its value, or whatever it is', async () => {
    const { ask, queries } = client();
    const list = (filter: string) => ask({ source: `{ apiKeys(filter: ${filter}) { nodes { id } } }` });
    await list('{ label: { name: "stage", value: "live" } }');
    await list('{ label: { name: "stage" } }');
    await list('{ }');
    expect(queries).toMatchObject([
      { label: { name: 'stage', value: 'live' } },
      { label: { name: 'stage', value: null } },
      { label: null },
    ]);
  });

  it('stands in the audit log in the words in which it was said', async () => {
    const { ask, made } = client();
    await ask({ source: create, variables: { input: { ...base, ...given } } });
    const { after } = toAuditEntry(
      { id: toId('a1'), at: 0, actor: { kind: 'SYSTEM', id: 'system', name: 'test' }, address: null, action: 'CREATE_API_KEY' },
      { type: 'API_KEY', after: { ...apiKey, ...made[0] } },
    );
    expect(writeState('API_KEY', after)).toMatchObject({ ...given, name: 'web' });
    expect(writeState('API_KEY', { directives: null })).toEqual({ directives: null });
  });
});
