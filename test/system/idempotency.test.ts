import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { oneBookedCall, patience } from '../support/bookedCalls.ts';
import { readStream, resumeDocument, streamDocument, terminalOf } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf, createKey } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';

let gateway: GatewayProcess;
let admin: GraphPlace;
let key: GraphPlace;

beforeAll(async () => {
  gateway = await startGateway();
  admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
});
afterAll(() => gateway[Symbol.asyncDispose]());

beforeEach(async () => {
  key = await createKey(admin, ['COMPLETIONS_WRITE', 'USAGE_READ']);
});

const story = { model: 'sandbox/chat', messages: [{ role: 'USER', content: 'Once upon a time' }], maxOutputTokens: 70 };
/** Does not end by itself. */
const stalled = { ...story, providerOptions: { sandbox: { fault: 'stall', after: 6 } } };

const create = 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id text cost { total } } }';
const cancel = 'mutation ($input: CancelCompletionInput!) { cancelCompletion(input: $input) { id state } }';

describe('one idempotency key', () => {
  test('sent twice at once is one call with one answer', async () => {
    const variables = { input: { ...story, idempotencyKey: 'twice' } };
    const answers = await Promise.all([1, 2].map(() => askWell(key, create, variables)));
    expect(answers[0]).toEqual(answers[1]);
    expect(await askWell(key, create, variables)).toEqual(answers[0]);
    expect(await oneBookedCall(key)).toMatchObject({ id: answers[0].createCompletion.id, state: 'SUCCEEDED' });
  });

  test('with another input is a conflict, and with another key another call', async () => {
    const input = { ...story, maxOutputTokens: 3, idempotencyKey: 'same' };
    const { createCompletion } = await askWell(key, create, { input });
    expect(codeOf(await ask(key, create, { variables: { input: { ...input, maxOutputTokens: 4 } } }))).toBe('IDEMPOTENCY_CONFLICT');
    const other = await createKey(admin, ['COMPLETIONS_WRITE']);
    expect((await askWell(other, create, { input })).createCompletion.id).not.toBe(createCompletion.id);
    await oneBookedCall(key);
  });

  test('cancels by itself, as often as one likes', async () => {
    await using client = openStreamClient(key);
    const input = { ...stalled, idempotencyKey: 'by-key' };
    const begun = Promise.withResolvers<string>();
    const stream = readStream(client, {
      query: streamDocument,
      variables: { input },
      onEvent: ({ completionId }) => begun.resolve(completionId),
    });
    const id = await begun.promise;
    for (const which of [{ idempotencyKey: 'by-key' }, { id }, { id }]) {
      expect((await askWell(key, cancel, { input: which })).cancelCompletion).toEqual({ id, state: 'CANCELLED' });
    }
    expect(terminalOf(await stream)).toMatchObject({ __typename: 'CompletionFailed', error: { code: 'CANCELLED' } });
  });
});

test('another key can neither resume, cancel nor see a call', async () => {
  await using client = openStreamClient(key);
  const begun = Promise.withResolvers<string>();
  const stream = readStream(client, {
    query: streamDocument,
    variables: { input: { ...stalled, idempotencyKey: 'mine' } },
    onEvent: ({ completionId, text }) => text !== undefined && begun.resolve(completionId),
  });
  const id = await begun.promise;
  const other = await createKey(admin, ['COMPLETIONS_WRITE', 'USAGE_READ']);
  await using stranger = openStreamClient(other);
  await expect(readStream(stranger, { query: resumeDocument, variables: { id } })).rejects.toMatchObject([
    { extensions: { code: 'NOT_FOUND' } },
  ]);
  for (const input of [{ id }, { idempotencyKey: 'mine' }])
    expect(codeOf(await ask(other, cancel, { variables: { input } }))).toBe('NOT_FOUND');
  const see = 'query ($id: ID!) { completion(id: $id) { state text } }';
  expect(await askWell(other, see, { id })).toEqual({ completion: null });
  expect(await askWell(key, see, { id })).toMatchObject({ completion: { state: 'RUNNING' } });
  await askWell(key, cancel, { input: { id } });
  await stream;
  // Who may see all of an organization's usage sees the call, and not its words.
  expect(await askWell(admin, see, { id })).toEqual({ completion: { state: 'CANCELLED', text: null } });
  expect(await askWell(other, see, { id })).toEqual({ completion: null });
});

describe('a client of HTTP that leaves in the middle', () => {
  const leave = async (input: object): Promise<void> => {
    const leaving = new AbortController();
    const createBudget = 'mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } } }';
    const scope = { apiKeyId: (await askWell(key, '{ viewer { principal { id } } }')).viewer.principal.id };
    await askWell(admin, createBudget, { input: { scope, meter: 'PARALLEL', window: 'TOTAL', limit: { count: 9 } } });
    const answer = ask(key, create, { variables: { input }, signal: leaving.signal });
    // The call is under way as soon as its limit says so.
    await vi.waitFor(
      async () => expect(await askWell(key, '{ viewer { quotas { held } } }')).toEqual({ viewer: { quotas: [{ held: '1' }] } }),
      patience,
    );
    leaving.abort();
    await expect(answer).rejects.toThrow();
  };

  test('ends its call', async () => {
    await leave(stalled);
    expect(await oneBookedCall(key)).toMatchObject({ state: 'CANCELLED', usage: { basis: 'ESTIMATED' } });
  });

  test('finds the answer when it comes back with its key', async () => {
    const input = { ...story, idempotencyKey: 'back' };
    await leave(input);
    const { createCompletion } = await askWell(key, create, { input });
    expect(createCompletion.text).toContain('simulated');
    expect(await oneBookedCall(key)).toMatchObject({ id: createCompletion.id, state: 'SUCCEEDED', cost: createCompletion.cost });
  });
});
