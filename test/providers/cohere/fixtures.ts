import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FormatAnswer, FormatRefusal } from '../../conformance/format.ts';

const folder = resolve(import.meta.dirname, '../fixtures/cohere');

function fixture(name: string): Buffer {
  return readFileSync(resolve(folder, name));
}

export function jsonFixture(name: string): unknown {
  return JSON.parse(fixture(name).toString('utf8'));
}

function stream(name: string, says: FormatAnswer['says']): FormatAnswer {
  return { name: `${name}.sse`, streamed: true, contentType: 'text/event-stream', body: fixture(`${name}.sse`), says };
}

// Billed units: the provider's own templates cost nothing.
const usage = {
  basis: 'MEASURED',
  inputTokens: 12,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: 17,
  reasoningTokens: null,
} as const;
const plan = { reasoning: 'I will look.', seals: ['cohere:plan'] };

export const answers: readonly FormatAnswer[] = [
  stream('text', { text: 'Grüezi 👋 Welt: once upon a time there was a gateway that never lied.', reason: 'STOP', usage }),
  stream('tools', {
    ...plan,
    text: '',
    toolCalls: [
      { id: 'weather_a', name: 'weather', arguments: '{"city": "Zürich"}' },
      { id: 'time_b', name: 'time', arguments: '{}' },
    ],
    reason: 'TOOL_CALLS',
    usage,
  }),
  stream('thinking', { reasoning: 'Hm. Yes.', text: 'Grüezi', seals: [], reason: 'LENGTH' }),
  stream('cited', {
    text: 'Spain won.',
    citations: [{ url: 'https://example.com/final', title: 'Final', quote: 'Spain beat England.', start: 0, end: 5 }],
    reason: 'STOP',
  }),
  {
    name: 'whole.json',
    streamed: false,
    contentType: 'application/json',
    body: fixture('whole.json'),
    says: {
      ...plan,
      text: '',
      toolCalls: [{ id: 'weather_a', name: 'weather', arguments: '{"city":"Zürich"}' }],
      reason: 'TOOL_CALLS',
      usage: { ...usage, outputTokens: 7 },
    },
  },
];

const json = { 'content-type': 'application/json' };
const provider = 'upstream';

function refusal(name: string, { details, ...expected }: Omit<FormatRefusal, 'name' | 'answer'>): FormatRefusal {
  const status = Number(name.split('.')[1]);
  const answer = { status, headers: json, body: fixture(`${name}.json`) };
  return { name, answer, ...expected, details: { provider, status, ...details } };
}

export const refusals: readonly FormatRefusal[] = [
  refusal('keyRefused.401', { code: 'UPSTREAM_REFUSED', details: { reason: 'KEY_REFUSED', providerRequestId: 'r-1' } }),
  refusal('contextTooLong.400', { code: 'CONTEXT_TOO_LONG' }),
  refusal('rateLimited.429', { code: 'UPSTREAM_RATE_LIMITED' }),
  refusal('trialSpent.429', { code: 'UPSTREAM_REFUSED', details: { reason: 'QUOTA_SPENT' } }),
  {
    name: 'a failure in the middle of a stream',
    answer: { headers: { 'content-type': 'text/event-stream' }, body: fixture('failed.sse') },
    code: 'UPSTREAM_UNAVAILABLE',
    details: { provider },
  },
];
