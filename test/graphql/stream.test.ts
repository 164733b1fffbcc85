import { describe, expect, it } from 'vitest';
import type { CompletionEvent, CompletionRequest } from '../../src/domain/completion.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import { toGlobalId } from '../../src/graphql/globalId.ts';
import type { EventLog } from '../support/eventLog.ts';
import { createEventLog } from '../support/eventLog.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { asJson, createGraphClient, executors } from '../support/graphClient.ts';
import { completion, eventsOf, organization, principalWith, provider } from '../support/things.ts';

const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';
const plain = `subscription { completionStream(input: ${input}) { ... on CompletionDelta { text } ... on CompletionFinished { completion { text } } } }`;

/** Calls whose events a test appends, in the order they were started. */
function house(settings: { readonly jit: boolean }) {
  const logs: EventLog<CompletionEvent>[] = [];
  const requests: CompletionRequest[] = [];
  const gateway = fakeGateway({
    completions: {
      async start(_caller, request) {
        if (request.model === 'unknown') throw new GatewayError('UNKNOWN_MODEL', 'No such model.', { details: { suggestions: ['known'] } });
        const log = createEventLog<CompletionEvent>();
        logs.push(log);
        requests.push(request);
        return { id: completion.id, answer: Promise.resolve(completion), subscribe: log.cursor };
      },
      resume: async (_caller, id, after) => {
        if (id !== completion.id) throw new GatewayError('STREAM_EXPIRED', 'Gone.');
        return createEventLog(...eventsOf('a', 'b')).cursor(after);
      },
    },
    models: { provider: () => provider },
    administration: { findOrganizations: async (_caller, ids) => ids.map(() => organization) },
  });
  return { logs, requests, gateway, ...createGraphClient(gateway, settings) };
}

