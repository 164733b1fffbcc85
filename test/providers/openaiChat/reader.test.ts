import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/domain/errors.ts';
import { toId } from '../../../src/domain/id.ts';
import type { ProviderEvent } from '../../../src/domain/providerEvent.ts';
import { quirksOf } from '../../../src/providers/openaiChat/quirks.ts';
import { createStreamReader, createWholeReader } from '../../../src/providers/openaiChat/reader.ts';
import { foldAnswer } from '../../support/foldAnswer.ts';
import { cut } from '../../support/httpBytes.ts';
import { answers } from './fixtures.ts';

const context = {
  callId: toId<never>('call'),
  peer: { id: toId<never>('upstream'), name: 'Upstream' },
  quirks: quirksOf({ id: toId('upstream'), kin: null }),
  warnings: [],
  choices: 1,
  schemaMethod: null,
  toError: () => new GatewayError('UPSTREAM_UNAVAILABLE', 'An error came.'),
};

function readPieces(pieces: readonly Uint8Array[], kin: string | null = null): readonly ProviderEvent[] {
  const reader = createStreamReader({ ...context, quirks: quirksOf({ id: toId('upstream'), kin }) });
  const events = pieces.flatMap((piece) => {
    reader.read(Buffer.from(piece));
    return reader.take();
  });
  reader.end();
  return [...events, ...reader.take()];
}

/** What a stream of these chunks says. */
function say(chunks: readonly object[], end = 'data: [DONE]\n\n', kin: string | null = null) {
  const text = chunks.map((chunk) => `data: ${JSON.stringify({ id: 'x', model: 'm', ...chunk })}\n\n`).join('');
  return foldAnswer(readPieces([Buffer.from(text + end)], kin));
}

const delta = (said: object, finish: string | null = null) => ({ choices: [{ index: 0, delta: said, finish_reason: finish }] });
const tool = (entry: object) => delta({ tool_calls: [entry] });
const stop = delta({}, 'stop');

