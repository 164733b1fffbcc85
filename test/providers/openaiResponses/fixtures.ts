import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FormatAnswer, FormatRefusal } from '../../conformance/format.ts';

const folder = resolve(import.meta.dirname, '../fixtures/openai-responses');

function fixture(name: string): Buffer {
  return readFileSync(resolve(folder, name));
}

function stream(name: string, says: FormatAnswer['says']): FormatAnswer {
  return { name: `${name}.sse`, streamed: true, contentType: 'text/event-stream', body: fixture(`${name}.sse`), says };
}

const usage = {
  basis: 'MEASURED',
  inputTokens: 36,
  cachedInputTokens: 12,
  cacheWriteTokens: null,
  outputTokens: 87,
  reasoningTokens: 40,
} as const;
const toolCalls = [
  { id: 'call_a', name: 'weather', arguments: '{"city":"Zürich"}' },
  { id: 'call_b', name: 'time', arguments: '{}' },
];

export const answers: readonly FormatAnswer[] = [
  stream('text', {
    text: 'Grüezi 👋 Welt: once upon a time there was a gateway that never lied.',
    reason: 'STOP',
    providerModel: 'gpt-5-nano-2025-08-07',
    usage,
  }),
  stream('tools', { toolCalls, text: '', reason: 'TOOL_CALLS', usage }),
  stream('thinking', {
    reasoning: 'Hm.\n\nYes.',
    // What came last of the encrypted thought goes back.
    seals: ['openai-responses:{"id":"rs_1","encrypted_content":"gAAAAAlast"}'],
    text: 'Grüezi',
    reason: 'STOP',
  }),
  stream('refusal', { refusal: "I'm sorry, I can't help.", text: '', reason: 'REFUSAL' }),
  stream('incomplete', { text: 'Half', reason: 'LENGTH' }),
  stream('cited', {
    text: 'See there.',
    citations: [{ url: 'https://example.com/a', title: 'There', quote: null, start: 0, end: 3 }],
    reason: 'STOP',
  }),
  {
    name: 'text.json',
    streamed: false,
    contentType: 'application/json',
    body: fixture('text.json'),
    says: { reasoning: 'Two calls.', text: 'Let me see.', toolCalls, reason: 'TOOL_CALLS', usage },
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
  refusal('keyRefused.401', { code: 'UPSTREAM_REFUSED', details: { reason: 'KEY_REFUSED' } }),
  refusal('quotaSpent.429', { code: 'UPSTREAM_REFUSED', details: { reason: 'QUOTA_SPENT' } }),
  refusal('contextTooLong.400', { code: 'CONTEXT_TOO_LONG' }),
  refusal('invalid.400', { code: 'INVALID_REQUEST', details: { parameter: 'temperature' } }),
  {
    name: 'an error in the middle of a stream',
    answer: { headers: { 'content-type': 'text/event-stream' }, body: fixture('failed.sse') },
    code: 'UPSTREAM_UNAVAILABLE',
    details: { provider, status: 200 },
  },
];
