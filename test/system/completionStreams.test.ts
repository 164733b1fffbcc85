import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/domain/errors.ts';
import type { FaultName } from '../../src/providers/sandbox/faults.ts';
import type { StreamEvent } from '../support/completionEvents.ts';
import { ending, eventFields, gapless, readStream, sequencesOf, terminalOf, textOf } from '../support/completionEvents.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';

let gateway: GatewayProcess;
let admin: GraphPlace;

beforeAll(async () => {
  gateway = await startGateway({ config: { aliases: { fast: 'sandbox/chat' }, defaults: { backoffMs: 5 } } });
  admin = { graphUrl: gateway.graphUrl, key: gateway.adminKey };
});
afterAll(() => gateway[Symbol.asyncDispose]());

const messages = [{ role: 'USER', content: 'Once upon a time' }];
/** Long enough for an answer, short for a test of a provider that has fallen silent. */
const timeout = { firstTokenMs: 250, idleMs: 250, totalMs: 10_000 };
const timed = `subscription ($input: CompletionInput!, $route: RouteInput, $timeout: TimeoutInput) {
  completionStream(input: $input, route: $route, timeout: $timeout) { ${eventFields} }
} ${ending}`;

async function stream(variables: Readonly<Record<string, unknown>>): Promise<readonly StreamEvent[]> {
  await using client = openStreamClient(admin);
  return await readStream(client, { query: timed, variables: { timeout, ...variables } });
}

function input(sandbox: Readonly<Record<string, unknown>>) {
  return { model: 'sandbox/chat', messages, maxOutputTokens: 30, providerOptions: { sandbox: { tokensPerSecond: 2000, ...sandbox } } };
}

interface Expected {
  /** Null: it ends well all the same. */
  readonly code: ErrorCode | null;
  /** Whether something of the answer comes before. */
  readonly speaks: boolean;
  /** Whether another offer takes over. */
  readonly helped: boolean;
  /** How often the offer is asked where there is no other. */
  readonly tries: number;
}

const unheard = (code: ErrorCode, tries: number): Expected => ({ code, speaks: false, helped: true, tries });
const refused = (code: ErrorCode): Expected => ({ code, speaks: false, helped: false, tries: 1 });
const broken = (code: ErrorCode, tries: number): Expected => ({ code, speaks: true, helped: true, tries });
const whole: Expected = { code: null, speaks: true, helped: false, tries: 1 };
const expectations = {
  rate_limited: unheard('UPSTREAM_RATE_LIMITED', 4),
  rate_limited_no_delay: unheard('UPSTREAM_RATE_LIMITED', 4),
  server_error: unheard('UPSTREAM_UNAVAILABLE', 2),
  unavailable: unheard('UPSTREAM_UNAVAILABLE', 2),
  reset: unheard('UPSTREAM_UNAVAILABLE', 2),
  silence: unheard('UPSTREAM_TIMEOUT', 1),
  slow_first_token: unheard('UPSTREAM_TIMEOUT', 1),
  context_too_long: refused('CONTEXT_TOO_LONG'),
  content_filtered: refused('CONTENT_FILTERED'),
  cut: broken('UPSTREAM_MALFORMED', 2),
  malformed: broken('UPSTREAM_MALFORMED', 2),
  stall: broken('UPSTREAM_TIMEOUT', 1),
  no_end: whole,
  overlong: whole,
} as const satisfies Record<FaultName, Expected>;

const cases: readonly (readonly [string, Expected])[] = Object.entries(expectations);
/** Which a rate limit asks for and a slow provider takes: beyond the limit of the first token. */
const delayOf = (fault: string) => (fault === 'rate_limited' ? 5 : 1000);

