import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../../src/domain/providerEvent.ts';
import { toProviderError } from '../../../src/providers/aiSdk/error.ts';
import type { AnswerContext, PartReader } from '../../../src/providers/aiSdk/events.ts';
import { createPartReader } from '../../../src/providers/aiSdk/events.ts';
import { foldAnswer } from '../../support/foldAnswer.ts';
import { settingsOf } from '../../support/providerCall.ts';

const peer = { id: settingsOf().id, name: 'Upstream' };
const tools = { peer, nowMs: 0 };

function readerOf(more: Partial<AnswerContext> = {}): PartReader {
  const toError = (thrown: unknown) => toProviderError(thrown, tools);
  return createPartReader({ peer, packageName: 'p', warnings: [], schemaMethod: null, requireParameters: false, toError, ...more });
}

const finish = { type: 'finish', finishReason: { unified: 'stop', raw: 'end_turn' }, usage: { inputTokens: {}, outputTokens: {} } };

function read(parts: readonly unknown[], more: Partial<AnswerContext> = {}) {
  const reader = readerOf(more);
  const heard: ProviderEvent[] = [];
  for (const part of parts) {
    reader.readPart(part);
    heard.push(...reader.take());
  }
  reader.end();
  return foldAnswer(heard);
}

describe('a stream of parts', () => {
  it('names its answer and says why it ended', () => {
    const reader = readerOf({ warnings: ['w'], schemaMethod: 'NATIVE' });
    for (const part of [{ type: 'stream-start', warnings: [] }, { type: 'response-metadata', id: 'r', modelId: 'm' }, finish])
      reader.readPart(part);
    expect(reader.take()).toEqual([
      { type: 'warning', message: 'w' },
      { type: 'started', providerRequestId: 'r', providerModel: 'm' },
      { type: 'schemaMethod', method: 'NATIVE' },
      { type: 'finished', reason: 'STOP', providerReason: 'end_turn' },
    ]);
  });

  it.each([
    [
      'version 4',
      { inputTokens: { total: 9, noCache: 4, cacheRead: 3, cacheWrite: 2 }, outputTokens: { total: 7, text: 2, reasoning: 5 } },
      2,
    ],
    ['version 2', { inputTokens: 9, outputTokens: 7, totalTokens: 16, reasoningTokens: 5, cachedInputTokens: 3 }, null],
  ])('reports its usage as %s does', (_version, usage, cacheWriteTokens) => {
    expect(read([{ ...finish, usage }]).usage).toEqual({
      inputTokens: 9,
      cachedInputTokens: 3,
      cacheWriteTokens,
      outputTokens: 7,
      reasoningTokens: 5,
      basis: 'MEASURED',
    });
    expect(read([finish]).usage).toBeNull();
  });

  it.each([
    ['length', 'LENGTH'],
    [{ unified: 'tool-calls', raw: undefined }, 'TOOL_CALLS'],
    [{ unified: 'content-filter', raw: 'refusal' }, 'REFUSAL'],
    [{ unified: 'content-filter', raw: 'SAFETY' }, 'CONTENT_FILTER'],
    [{ unified: 'other', raw: 'pause' }, 'OTHER'],
    ['other', 'OTHER'],
  ])('that ended by %o is whole', (finishReason, reason) => {
    expect(read([{ ...finish, finishReason }]).reason).toBe(reason);
  });

  it.each([
    [{ unified: 'other', raw: undefined }, 'UPSTREAM_MALFORMED'],
    [{ unified: 'interrupted', raw: undefined }, 'UPSTREAM_MALFORMED'],
    ['unknown', 'UPSTREAM_MALFORMED'],
    [undefined, 'UPSTREAM_MALFORMED'],
    ['error', 'UPSTREAM_UNAVAILABLE'],
    [{ unified: 'error', raw: 'overloaded' }, 'UPSTREAM_UNAVAILABLE'],
  ])('that ended by %o is not', (finishReason, code) => {
    expect(() => read([{ ...finish, finishReason }])).toThrow(expect.objectContaining({ code }));
  });

  it('without an end, or of things that are no parts, is malformed', () => {
    for (const parts of [
      [],
      [null],
      ['x'],
      [{}],
      [{ type: 'tool-input-delta', id: 'x', delta: '' }],
      [{ type: 'tool-call', input: '{}' }],
    ]) {
      expect(() => read(parts)).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
    }
    expect(read([{ type: 'toString' }, { type: 'ping' }, { type: 'raw', rawValue: 1 }, finish]).reason).toBe('STOP');
  });

  it('calls tools in pieces, whole, as text, or by itself', () => {
    const { toolCalls, seals } = read([
      { type: 'tool-input-start', id: 'a', toolName: 'one' },
      { type: 'tool-input-start', id: 'b', toolName: 'two', inputEncoding: 'text' },
      { type: 'tool-input-delta', id: 'a', delta: '{"x"' },
      { type: 'tool-input-delta', id: 'b', delta: 'SELECT' },
      { type: 'tool-input-start', id: 's', toolName: 'search', providerExecuted: true },
      { type: 'tool-input-delta', id: 's', delta: '{}' },
      { type: 'tool-input-delta', id: 'a', delta: ':1}' },
      { type: 'tool-call', toolCallId: 'b', toolName: 'two', input: '"SELECT"' },
      { type: 'tool-call', toolCallId: 'a', toolName: 'one', input: '{"x":1}', providerMetadata: { google: { thoughtSignature: 'sig' } } },
      { type: 'tool-call', toolCallId: 's', toolName: 'search', input: '{}', providerExecuted: true },
      { type: 'tool-result', toolCallId: 's', toolName: 'search', result: {} },
      { type: 'tool-call', toolCallId: 'c', toolName: 'three', input: '' },
      finish,
    ]);
    expect(toolCalls).toEqual([
      { id: 'a', name: 'one', arguments: '{"x":1}' },
      { id: 'b', name: 'two', arguments: '"SELECT"' },
      { id: 'c', name: 'three', arguments: '{}' },
    ]);
    expect(seals).toEqual(['ai-sdk:p:{"of":"call","id":"a","options":{"google":{"thoughtSignature":"sig"}}}']);
  });

  it('rests on sources, which a text may place', () => {
    const source = { type: 'source', sourceType: 'url', url: 'https://a.example', title: 'A' };
    const { citations } = read([
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'One. ' },
      { type: 'text-end', id: '0' },
      { ...source, id: 's1' },
      { type: 'source', sourceType: 'document', id: 's2', mediaType: 'application/pdf', title: 'B' },
      { type: 'text-start', id: '1' },
      { type: 'text-delta', id: '1', delta: 'Two.' },
      { type: 'text-end', id: '1', citations: [{ source: { ...source, id: 's1' }, startIndex: 0, endIndex: 3, citedText: 'II' }] },
      finish,
    ]);
    expect(citations).toEqual([
      { url: 'https://a.example', title: 'A', quote: 'II', start: 5, end: 8 },
      { url: null, title: 'B', quote: null, start: null, end: null },
    ]);
  });

  it('makes pictures and sounds, and tells of files that are neither', () => {
    const { media, warnings } = read([
      { type: 'file', mediaType: 'image/png', data: 'AA==' },
      { type: 'file', mediaType: 'audio/wav', data: Uint8Array.of(0) },
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: Uint8Array.of(255) } },
      { type: 'file', mediaType: 'image/png', data: { type: 'url', url: new URL('https://a.example') } },
      { type: 'file', mediaType: 'video/mp4', data: 'AA==' },
      finish,
    ]);
    expect(media.map(({ data }) => data)).toEqual(['AA==', 'AA==', '/w==']);
    expect(warnings).toHaveLength(2);
  });

  it('tells what the package left out, and is refused where all is required', () => {
    const warnings = [
      { type: 'unsupported', feature: 'topK', details: 'Use topP.' },
      { type: 'unsupported-setting', setting: 'seed' },
      { type: 'other', message: 'Odd.' },
    ];
    const start = { type: 'stream-start', warnings };
    expect(read([start, finish]).warnings).toEqual([
      'topK was left out: Upstream does not have it. Use topP.',
      'seed was left out: Upstream does not have it.',
      'Odd.',
    ]);
    expect(() => read([start], { requireParameters: true })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER', details: { provider: 'upstream', parameter: 'topK' } }),
    );
  });
});

