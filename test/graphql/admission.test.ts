import { describe, expect, it } from 'vitest';
import type { EmbeddingRequest } from '../../src/domain/embedding.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import { createEventLog } from '../support/eventLog.ts';
import type { FakeServices } from '../support/fakeGateway.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { asJson, createGraphClient, executors } from '../support/graphClient.ts';
import { completion, embeddings, principalWith } from '../support/things.ts';

function house(settings: { readonly jit: boolean }, services: FakeServices = {}) {
  const embedded: (readonly EmbeddingRequest[])[] = [];
  const gateway = fakeGateway({
    completions: {
      start: async () => ({ id: completion.id, answer: Promise.resolve(completion), subscribe: createEventLog<never>().cursor }),
    },
    embeddings: {
      async embed(_caller, asked) {
        embedded.push(asked.map(({ request }) => request));
        return asked.map(({ request: { model } }) =>
          model === 'broken' ? new GatewayError('UNKNOWN_MODEL', 'No such model.') : embeddings,
        );
      },
    },
    ...services,
  });
  return { gateway, embedded, ...createGraphClient(gateway, settings) };
}

const message = 'messages: [{ role: USER, content: "Hello" }]';
const completing = `mutation ($skip: Boolean = true, $input: CompletionInput!) {
  a: createCompletion(input: { model: "one", ${message}, tags: [{ name: "feature", value: "x" }] }) { id }
  ...More
  no: createCompletion(input: { model: "never", ${message} }) @skip(if: $skip) { id }
  b: createCompletion(input: $input) { id }
}
fragment More on Mutation { createCompletions(inputs: [{ model: "two", ${message} }, { model: "three", ${message} }]) { __typename } }`;
const variables = { input: { model: 'four', messages: [{ role: 'USER', content: 'Hello' }] } };

describe.each(executors)('an operation, $jit', (settings) => {
  it('is admitted once for all of its calls, and gives back what is left', async () => {
    const { gateway, ask } = house(settings);
    expect((await ask({ source: completing, variables })).errors).toBeUndefined();
    expect(gateway.admitted).toEqual([
      [
        { place: 'a.input', model: 'one', tags: [{ name: 'feature', value: 'x' }], endUser: null, idempotencyKey: null, cost: null },
        { place: 'createCompletions.inputs[0]', model: 'two', tags: [], endUser: null, idempotencyKey: null, cost: null },
        { place: 'createCompletions.inputs[1]', model: 'three', tags: [], endUser: null, idempotencyKey: null, cost: null },
        { place: 'b.input', model: 'four', tags: [], endUser: null, idempotencyKey: null, cost: null },
      ],
    ]);
    expect(gateway.returned).toBe(1);
  });

  it('draws nothing where it makes no call', async () => {
    const { gateway, ask } = house(settings);
    await ask({ source: '{ __typename viewer { scopes } }' });
    expect(gateway.admitted).toEqual([]);
  });

  it('draws nothing for a field that the caller may not use', async () => {
    const { gateway, ask } = house(settings);
    const source = `mutation { createCompletion(input: { model: "one", ${message} }) { id } createEmbeddings(input: { model: "e", inputs: ["x"] }) { id } }`;
    const answer = await ask({ source, principal: principalWith('EMBEDDINGS_WRITE') });
    expect(gateway.admitted).toEqual([
      [{ place: 'createEmbeddings.input', model: 'e', tags: [], endUser: null, idempotencyKey: null, cost: null }],
    ]);
    expect(answer.data).toEqual({ createCompletion: null, createEmbeddings: { id: expect.any(String) } });
    expect(answer.errors).toMatchObject([{ path: ['createCompletion'], extensions: { code: 'FORBIDDEN', scopes: ['COMPLETIONS_WRITE'] } }]);
  });

  it('is refused whole, before any call', async () => {
    const refusal = new GatewayError('QUOTA_EXHAUSTED', 'The quota leaves no room for this call.', {
      retryAfterMs: 5,
      details: { quota: 'REQUESTS' },
    });
    const { ask } = house(settings, { refusal, completions: {} });
    const answer = await ask({ source: completing, variables });
    expect(answer).toEqual({
      errors: [
        {
          message: 'The quota leaves no room for this call.',
          extensions: { code: 'QUOTA_EXHAUSTED', retryable: true, retryAfterMs: 5, requestId: 'request-1', quota: 'REQUESTS' },
        },
      ],
    });
  });

  it.each([
    ['mutation', 'createCompletions'],
    ['subscription', 'completionStreams'],
  ])('of no calls at all is told so by a %s', async (operation, field) => {
    const { ask, trySubscribe } = house(settings);
    const source = `${operation} { ${field}(inputs: []) { __typename } }`;
    const { errors } = operation === 'mutation' ? await ask({ source }) : asJson(await trySubscribe({ source }));
    expect(errors).toMatchObject([{ message: 'inputs: must not be empty.', extensions: { code: 'INVALID_REQUEST' } }]);
  });

  it('of a stream is admitted before it starts', async () => {
    const { gateway, subscribe } = house(settings);
    await subscribe({
      source: `subscription { completionStreams(inputs: [{ model: "one", ${message} }, { model: "two", ${message} }]) { __typename } }`,
    });
    expect(gateway.admitted).toEqual([
      [
        { place: 'completionStreams.inputs[0]', model: 'one', tags: [], endUser: null, idempotencyKey: null, cost: null },
        { place: 'completionStreams.inputs[1]', model: 'two', tags: [], endUser: null, idempotencyKey: null, cost: null },
      ],
    ]);
    expect(gateway.returned).toBe(1);
  });

  it('tells which of its calls share which limit, and what they ask', async () => {
    const { gateway, ask } = house(settings);
    const source = `mutation ($no: Boolean! = false) @maxCost(usd: "0.5") {
      a: createCompletion(input: { model: "one", ${message} }) { id }
      createCompletions(inputs: [{ model: "two", ${message} }, { model: "three", ${message} }], maxCost: "0.2") @maxCost(usd: 7) { __typename }
      ...Embedding
      never: createCompletion(input: { model: "never", ${message} }) @include(if: $no) { id }
    }
    fragment Embedding on Mutation { e: createEmbeddings(input: { model: "four", inputs: ["x"] }) @maxCost(usd: "0.1") { id } }`;
    expect((await ask({ source })).errors).toBeUndefined();
    const costs = gateway.admitted[0]?.map(({ cost }) => cost) ?? [];
    const operation = { most: 500_000_000n, on: 'OPERATION' };
    const list = { most: 200_000_000n, on: 'FIELD' };
    expect(costs).toMatchObject([
      { limits: [operation], request: { operation: 'COMPLETION', request: { model: 'one', maxCost: null, route: { sort: 'PRICE' } } } },
      { limits: [list, operation], request: { request: { model: 'two' } } },
      { limits: [list, operation], request: { request: { model: 'three' } } },
      { limits: [{ most: 100_000_000n, on: 'FIELD' }, operation], request: { operation: 'EMBEDDING', request: { inputs: ['x'] } } },
    ]);
    expect(costs[1]?.limits[0]).toBe(costs[2]?.limits[0]);
    expect(new Set(costs.map((cost) => cost?.limits.at(-1))).size).toBe(1);
  });

  it('tells why a call with a limit will not be made', async () => {
    const { gateway, ask } = house(settings);
    const source = `mutation { a: createCompletion(input: { model: "one", messages: [] }, maxCost: 1) { id } }`;
    const { errors } = await ask({ source });
    expect(gateway.admitted[0]?.[0]?.cost?.request).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(errors).toMatchObject([{ path: ['a'], extensions: { code: 'INVALID_REQUEST' } }]);
  });
});

