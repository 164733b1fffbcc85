import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import type { FormatAnswer, FormatRefusal } from '../../conformance/format.ts';

const folder = resolve(import.meta.dirname, '../fixtures/openai-chat');

export function fixture(name: string): Buffer {
  return readFileSync(resolve(folder, name));
}

export function jsonFixture(name: string): unknown {
  return JSON.parse(fixture(name).toString('utf8'));
}

const measured = { basis: 'MEASURED', cacheWriteTokens: null } as const;
const documented = { ...measured, inputTokens: 82, cachedInputTokens: 64, outputTokens: 38, reasoningTokens: 20 };
const story = { text: ', there was a little girl named Lily. She', reason: 'LENGTH', providerModel: 'stories260k' } as const;
const braces = `{ "city" : "${'{'.repeat(12)}" }`;
// Its ids are drawn anew at each recording: their shape is enough.
const toolCalls = Array.from({ length: 3 }, () => ({ id: expect.stringMatching(/^\w{32}$/), name: 'weather', arguments: braces }));

function stream(name: string, says: FormatAnswer['says']): FormatAnswer {
  return { name: `${name}.sse`, streamed: true, contentType: 'text/event-stream', body: fixture(`${name}.sse`), says };
}

function whole(name: string, says: FormatAnswer['says']): FormatAnswer {
  return { name: `${name}.json`, streamed: false, contentType: 'application/json; charset=utf-8', body: fixture(`${name}.json`), says };
}

export const answers: readonly FormatAnswer[] = [
  stream('text', {
    ...story,
    usage: { ...measured, inputTokens: 5, cachedInputTokens: expect.any(Number), outputTokens: 12, reasoningTokens: null },
  }),
  whole('text', story),
  stream('logprobs', { tokens: [',', ' there', ' was'], reason: 'LENGTH' }),
  stream('tools', { toolCalls, text: '', reason: 'LENGTH' }),
  whole('tools', { toolCalls, text: '', reason: 'LENGTH' }),
  stream('parallelTools', {
    toolCalls: [
      { id: 'call_a', name: 'weather', arguments: '{"city":"Zürich"}' },
      { id: 'call_b', name: 'time', arguments: '{}' },
    ],
    reason: 'TOOL_CALLS',
    usage: documented,
  }),
  stream('refusal', { text: '', refusal: "I'm sorry, I can't help.", reason: 'REFUSAL', usage: documented }),
  stream('azure', { text: 'Half', reason: 'CONTENT_FILTER', usage: null }),
  stream('mistralContent', { reasoning: 'Hm. Yes.', text: 'Grüezi 👋 Welt', reason: 'STOP' }),
];

const json = { 'content-type': 'application/json' };

function refusal(
  name: string,
  rest: Omit<FormatRefusal, 'name' | 'answer'> & { readonly headers?: Readonly<Record<string, string>> },
): FormatRefusal {
  const { headers, ...expected } = rest;
  const status = Number(name.split('.')[1]);
  return { name, answer: { status, headers: { ...json, ...headers }, body: fixture(`${name}.json`) }, ...expected };
}

const provider = 'upstream';

export const refusals: readonly FormatRefusal[] = [
  refusal('keyRefused.401', { code: 'UPSTREAM_REFUSED', details: { provider, status: 401 } }),
  refusal('contextExceeded.400', { code: 'CONTEXT_TOO_LONG', details: { provider, status: 400 } }),
  refusal('invalid.400', { code: 'INVALID_REQUEST', details: { provider, status: 400 } }),
  refusal('contentFilter.400', { code: 'CONTENT_FILTERED', details: { provider, status: 400, parameter: 'prompt' } }),
  refusal('quotaSpent.429', { code: 'UPSTREAM_REFUSED', details: { provider, status: 429, reason: 'QUOTA_SPENT' } }),
  refusal('rateLimited.429', { code: 'UPSTREAM_RATE_LIMITED', retryAfterMs: 1500, details: { provider, status: 429 } }),
  refusal('rateLimited.429', {
    code: 'UPSTREAM_RATE_LIMITED',
    headers: { 'retry-after': '2' },
    retryAfterMs: 2000,
    details: { provider, status: 429 },
  }),
  {
    name: 'a fault without a body',
    answer: { status: 503, body: '' },
    code: 'UPSTREAM_UNAVAILABLE',
    details: { provider, status: 503 },
  },
  {
    name: 'a web page that says 502',
    answer: { status: 502, headers: { 'content-type': 'text/html' }, body: `<html>${'x'.repeat(200_000)}</html>` },
    code: 'UPSTREAM_UNAVAILABLE',
    details: { provider, status: 502 },
  },
  {
    name: 'an error under status 200',
    answer: { headers: json, body: '{"error":{"code":429,"message":"Slow down"}}' },
    code: 'UPSTREAM_RATE_LIMITED',
    details: { provider, status: 429 },
  },
  {
    name: 'an error in the middle of a stream',
    answer: { headers: { 'content-type': 'text/event-stream' }, body: fixture('openrouter.sse') },
    code: 'UPSTREAM_UNAVAILABLE',
    details: { provider, status: 502 },
  },
];
