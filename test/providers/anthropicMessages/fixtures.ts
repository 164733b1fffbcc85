import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FormatAnswer, FormatRefusal } from '../../conformance/format.ts';

const folder = resolve(import.meta.dirname, '../fixtures/anthropic-messages');

function fixture(name: string): Buffer {
  return readFileSync(resolve(folder, name));
}

function stream(name: string, says: FormatAnswer['says']): FormatAnswer {
  return { name: `${name}.sse`, streamed: true, contentType: 'text/event-stream', body: fixture(`${name}.sse`), says };
}

const measured = { basis: 'MEASURED', reasoningTokens: null } as const;
const plain = { ...measured, inputTokens: 25, cachedInputTokens: 0, cacheWriteTokens: 0 } as const;
const calls = [
  { id: 'toolu_a', name: 'weather', arguments: '{"city": "Zürich"}' },
  { id: 'toolu_b', name: 'time', arguments: '{}' },
];
const compact = calls.map((call) => ({ ...call, arguments: call.arguments.replace(': ', ':') }));

export const answers: readonly FormatAnswer[] = [
  stream('text', {
    text: 'Grüezi 👋 Welt: once upon a time there was a gateway that never lied.',
    reason: 'STOP',
    providerModel: 'claude-sonnet-4-5-20250929',
    // What was read from the cache and written to it is input, too.
    usage: { ...measured, inputTokens: 142, cachedInputTokens: 100, cacheWriteTokens: 30, outputTokens: 17 },
  }),
  stream('tools', { text: 'Okay.', toolCalls: calls, reason: 'TOOL_CALLS', usage: { ...plain, outputTokens: 89 } }),
  stream('thinking', {
    reasoning: 'Hm. Yes.',
    seals: ['anthropic-messages:EqQBCgIYAhIM', 'anthropic-messages:redacted:EmwKAhgBEgy3va3p'],
    metadata: { stop_sequence: 'END' },
    text: '27 · 453 = 12231',
    reason: 'STOP',
    // The last report wins, and what it leaves out stands.
    usage: { ...plain, inputTokens: 31, outputTokens: 60, reasoningTokens: 40 },
  }),
  stream('cited', {
    text: 'the grass is green',
    citations: [{ url: null, title: 'Nature', quote: 'The grass is green.', start: null, end: null }],
    reason: 'STOP',
  }),
  stream('refusal', { text: 'Hello..', reason: 'REFUSAL' }),
  {
    name: 'text.json',
    streamed: false,
    contentType: 'application/json',
    body: fixture('text.json'),
    says: {
      reasoning: 'Two calls.',
      text: 'Let me see.',
      toolCalls: compact,
      reason: 'TOOL_CALLS',
      usage: { ...measured, inputTokens: 48, cachedInputTokens: 8, cacheWriteTokens: 0, outputTokens: 50 },
    },
  },
];

const json = { 'content-type': 'application/json' };
const provider = 'upstream';
const providerRequestId = 'req_011CSHoEeqs5C35K2UUqR7Fy';

function refusal(
  name: string,
  rest: Omit<FormatRefusal, 'name' | 'answer'> & { readonly headers?: Readonly<Record<string, string>> },
): FormatRefusal {
  const { headers, details, ...expected } = rest;
  const status = Number(name.split('.')[1]);
  const answer = { status, headers: { ...json, ...headers }, body: fixture(`${name}.json`) };
  return { name, answer, ...expected, details: { provider, status, providerRequestId, ...details } };
}

export const refusals: readonly FormatRefusal[] = [
  refusal('keyRefused.401', { code: 'UPSTREAM_REFUSED', details: { reason: 'KEY_REFUSED' } }),
  refusal('notFound.404', { code: 'UPSTREAM_REFUSED' }),
  refusal('contextTooLong.400', { code: 'CONTEXT_TOO_LONG' }),
  refusal('credit.400', { code: 'UPSTREAM_REFUSED', details: { reason: 'QUOTA_SPENT' } }),
  refusal('invalid.400', { code: 'INVALID_REQUEST' }),
  refusal('rateLimited.429', { code: 'UPSTREAM_RATE_LIMITED', headers: { 'retry-after': '34' }, retryAfterMs: 34_000 }),
  // Waiting does not lift a limit that the account's owner has set.
  refusal('spendLimit.429', { code: 'UPSTREAM_REFUSED', headers: { 'retry-after': '34' }, details: { reason: 'QUOTA_SPENT' } }),
  refusal('overloaded.529', { code: 'UPSTREAM_UNAVAILABLE' }),
  {
    name: 'an error in the middle of a stream',
    answer: { headers: { 'content-type': 'text/event-stream' }, body: fixture('overloaded.sse') },
    code: 'UPSTREAM_UNAVAILABLE',
    details: { provider, status: 200 },
  },
];