class SdkError extends Error {
  constructor(name: string, fields: object = {}) {
    super('a prompt and sk-123');
    this.name = name;
    Object.assign(this, fields);
  }
}

describe('what a package throws', () => {
  const call = (fields: object) => new SdkError('AI_APICallError', { isRetryable: true, requestBodyValues: 'a prompt', ...fields });

  it.each([
    ['a limit', call({ statusCode: 429, responseHeaders: { 'retry-after': '3' } }), { code: 'UPSTREAM_RATE_LIMITED', retryAfterMs: 3000 }],
    [
      'a spent account',
      call({ statusCode: 429, responseBody: '{"error":{"code":"insufficient_quota"}}' }),
      { code: 'UPSTREAM_REFUSED', details: { reason: 'QUOTA_SPENT' } },
    ],
    ['no answer', call({ cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }), { code: 'UPSTREAM_UNAVAILABLE' }],
    ['an answer that it cannot read', call({ statusCode: 200, responseBody: '<html>' }), { code: 'UPSTREAM_MALFORMED' }],
    ['a failure on the other side', call({ statusCode: 503 }), { code: 'UPSTREAM_UNAVAILABLE' }],
    ['its fetch, which was not ours', new TypeError('fetch failed', { cause: new Error('x') }), { code: 'UPSTREAM_UNAVAILABLE' }],
    ['a wrong form', new SdkError('AI_TypeValidationError'), { code: 'UPSTREAM_MALFORMED' }],
    ['a part that it does not take', new SdkError('AI_UnsupportedFunctionalityError'), { code: 'UNSUPPORTED_PARAMETER' }],
    ['a missing key', new SdkError('AI_LoadAPIKeyError'), { code: 'UPSTREAM_REFUSED' }],
    ['an object of its provider', { message: 'a prompt', type: 'overloaded_error' }, { code: 'UPSTREAM_UNAVAILABLE' }],
    ['a fault of its own', new RangeError('sk-123'), { code: 'UPSTREAM_MALFORMED' }],
    ['nonsense', undefined, { code: 'UPSTREAM_MALFORMED' }],
  ])('is told by names and numbers alone: %s', (_what, thrown, expected) => {
    const error = toProviderError(thrown, tools);
    expect(error).toMatchObject(expected);
    expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toMatch(/sk-123|a prompt/);
  });

  it('is ours where it was', () => {
    const error = toProviderError(new Error('x'), tools);
    expect(toProviderError(call({ statusCode: 200, cause: error }), tools)).toBe(error);
  });
});