describe('a stream whose provider fails', () => {
  test.each(cases)('by %s ends once, with its code', async (fault, { code, speaks, tries }) => {
    const events = await stream({ input: input({ fault, after: 6, delayMs: delayOf(fault) }), route: { only: ['sandbox'] } });
    expect(events[0]?.__typename).toBe('CompletionStarted');
    expect(sequencesOf(events)).toEqual(gapless(events.length));
    const terminal = terminalOf(events);
    expect(terminal.error?.code ?? null).toBe(code);
    expect(terminal.completion.state).toBe(code === null ? 'SUCCEEDED' : 'FAILED');
    expect(textOf(events) !== '').toBe(speaks);
    expect(terminal.completion.text ?? '').toBe(textOf(events));
    expect(terminal.completion.attempts).toMatchObject(Array.from({ length: tries }, () => ({ provider: 'sandbox', errorCode: code })));
  });

  test.each(cases)('by %s is saved by another offer', async (fault, { code, helped, speaks }) => {
    const events = await stream({ input: input({ fault, after: 6, offer: 'sandbox' }) });
    expect(sequencesOf(events)).toEqual(gapless(events.length));
    const terminal = terminalOf(events);
    const { attempts, text } = terminal.completion;
    expect(text ?? '').toBe(textOf(events));
    const rerouted = events.filter(({ __typename }) => __typename === 'CompletionRerouted');
    if (!helped) {
      expect(terminal.error?.code ?? null).toBe(code);
      expect(attempts).toHaveLength(1);
      expect(rerouted).toEqual([]);
      return;
    }
    expect(terminal).toMatchObject({ __typename: 'CompletionFinished', completion: { state: 'SUCCEEDED', finishReason: 'LENGTH' } });
    expect(attempts).toEqual([
      { provider: 'sandbox', outcome: 'FAILED', errorCode: code },
      { provider: 'sandbox-b', outcome: 'SUCCEEDED', errorCode: null },
    ]);
    expect(rerouted).toMatchObject([{ reason: code }]);
    expect((rerouted[0]?.keepTextLength ?? 0) > 0).toBe(speaks);
  });

  test('at every offer says so', async () => {
    const terminal = terminalOf(await stream({ input: input({ fault: 'unavailable' }) }));
    expect(terminal).toMatchObject({ __typename: 'CompletionFailed', error: { code: 'NO_ROUTE', retryable: true } });
    // Both at once, then both again, each when its own wait is over.
    const providers: readonly string[] = terminal.completion.attempts.map(({ provider }: { readonly provider: string }) => provider);
    expect(providers.slice(0, 2)).toEqual(['sandbox', 'sandbox-b']);
    expect(providers.slice(2).toSorted()).toEqual(['sandbox', 'sandbox-b']);
  });

  test('as often as it was asked to, and then works', async () => {
    const terminal = terminalOf(await stream({ input: input({ fault: 'server_error', times: 1 }) }));
    expect(terminal.__typename).toBe('CompletionFinished');
  });

  test('by a fault that there is none of is refused with the list', async () => {
    const events = await stream({ input: input({ fault: 'meteor' }) });
    expect(terminalOf(events).error).toMatchObject({ code: 'INVALID_REQUEST', message: expect.stringContaining('rate_limited') });
  });
});

test('an error of a call names it by an id that can be asked for', async () => {
  const create = 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id } }';
  const refused = await ask(admin, create, { variables: { input: input({ fault: 'content_filtered' }) } });
  expect(codeOf(refused)).toBe('CONTENT_FILTERED');
  const id = refused.errors?.[0]?.extensions['completionId'];
  expect(await askWell(admin, 'query ($id: ID!) { completion(id: $id) { id state error { code } } }', { id })).toEqual({
    completion: { id, state: 'FAILED', error: { code: 'CONTENT_FILTERED' } },
  });
});

test('a call that has been answered can be asked for at once', async () => {
  const create = 'mutation ($input: CompletionInput!) { createCompletion(input: $input) { id state cost { total } } }';
  const { createCompletion } = await askWell(admin, create, { input: input({}) });
  expect(await askWell(admin, 'query ($id: ID!) { completion(id: $id) { id state cost { total } } }', { id: createCompletion.id })).toEqual(
    {
      completion: createCompletion,
    },
  );
});

