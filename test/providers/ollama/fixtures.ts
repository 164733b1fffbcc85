import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FormatAnswer, FormatRefusal } from '../../conformance/format.ts';

const folder = resolve(import.meta.dirname, '../fixtures/ollama');

function fixture(name: string): Buffer {
  return readFileSync(resolve(folder, name));
}

export function jsonFixture(name: string): unknown {
  return JSON.parse(fixture(name).toString('utf8'));
}

function stream(name: string, says: FormatAnswer['says']): FormatAnswer {
  return { name: `${name}.ndjson`, streamed: true, contentType: 'application/x-ndjson', body: fixture(`${name}.ndjson`), says };
}

const usage = {
  basis: 'MEASURED',
  inputTokens: 26,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: 17,
  reasoningTokens: null,
} as const;

export const answers: readonly FormatAnswer[] = [
  stream('text', {
    text: 'Grüezi 👋 Welt: once upon a time there was a gateway that never lied.',
    reason: 'STOP',
    providerModel: 'gpt-oss:20b',
    usage,
  }),
  stream('tools', {
    text: '',
    toolCalls: [
      { id: 'call_0198a000-0000-7000-8000-000000000001_0', name: 'weather', arguments: '{"city":"Zürich"}' },
      { id: 'call_b', name: 'time', arguments: '{}' },
    ],
    reason: 'TOOL_CALLS',
    usage,
  }),
  stream('thinking', { reasoning: 'Hm. Yes.', text: 'Grüezi', reason: 'LENGTH' }),
  stream('logprobs', { text: 'Hi', tokens: ['Hi'], reason: 'STOP' }),
  {
    name: 'whole.json',
    streamed: false,
    contentType: 'application/json; charset=utf-8',
    body: fixture('whole.json'),
    says: { text: 'Grüezi', reason: 'STOP', usage },
  },
];

const json = { 'content-type': 'application/json' };
const provider = 'upstream';

function refusal(name: string, code: FormatRefusal['code']): FormatRefusal {
  const status = Number(name.split('.')[1]);
  return { name, answer: { status, headers: json, body: fixture(`${name}.json`) }, code, details: { provider, status } };
}

export const refusals: readonly FormatRefusal[] = [
  refusal('notFound.404', 'UPSTREAM_REFUSED'),
  refusal('noTools.400', 'INVALID_REQUEST'),
  refusal('contextTooLong.400', 'CONTEXT_TOO_LONG'),
  refusal('busy.503', 'UPSTREAM_UNAVAILABLE'),
  {
    name: 'an error in the middle of a stream',
    answer: { headers: { 'content-type': 'application/x-ndjson' }, body: fixture('failed.ndjson') },
    code: 'UPSTREAM_UNAVAILABLE',
    details: { provider, status: 200 },
  },
];
