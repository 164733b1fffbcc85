import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FormatAnswer, FormatRefusal } from '../../conformance/format.ts';

const folder = resolve(import.meta.dirname, '../fixtures/gemini');

function fixture(name: string): Buffer {
  return readFileSync(resolve(folder, name));
}

export function jsonFixture(name: string): unknown {
  return JSON.parse(fixture(name).toString('utf8'));
}

function stream(name: string, says: FormatAnswer['says']): FormatAnswer {
  return { name: `${name}.sse`, streamed: true, contentType: 'text/event-stream', body: fixture(`${name}.sse`), says };
}

const measured = { basis: 'MEASURED', inputTokens: 12, cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null } as const;
const madeId = 'call_0198a000-0000-7000-8000-000000000001_0';
const noMedia = { inputAudioTokens: null, outputAudioTokens: null, inputImageTokens: null, outputImageTokens: null };

export const answers: readonly FormatAnswer[] = [
  stream('text', {
    text: 'Grüezi 👋 Welt: once upon a time there was a gateway that never lied.',
    reason: 'STOP',
    providerModel: 'gemini-2.5-flash',
    usage: { ...measured, cachedInputTokens: 8, outputTokens: 17 },
  }),
  stream('tools', {
    text: '',
    toolCalls: [
      // It came without an id.
      { id: madeId, name: 'weather', arguments: '{"city":"Zürich"}' },
      { id: 'fc_b', name: 'time', arguments: '{}' },
    ],
    seals: [`gemini:call:${madeId}:c2lnbmVk`],
    reason: 'TOOL_CALLS',
    // Output is with thoughts.
    usage: { ...measured, outputTokens: 50, reasoningTokens: 30 },
  }),
  stream('thinking', { reasoning: 'Hm. Yes.', text: 'Grüezi', seals: ['gemini:text:dGV4dA=='], reason: 'STOP' }),
  { ...stream('two', { text: 'Heads', alternatives: [{ text: 'Tails', reason: 'LENGTH' }], reason: 'STOP' }), choices: 2 },
  stream('filtered', { text: 'Half', reason: 'CONTENT_FILTER' }),
  stream('picture', {
    text: 'Here.',
    media: [{ type: 'image', mediaType: 'image/png', data: 'iVBORw0KGgo=' }],
    usage: { ...measured, outputTokens: 1292, media: { ...noMedia, outputImageTokens: 1290 } },
    reason: 'STOP',
  }),
  stream('grounded', {
    text: 'Spain won.',
    citations: [{ url: 'https://example.com/final', title: 'example.com', quote: null, start: null, end: null }],
    reason: 'STOP',
  }),
  {
    name: 'whole.json',
    streamed: false,
    contentType: 'application/json; charset=UTF-8',
    body: fixture('whole.json'),
    says: { text: 'Let me see.', toolCalls: [{ id: madeId, name: 'weather', arguments: '{"city":"Zürich"}' }], reason: 'TOOL_CALLS' },
  },
];

const json = { 'content-type': 'application/json; charset=UTF-8' };
const provider = 'upstream';

function refusal(name: string, { details, ...expected }: Omit<FormatRefusal, 'name' | 'answer'>): FormatRefusal {
  const status = Number(name.split('.')[1]);
  const answer = { status, headers: json, body: fixture(`${name}.json`) };
  return { name, answer, ...expected, details: { provider, status, ...details } };
}

export const refusals: readonly FormatRefusal[] = [
  refusal('keyRefused.400', { code: 'UPSTREAM_REFUSED', details: { reason: 'KEY_REFUSED' } }),
  refusal('contextTooLong.400', { code: 'CONTEXT_TOO_LONG' }),
  refusal('notFound.404', { code: 'UPSTREAM_REFUSED' }),
  // The delay stands in the body alone.
  refusal('rateLimited.429', { code: 'UPSTREAM_RATE_LIMITED', retryAfterMs: 34_000 }),
  refusal('noPlan.429', { code: 'UPSTREAM_REFUSED', details: { reason: 'QUOTA_SPENT' } }),
  refusal('overloaded.503', { code: 'UPSTREAM_UNAVAILABLE' }),
  {
    name: 'a prompt that was blocked',
    answer: { headers: json, body: fixture('blocked.json') },
    code: 'CONTENT_FILTERED',
    details: { provider, status: 200 },
  },
];
