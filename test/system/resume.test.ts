import { createClient as createSseClient } from 'graphql-sse';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { oneBookedCall } from '../support/bookedCalls.ts';
import type { StreamEvent } from '../support/completionEvents.ts';
import { gapless, readStream, resumeDocument, sequencesOf, streamDocument, terminalOf, textOf } from '../support/completionEvents.ts';
import type { CuttingProxy } from '../support/cuttingProxy.ts';
import { openCuttingProxy } from '../support/cuttingProxy.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { askWell, createKey } from '../support/httpGraph.ts';
import { comingBack, openStreamClient } from '../support/streamClient.ts';

let gateway: GatewayProcess;
let admin: GraphPlace;
let key: GraphPlace;
let proxy: CuttingProxy;
/** The same graph, by a way that can be cut. */
let far: GraphPlace;

beforeAll(async () => {
  gateway = await startGateway();
  admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
});
afterAll(() => gateway[Symbol.asyncDispose]());

beforeEach(async () => {
  key = await createKey(admin, ['COMPLETIONS_WRITE', 'USAGE_READ']);
  proxy = await openCuttingProxy(Number(new URL(gateway.url).port));
  far = { graphUrl: `http://127.0.0.1:${proxy.port}/graphql`, key: key.key };
  return () => proxy[Symbol.asyncDispose]();
});

/** About half a second of tokens, one at a time. */
const slowly = { sandbox: { tokensPerSecond: 150 } };
const story = {
  model: 'sandbox/chat',
  messages: [{ role: 'USER', content: 'Once upon a time' }],
  maxOutputTokens: 70,
  providerOptions: slowly,
};
/** Does not end by itself. */
const stalled = { ...story, providerOptions: { sandbox: { fault: 'stall', after: 6 } } };

/** Calls `act` once, when so many events have come. */
function once(count: number, act: () => void): (event: StreamEvent) => void {
  let seen = 0;
  return () => {
    seen++;
    if (seen === count) act();
  };
}