describe.each(executors)('a stream, $jit', (settings) => {
  it('is read at once, and answers what has arrived', async () => {
    const { logs, subscribe } = house(settings);
    const cursor = await subscribe({ source: plain });
    const [started, first, second, finished] = eventsOf('a', 'b');
    expect(cursor.read()).toEqual([]);
    let woken = 0;
    cursor.wait(() => woken++);
    expect(woken).toBe(0);
    if (started === undefined || first === undefined || second === undefined || finished === undefined)
      throw new Error('There are four events.');
    logs[0]?.append(started, first);
    expect(woken).toBe(1);
    expect(asJson(cursor.read())).toEqual([{ data: { completionStream: {} } }, { data: { completionStream: { text: 'a' } } }]);
    logs[0]?.append(second, finished);
    logs[0]?.end();
    expect(asJson(cursor.read(1))).toEqual([{ data: { completionStream: { text: 'b' } } }]);
    expect(cursor.ended).toBe(false);
    expect(asJson(cursor.read())).toEqual([{ data: { completionStream: { completion: { text: 'ab' } } } }]);
    expect(cursor.ended).toBe(true);
  });

  it('can be iterated, and hears of the reader going', async () => {
    const { logs, subscribe } = house(settings);
    const cursor = await subscribe({ source: plain });
    const iterator = cursor[Symbol.asyncIterator]();
    const next = iterator.next();
    await iterator.return?.();
    expect((await next).done).toBe(true);
    expect(logs[0]?.leavings).toEqual(['LEFT']);
  });

  it('passes on how its reader goes', async () => {
    const { logs, subscribe } = house(settings);
    (await subscribe({ source: plain })).close('CUT');
    expect(logs[0]?.leavings).toEqual(['CUT']);
  });

  it('keeps variables and fragments that its events need, and forgets the others', async () => {
    const { logs, subscribe } = house(settings);
    const source = `subscription ($input: CompletionInput!, $with: Boolean!, $without: Boolean = false, $after: Int) {
      ...Root
    }
    fragment Root on Subscription { answer: completionStream(input: $input, after: $after) { ...Delta } }
    fragment Delta on CompletionDelta { text @include(if: $with) offset @include(if: $without) }`;
    const variables = { input: { model: 'm', messages: [{ role: 'USER', content: 'Hello' }] }, with: true };
    const cursor = await subscribe({ source, variables });
    logs[0]?.append(...eventsOf('a').slice(1, 2));
    expect(asJson(cursor.read())).toEqual([{ data: { answer: { text: 'a' } } }]);
  });

  it('waits in order where an answer has to be looked up', async () => {
    const { gateway, ...client } = house(settings);
    // A field below an event that is only there in this test: the schema's own are answered at once.
    const type = client.graph.schema.getType('CompletionDelta');
    if (type === undefined || !('getFields' in type)) throw new Error('There is no CompletionDelta.');
    const field = Object.values(type.getFields()).find(({ name }) => name === 'text');
    if (field === undefined || !('resolve' in field)) throw new Error('It has no text.');
    field.resolve = (event: { text: string }) =>
      event.text === 'slow' ? new Promise((resolve) => setImmediate(() => resolve('late'))) : event.text;
    const cursor = await client.subscribe({ source: plain });
    client.logs[0]?.append(...eventsOf('fast', 'slow', 'fast'));
    client.logs[0]?.end();
    const results: unknown[] = [];
    for await (const result of cursor) results.push(asJson(result).data.completionStream);
    expect(results).toEqual([{}, { text: 'fast' }, { text: 'late' }, { text: 'fast' }, { completion: { text: 'fastslowfast' } }]);
  });

  it.each([
    ['an unknown model', plain.replace('sandbox/chat', 'unknown'), { code: 'UNKNOWN_MODEL', suggestions: ['known'] }],
    ['a request that does not hold', plain.replace('content: "Hello"', ''), { code: 'INVALID_REQUEST', path: 'input.messages[0]' }],
    ['a sequence below 0', `subscription { resumeCompletion(id: "x", after: 0) { __typename } }`, { code: 'INVALID_REQUEST', path: 'id' }],
    [
      'events that are gone',
      `subscription { resumeCompletion(id: "${toGlobalId('Completion', toId('c9'))}") { __typename } }`,
      { code: 'STREAM_EXPIRED' },
    ],
  ])('is refused for %s', async (_why, source, extensions) => {
    const { trySubscribe } = house(settings);
    expect(asJson(await trySubscribe({ source })).errors).toMatchObject([{ extensions: { ...extensions, requestId: 'request-1' } }]);
  });

  it.each([
    ['nobody', null, 'UNAUTHENTICATED'],
    ['a caller without the scope', principalWith('MODELS_READ'), 'FORBIDDEN'],
  ])('is refused to %s, who draws nothing', async (_who, principal, code) => {
    const { trySubscribe, gateway } = house(settings);
    expect(asJson(await trySubscribe({ source: plain, principal })).errors).toMatchObject([{ extensions: { code } }]);
    expect(gateway.admitted).toEqual([]);
  });

  it('goes on from where it was', async () => {
    const { subscribe } = house(settings);
    const id = toGlobalId('Completion', completion.id);
    const cursor = await subscribe({
      source: `subscription { resumeCompletion(id: "${id}", after: 2) { ... on CompletionDelta { sequence text } } }`,
    });
    expect(asJson(cursor.read()).data).toBeUndefined();
    const again = await subscribe({
      source: `subscription { resumeCompletion(id: "${id}", after: 2) { ... on CompletionDelta { sequence text } } }`,
    });
    expect(asJson(again.read(1))).toEqual([{ data: { resumeCompletion: { sequence: 3, text: 'b' } } }]);
  });

  it('ends with an error when its events are lost on the way', async () => {
    const { logs, subscribe } = house(settings);
    const cursor = await subscribe({ source: plain });
    const broken = eventsOf('a')
      .slice(1, 2)
      .map(
        (event) =>
          new Proxy(event, {
            get: () => {
              throw new GatewayError('STREAM_EXPIRED', 'Gone.');
            },
          }),
      );
    logs[0]?.append(...broken);
    expect(asJson(cursor.read())).toMatchObject([{ errors: [{ extensions: { code: 'STREAM_EXPIRED' } }] }]);
  });
});

describe.each(executors)('several streams, $jit', (settings) => {
  const two = `subscription { completionStreams(inputs: [${input}, ${input.replace('sandbox/chat', 'other')}]) { ... on CompletionDelta { sequence text } } }`;

  it('are told in one, each in its own order', async () => {
    const { logs, subscribe } = house(settings);
    const cursor = await subscribe({ source: two });
    let woken = 0;
    cursor.wait(() => woken++);
    logs[1]?.append(...eventsOf('x').slice(1, 2));
    logs[0]?.append(...eventsOf('a', 'b').slice(1, 3));
    expect(woken).toBe(1);
    expect(asJson(cursor.read()).data).toBeUndefined();
    logs[0]?.end();
    expect(cursor.ended).toBe(false);
    logs[1]?.end();
    expect(cursor.ended).toBe(true);
  });

  it('are left together', async () => {
    const { logs, subscribe } = house(settings);
    (await subscribe({ source: two })).close('CUT');
    expect(logs.map(({ leavings }) => leavings)).toEqual([['CUT'], ['CUT']]);
  });

  it('do not start when one of them cannot', async () => {
    const { logs, trySubscribe } = house(settings);
    expect(asJson(await trySubscribe({ source: two.replace('other', 'unknown') })).errors).toMatchObject([
      { extensions: { code: 'UNKNOWN_MODEL' } },
    ]);
    expect(logs.map(({ leavings }) => leavings)).toEqual([['LEFT']]);
  });
});