const many = `subscription ($inputs: [CompletionInput!]!) { completionStreams(inputs: $inputs) { ${eventFields} } } ${ending}`;

describe('several calls in one operation', () => {
  test('run in parallel', async () => {
    const query = `mutation ($inputs: [CompletionInput!]!) {
      createCompletions(inputs: $inputs) { ... on Completion { timing { startedAt durationMs } attempts { startedAt durationMs firstTokenMs } } }
    }`;
    const { createCompletions } = await askWell(admin, query, { inputs: [input({ firstTokenMs: 300 }), input({ firstTokenMs: 300 })] });
    const spans = createCompletions.map(({ timing }: { readonly timing: { readonly startedAt: string; readonly durationMs: number } }) => {
      const from = Date.parse(timing.startedAt);
      return { from, to: from + timing.durationMs };
    });
    // Each lasts 300 ms at least, and the later one begins before the earlier one ends.
    expect(spans.every(({ from, to }: { readonly from: number; readonly to: number }) => to - from >= 300)).toBe(true);
    expect(Math.max(spans[0].from, spans[1].from)).toBeLessThan(Math.min(spans[0].to, spans[1].to));
  });

  test('fail each for itself', async () => {
    const query = `mutation ($inputs: [CompletionInput!]!) {
      createCompletions(inputs: $inputs) { __typename ... on Completion { text } ... on CompletionFailure { error { code details } } }
    }`;
    const inputs = [input({ fault: 'content_filtered' }), input({}), { ...input({}), model: 'sandbox/chad' }];
    const { createCompletions } = await askWell(admin, query, { inputs });
    expect(createCompletions).toMatchObject([
      { __typename: 'CompletionFailure', error: { code: 'CONTENT_FILTERED' } },
      { __typename: 'Completion', text: expect.stringContaining('simulated') },
      {
        __typename: 'CompletionFailure',
        error: { code: 'UNKNOWN_MODEL', details: { suggestions: expect.arrayContaining(['sandbox/chat']) } },
      },
    ]);
  });

  test('tell their events mingled, each without gaps and each to its end', async () => {
    await using client = openStreamClient(admin);
    const inputs = [
      input({ tokensPerSecond: 100, seed: 1 }),
      { ...input({ tokensPerSecond: 100, seed: 2 }), model: 'fast' },
      input({ tokensPerSecond: 100, fault: 'cut', after: 5 }),
    ];
    const events = await readStream(client, { query: many, variables: { inputs } });
    const ids = [...new Set(events.map(({ completionId }) => completionId))];
    const each = ids.map((id) => events.filter(({ completionId }) => completionId === id));
    expect(each).toHaveLength(3);
    for (const own of each) {
      expect(sequencesOf(own)).toEqual(gapless(own.length));
      expect(textOf(own)).toBe(terminalOf(own).completion.text);
    }
    expect(each.map((own) => terminalOf(own).completion.state).sort()).toEqual(['FAILED', 'SUCCEEDED', 'SUCCEEDED']);
    // Nobody waits for another's end.
    const beginnings = ids.map((id) => events.findIndex(({ completionId }) => completionId === id));
    const firstEnd = events.findIndex(({ completion }) => completion !== undefined);
    expect(Math.max(...beginnings)).toBeLessThan(firstEnd);
  });

  test('are not begun when one of them cannot be', async () => {
    await using client = openStreamClient(admin);
    const inputs = [input({}), { ...input({}), model: 'sandbox/chad' }];
    await expect(readStream(client, { query: many, variables: { inputs } })).rejects.toMatchObject([
      { extensions: { code: 'UNKNOWN_MODEL' } },
    ]);
  });
});

test('a place in a stream that nobody has seen is not skipped to', async () => {
  await using client = openStreamClient(admin);
  const query = `subscription ($input: CompletionInput!) { completionStream(input: $input, after: 5) { ${eventFields} } } ${ending}`;
  const events = await readStream(client, { query, variables: { input: { ...input({}), idempotencyKey: 'never seen before' } } });
  expect(sequencesOf(events)).toEqual(gapless(events.length));
});