describe('a stream', () => {
  it.each(answers.filter(({ streamed }) => streamed))('of $name says the same in any split of its bytes', ({ body }) => {
    const whole = foldAnswer(readPieces([body]));
    fc.assert(
      fc.property(fc.array(fc.nat(body.length), { maxLength: 30 }), (places) => {
        expect(foldAnswer(readPieces(cut(body, places)))).toEqual(whole);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('says every text as it was written, whichever chunks are recognised without parsing', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', '\\', '\n', '"content":"', '\u2028', '', '}}]}'));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), fc.nat(3), (texts, changes) => {
        const chunks = texts.map((content, index) => ({ created: index % (changes + 1), ...delta({ content }) }));
        expect(say([...chunks, stop]).text).toBe(texts.join(''));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('says that fewer answers came than were asked for', () => {
    const reader = createStreamReader({ ...context, choices: 3 });
    const other = { choices: [{ index: 2, delta: { content: 'b' }, finish_reason: 'stop' }] };
    for (const chunk of [delta({ content: 'a' }), other, stop])
      reader.read(Buffer.from(`data: ${JSON.stringify({ id: 'x', ...chunk })}\n\n`));
    reader.end();
    const { warnings, text, alternatives } = foldAnswer(reader.take());
    expect([text, warnings, alternatives[1]?.text]).toEqual(['a', ['Upstream gave 2 of 3 answers that were asked for.'], 'b']);
  });

  it('ends without [DONE] once a finish reason was seen', () => {
    expect(say([delta({ content: 'a' }), stop], '')).toMatchObject({ text: 'a', reason: 'STOP' });
  });

  it.each(['', 'data: [DONE]\n\n'])('without a finish reason was interrupted (end: %j)', (end) => {
    expect(() => say([delta({ content: 'a' })], end)).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
  });

  it('reads nothing after [DONE]', () => {
    expect(say([delta({ content: 'a' }), stop], 'data: [DONE]\n\ndata: nonsense\n\n').text).toBe('a');
  });

  it('passes over other choices, no choices and choices that are null', () => {
    const other = { choices: [{ index: 1, delta: { content: 'no' }, finish_reason: 'length' }] };
    expect(say([{ choices: [] }, { choices: null }, other, delta({ content: 'yes' }), stop])).toMatchObject({
      text: 'yes',
      reason: 'STOP',
    });
  });

  it('has no error where the field is null', () => {
    expect(say([{ error: null, ...delta({ content: 'a' }) }, stop]).text).toBe('a');
  });

  it.each(['error', 'insufficient_system_resource'])('that stops with %s has failed', (reason) => {
    expect(() => say([delta({ content: 'a' }, reason)])).toThrow(expect.objectContaining({ code: 'UPSTREAM_UNAVAILABLE' }));
  });

  it('keeps the last usage of several, field by field', () => {
    const usage = (fields: object) => ({ choices: [], usage: fields });
    const said = say([usage({ prompt_tokens: 5, completion_tokens: 1 }), stop, usage({ completion_tokens: 9, cached_tokens: 2 })]);
    expect(said.usage).toMatchObject({ inputTokens: 5, outputTokens: 9, cachedInputTokens: 2, reasoningTokens: null });
  });

  it('counts reasoning once where the total shows that it is inside', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 30, total_tokens: 40, completion_tokens_details: { reasoning_tokens: 20 } };
    expect(say([stop, { choices: [], usage }], undefined, 'xai').usage?.outputTokens).toBe(30);
    expect(say([stop, { choices: [], usage: { ...usage, total_tokens: 60 } }], undefined, 'xai').usage?.outputTokens).toBe(50);
  });

  it('names its request in the first chunk that has a name', () => {
    expect(say([{ id: '', model: '', choices: [] }, delta({ content: 'a' }), stop]).providerModel).toBe('m');
  });
});

describe('tool calls', () => {
  const named = (index: number, [id, name]: readonly [string, string], args = '') =>
    tool({ index, id, function: { name, arguments: args } });

  it('are counted from 0 where the provider leaves gaps, and may be interleaved', () => {
    const more = (index: number, args: string) => tool({ index, function: { arguments: args } });
    expect(say([named(1, ['a', 'f']), named(4, ['b', 'g']), more(1, '{"x"'), more(4, '{}'), more(1, ':1}'), stop])).toMatchObject({
      toolCalls: [
        { id: 'a', name: 'f', arguments: '{"x":1}' },
        { id: 'b', name: 'g', arguments: '{}' },
      ],
      reason: 'TOOL_CALLS',
    });
  });

  it('are two where one index has two ids and names', () => {
    expect(say([named(0, ['a', 'f'], '{}'), named(0, ['b', 'g'], '{}'), stop]).toolCalls).toHaveLength(2);
  });

  it('are one where an id changes without a name', () => {
    const chunks = [named(0, ['a', 'f']), tool({ index: 0, id: 'z', function: { name: '', arguments: '{"x":1}' } }), stop];
    expect(say(chunks).toolCalls).toEqual([{ id: 'a', name: 'f', arguments: '{"x":1}' }]);
  });

  it('are told apart by their ids where there is no index', () => {
    const call = (id: string) => ({ id, function: { name: 'f', arguments: '{}' } });
    expect(say([delta({ tool_calls: [call('a'), call('b')] }), stop]).toolCalls.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('without arguments have empty ones', () => {
    expect(say([named(0, ['a', 'f']), stop]).toolCalls[0]?.arguments).toBe('{}');
  });

  it('without an id get one', () => {
    expect(say([tool({ index: 0, function: { name: 'f', arguments: { x: 1 } } }), stop]).toolCalls).toEqual([
      { id: 'call_call_0', name: 'f', arguments: '{"x":1}' },
    ]);
  });

  it('wait for a name that comes late, and fail without one', () => {
    const late = [
      tool({ index: 0, id: 'a', function: { arguments: '{"x"' } }),
      tool({ index: 0, function: { name: 'f', arguments: ':1}' } }),
    ];
    expect(say([...late, stop]).toolCalls).toEqual([{ id: 'a', name: 'f', arguments: '{"x":1}' }]);
    expect(() => say([late[0] ?? {}, stop])).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
  });
});

describe('a whole body', () => {
  const read = (body: string) => {
    const reader = createWholeReader(context);
    reader.read(Buffer.from(body));
    reader.end();
    return foldAnswer(reader.take());
  };

  it.each(['', 'null', '[]', '{}', '{"choices":[]}', '{"choices":[{"message":{"content":"a"}}]}', '<html>'])(
    'of %j is malformed',
    (body) => {
      expect(() => read(body)).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
    },
  );

  it('that is an error is thrown as one', () => {
    expect(() => read('{"error":{"message":"no"}}')).toThrow('An error came.');
  });
});