describe.each(executors)('the embeddings of one operation, $jit', (settings) => {
  const embed = (name: string, model: string, more = '') =>
    `${name}: createEmbeddings(input: { model: "${model}", inputs: ["${name}"] } ${more}) { dimensions }`;

  it('are asked for together', async () => {
    const { ask, embedded } = house(settings);
    const { errors } = await ask({
      source: `mutation @maxCost(usd: 1) { ${embed('a', 'm')} ${embed('b', 'm')} ${embed('c', 'm', 'maxCost: 2')} }`,
    });
    expect(errors).toBeUndefined();
    expect(embedded.map((requests) => requests.map(({ inputs, maxCost }) => [inputs[0], maxCost]))).toEqual([
      [
        ['a', null],
        ['b', null],
        ['c', 2_000_000_000n],
      ],
    ]);
  });

  it('fail one by one', async () => {
    const { ask } = house(settings);
    const source = `mutation { ${embed('a', 'broken')} ${embed('b', 'm')} c: createEmbeddings(input: { model: "m", inputs: [] }) { id } }`;
    const { data, errors } = await ask({ source });
    expect(data).toEqual({ a: null, b: { dimensions: 2 }, c: null });
    expect(errors).toMatchObject([
      { path: ['a'], extensions: { code: 'UNKNOWN_MODEL' } },
      { path: ['c'], message: 'input.inputs: must not be empty.', extensions: { code: 'INVALID_REQUEST' } },
    ]);
  });

  it('are written as base64 where that is asked for', async () => {
    const { ask } = house(settings);
    const { data } = await ask({
      source: 'mutation { createEmbeddings(input: { model: "m", inputs: ["x"], encoding: BASE64 }) { vectors } }',
    });
    expect(data.createEmbeddings.vectors).toEqual([Buffer.from(Float32Array.of(0.5, -0.25).buffer).toString('base64')]);
  });
});
