import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import type { CompletionService } from '../../src/gateway/gateway.ts';
import { createEventLog } from '../support/eventLog.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { createGraphClient, executors } from '../support/graphClient.ts';
import { completion, model } from '../support/things.ts';

const message = 'messages: [{ role: USER, content: "Hello" }]';
const creating = `mutation { createCompletion(input: { model: "m", ${message} }) { id } }`;

function house(settings: { readonly jit: boolean }, start: CompletionService['start']) {
  return createGraphClient(fakeGateway({ completions: { start }, models: { find: () => model } }), settings);
}

describe.each(executors)('what goes wrong, $jit', (settings) => {
  it('is told with its code, its details and the request', async () => {
    const { ask, logged } = house(settings, async () => {
      throw new GatewayError('UNKNOWN_MODEL', 'There is no model "m".', { details: { suggestions: ['n'] } });
    });
    expect(await ask({ source: creating })).toEqual({
      data: { createCompletion: null },
      errors: [
        {
          message: 'There is no model "m".',
          path: ['createCompletion'],
          locations: [{ line: 1, column: 12 }],
          extensions: { code: 'UNKNOWN_MODEL', retryable: false, retryAfterMs: null, requestId: 'request-1', suggestions: ['n'] },
        },
      ],
    });
    expect(logged).toEqual([]);
  });

  it('is masked when nobody foresaw it, and its cause logged', async () => {
    const cause = new TypeError('password=secret');
    const { ask, logged } = house(settings, async () => {
      throw cause;
    });
    const { errors } = await ask({ source: creating });
    expect(errors).toMatchObject([
      { message: 'Something went wrong inside the gateway.', extensions: { code: 'INTERNAL', requestId: 'request-1' } },
    ]);
    expect(JSON.stringify(errors)).not.toContain('secret');
    expect(logged).toMatchObject([{ requestId: 'request-1', path: 'createCompletion', error: cause }]);
  });

  it('wakes nobody where the caller is at fault', async () => {
    const { ask, logged } = house(settings, async () => {
      throw new GatewayError('UNAUTHENTICATED', 'The token has expired.', { cause: new Error('"exp" claim') });
    });
    expect((await ask({ source: creating })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(logged).toEqual([]);
  });

  it('takes no other answer along', async () => {
    let calls = 0;
    const { ask } = house(settings, async () => {
      if (++calls % 2 === 0) throw new GatewayError('NO_ROUTE', 'None.');
      return { id: completion.id, answer: Promise.resolve(completion), subscribe: createEventLog<never>().cursor };
    });
    const source = `mutation { a: createCompletion(input: { model: "m", ${message} }) { text } b: createCompletion(input: { model: "m", ${message} }) { text } }`;
    for (let use = 0; use < 2; use++) {
      const { data, errors } = await ask({ source });
      expect(data).toEqual({ a: { text: completion.text }, b: null });
      expect(errors).toMatchObject([{ path: ['b'], extensions: { code: 'NO_ROUTE' } }]);
    }
  });

  it("in one of several calls is that call's result", async () => {
    const { ask } = house(settings, async (_caller, request) => {
      if (request.model === 'bad') throw new GatewayError('NO_ROUTE', 'None.', { retryAfterMs: 9 });
      return { id: completion.id, answer: Promise.resolve(completion), subscribe: createEventLog<never>().cursor };
    });
    const { data, errors } = await ask({
      source: `mutation { createCompletions(inputs: [{ model: "bad", ${message} }, { model: "good", ${message} }, { model: "good", messages: [] }]) {
        ... on Completion { text } ... on CompletionFailure { error { code message retryable retryAfterMs details } } } }`,
    });
    expect(errors).toBeUndefined();
    expect(data.createCompletions).toEqual([
      { error: { code: 'NO_ROUTE', message: 'None.', retryable: true, retryAfterMs: 9, details: {} } },
      { text: completion.text },
      { error: expect.objectContaining({ code: 'INVALID_REQUEST', message: 'inputs[2].messages: must not be empty.' }) },
    ]);
  });

  it.each([
    [
      'a wrong type',
      { input: { model: 'm', messages: [{ role: 'USER', content: [{ type: 'text', text: 'A prompt' }] }] } },
      'Variable "$input" does not hold at "input.messages[0].content": String cannot represent a non string value.',
    ],
    [
      'a field that is not there',
      { input: { model: 'm', message: [], messages: [] } },
      'Variable "$input" does not hold at "input": Field "message" is not defined by type "CompletionInput".',
    ],
    [
      'two of one of several',
      { input: { model: 'm', messages: [{ role: 'USER', parts: [{ text: 'a', refusal: 'b' }] }] } },
      'Variable "$input" does not hold at "input.messages[0].parts[0]": Exactly one key must be specified for OneOf type "MessagePartInput".',
    ],
    ['nothing', {}, 'Variable "$input" is required and must not be null.'],
  ])('with %s in a variable is told without the value', async (_what, variables, sentence) => {
    const { ask } = house(settings, async () => {
      throw new Error('was called');
    });
    const source = 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id } }';
    for (let use = 0; use < 2; use++) {
      const { errors } = await ask({ source, variables });
      expect(errors?.[0]).toMatchObject({ message: sentence, extensions: { code: 'BAD_USER_INPUT' } });
    }
  });

  it("with a null where none may be is the request's fault", async () => {
    const { ask } = house(settings, async () => {
      throw new Error('was called');
    });
    const source = 'query ($slug: ModelId = "x") { model(slug: $slug) { name } }';
    for (let use = 0; use < 3; use++) {
      const { errors } = await ask({ source, variables: { slug: null } });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });

  it.each([
    ['{ viewer { scopes', 'GRAPHQL_PARSE_FAILED', /^Syntax Error/],
    ['{ viewr { scopes } }', 'GRAPHQL_VALIDATION_FAILED', /^Cannot query field "viewr" on type "Query"\.$/],
    ['mutation { cancelCompletion(input: { id: "a", idempotencyKey: "b" }) { id } }', 'GRAPHQL_VALIDATION_FAILED', /exactly one/i],
  ])('in the document %s is told without hints', async (source, code, sentence) => {
    const { ask } = house(settings, async () => {
      throw new Error('was called');
    });
    const { errors } = await ask({ source });
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(sentence), extensions: { code } });
  });

  it('with an operation that is not there is told', async () => {
    const { ask } = house(settings, async () => {
      throw new Error('was called');
    });
    const { errors } = await ask({ source: 'query A { __typename } query B { __typename }' });
    expect(errors).toMatchObject([{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }]);
  });
});

describe.each(executors)('a client that leaves, $jit', (settings) => {
  it('is a reader that was cut off', async () => {
    const leaving = new AbortController();
    const log = createEventLog<never>();
    const { promise, reject } = Promise.withResolvers<typeof completion>();
    const { ask } = house(settings, async () => {
      queueMicrotask(() => leaving.abort());
      return { id: completion.id, answer: promise, subscribe: log.cursor };
    });
    const asked = ask({ source: creating, signal: leaving.signal });
    await new Promise(setImmediate);
    expect(log.leavings).toEqual(['CUT']);
    reject(new GatewayError('CANCELLED', 'The caller has left.'));
    expect((await asked).errors).toMatchObject([{ extensions: { code: 'CANCELLED' } }]);
  });
});