describe('a stock client whose connection is cut in the middle of a stream', () => {
  test.each([
    ['by ws', {}],
    // Node's own tells a lost connection as an error, which a stock client takes for final unless it is told otherwise.
    ['of Node itself', { webSocketImpl: globalThis.WebSocket, shouldRetry: () => true }],
  ])('sends it again with its idempotency key: billed once, and the text has no duplicate (sockets %s)', async (_name, options) => {
    await using client = openStreamClient(far, { ...comingBack, ...options });
    const input = { ...story, idempotencyKey: 'cut-1' };
    const events = await readStream(client, { query: streamDocument, variables: { input }, onEvent: once(12, proxy.cut) });
    expect(proxy.connections).toBe(2);
    // Told again from the start: the offsets put every piece where it was.
    expect(sequencesOf(events).slice(0, 24)).toEqual([...gapless(12), ...gapless(12)]);
    const { completion } = terminalOf(events);
    expect(completion).toMatchObject({ state: 'SUCCEEDED', finishReason: 'LENGTH', usage: { outputTokens: 70, basis: 'MEASURED' } });
    expect(textOf(events)).toBe(completion.text);
    expect(await oneBookedCall(key)).toMatchObject({ id: completion.id, cost: completion.cost });
  });

  test('goes on where it was, when its variables say what it has seen', async () => {
    await using client = openStreamClient(far, comingBack);
    let seen = 0;
    const cut = once(12, proxy.cut);
    const variables = {
      input: { ...story, idempotencyKey: 'cut-2' },
      get after() {
        return seen;
      },
    };
    const events = await readStream(client, {
      query: streamDocument,
      variables,
      onEvent(event) {
        seen = event.sequence;
        cut(event);
      },
    });
    expect(proxy.connections).toBe(2);
    expect(sequencesOf(events)).toEqual(gapless(events.length));
    const { completion } = terminalOf(events);
    const pieces = events.map(({ text }) => text ?? '').join('');
    expect(pieces).toBe(completion.text);
    expect(await oneBookedCall(key)).toMatchObject({ id: completion.id, state: 'SUCCEEDED' });
  });

  test('goes on where it was over Server-Sent Events, too', async () => {
    const headers = { authorization: `Bearer ${key.key}` };
    const client = createSseClient({ url: far.graphUrl, headers, retryAttempts: 5, retry: () => Promise.resolve() });
    const events: StreamEvent[] = [];
    const variables = {
      input: { ...story, idempotencyKey: 'cut-5' },
      get after() {
        return events.length;
      },
    };
    for await (const { data } of client.iterate<{ readonly completionStream: StreamEvent }>({ query: streamDocument, variables })) {
      if (data !== null && data !== undefined) events.push(data.completionStream);
      if (events.length === 12) proxy.cut();
    }
    client.dispose();
    expect(proxy.connections).toBe(2);
    expect(sequencesOf(events)).toEqual(gapless(events.length));
    expect(textOf(events)).toBe(terminalOf(events).completion.text);
    expect(await oneBookedCall(key)).toMatchObject({ state: 'SUCCEEDED' });
  });

  test('without a key is left: the provider is stopped, and what it wrote is booked as an estimate', async () => {
    await using client = openStreamClient(far);
    const seen: StreamEvent[] = [];
    const lost = readStream(client, {
      query: streamDocument,
      variables: { input: story },
      onEvent(event) {
        seen.push(event);
        if (seen.length === 10) proxy.cut();
      },
    });
    await expect(lost).rejects.toMatchObject({ code: 1006 });
    await using another = openStreamClient(key);
    const id = seen[0]?.completionId;
    const events = await readStream(another, { query: resumeDocument, variables: { id, after: 10 } });
    expect(sequencesOf(events)).toEqual(gapless(events.length, 11));
    expect(terminalOf(events)).toMatchObject({
      __typename: 'CompletionFailed',
      error: { code: 'CANCELLED', retryable: false },
      completion: { id, state: 'CANCELLED', usage: { basis: 'ESTIMATED' }, attempts: [{ outcome: 'CANCELLED' }] },
    });
    const row = await oneBookedCall(key);
    expect(row).toMatchObject({ id, state: 'CANCELLED', usage: { basis: 'ESTIMATED' }, attempts: [{ outcome: 'CANCELLED' }] });
    // Stopped in the middle, and paid for until then.
    expect(row['usage']).toMatchObject({ outputTokens: expect.toSatisfy((tokens: number) => tokens > 0 && tokens < 70) });
    expect(Number(JSON.parse(JSON.stringify(row['cost'])).total)).toBeGreaterThan(0);
  });

  test.each(['CANCEL', 'CONTINUE'])('with onDisconnect %s it is so, key or no key', async (mode) => {
    await using client = openStreamClient(far);
    const input = { ...story, onDisconnect: { mode }, ...(mode === 'CANCEL' ? { idempotencyKey: 'cut-3' } : {}) };
    let id = '';
    let seen = 0;
    const lost = readStream(client, {
      query: streamDocument,
      variables: { input },
      onEvent(event) {
        id = event.completionId;
        seen = event.sequence;
        if (seen === 8) proxy.cut();
      },
    });
    await expect(lost).rejects.toMatchObject({ code: 1006 });
    await using another = openStreamClient(key);
    const events = await readStream(another, { query: resumeDocument, variables: { id, after: seen } });
    expect(sequencesOf(events)).toEqual(gapless(events.length, seen + 1));
    expect(terminalOf(events).completion.state).toBe(mode === 'CANCEL' ? 'CANCELLED' : 'SUCCEEDED');
    await oneBookedCall(key);
  });

  test('whose grace is over finds its call cancelled', async () => {
    await using client = openStreamClient(far);
    const input = { ...stalled, idempotencyKey: 'cut-4', onDisconnect: { mode: 'CONTINUE', graceMs: 20 } };
    await expect(readStream(client, { query: streamDocument, variables: { input }, onEvent: once(4, proxy.cut) })).rejects.toMatchObject({
      code: 1006,
    });
    expect(await oneBookedCall(key)).toMatchObject({ state: 'CANCELLED', usage: { basis: 'ESTIMATED' } });
  });
});

describe('a client that says that it leaves', () => {
  const leave = async (input: object): Promise<string> => {
    await using client = openStreamClient(key);
    const { promise, resolve } = Promise.withResolvers<string>();
    const complete = client.subscribe<{ readonly completionStream: StreamEvent }>(
      { query: streamDocument, variables: { input } },
      {
        next: ({ data }) => data?.completionStream.text !== undefined && resolve(data.completionStream.completionId),
        error: () => {},
        complete: () => {},
      },
    );
    const id = await promise;
    complete();
    return id;
  };

  test.each([stalled, { ...stalled, idempotencyKey: 'left' }])('ends its call, key or no key', async (input) => {
    const id = await leave(input);
    expect(await oneBookedCall(key)).toMatchObject({ id, state: 'CANCELLED', usage: { basis: 'ESTIMATED' } });
  });

  test('and wants it to go on, finds it ended well', async () => {
    const id = await leave({ ...story, onDisconnect: { mode: 'CONTINUE' } });
    expect(await oneBookedCall(key)).toMatchObject({ id, state: 'SUCCEEDED', usage: { basis: 'MEASURED', outputTokens: 70 } });
    const { completion } = await askWell(key, 'query ($id: ID!) { completion(id: $id) { text } }', { id });
    expect(completion.text).toContain('simulated');
  });
});
