import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompletionEvent } from '../../../web/src/stream/event.ts';
import { readCompletionEvent } from '../../../web/src/stream/event.ts';
import { figuresOf } from '../../../web/src/stream/figures.ts';
import type { StreamState } from '../../../web/src/stream/state.ts';
import { advance, beginStream, close } from '../../../web/src/stream/state.ts';

const place = { completionId: 'c', sequence: null };

function delta(offset: number | null, text: string, sequence: number | null = null): CompletionEvent {
  return { ...place, kind: 'delta', offset, text, sequence };
}

function finished(text: string | null): CompletionEvent {
  return { ...place, kind: 'finished', completion: { text, finishReason: 'STOP', outputTokens: 10, cost: '0.001' } };
}

/** The state after `events`, one every 100 ms. */
function streamAfter(...events: readonly CompletionEvent[]): StreamState {
  return events.reduce((stream, event, index) => advance(stream, event, (index + 1) * 100), beginStream('c', 0));
}

describe('the text of a stream', () => {
  test('is the same however it was cut into deltas', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (pieces) => {
        const events = pieces.map((piece, index) => delta(pieces.slice(0, index).join('').length, piece));
        expect(streamAfter(...events).text).toBe(pieces.join(''));
      }),
    );
  });

  test('does not double what a repeated delta brings again', () => {
    expect(streamAfter(delta(0, 'one '), delta(4, 'two'), delta(4, 'two')).text).toBe('one two');
  });

  test('is appended to where the operation selects no offset', () => {
    expect(streamAfter(delta(null, 'one '), delta(null, 'two')).text).toBe('one two');
  });

  test('is cut back by a reroute and goes on from there', () => {
    const stream = streamAfter(delta(0, 'one wrong'), { ...place, kind: 'rerouted', keepTextLength: 4 }, delta(4, 'two'));
    expect(stream).toMatchObject({ text: 'one two', reroutes: 1 });
  });

  test('of a resumed stream begins in the middle', () => {
    expect(streamAfter(delta(4, 'two'), delta(7, ' three'))).toMatchObject({ text: 'two three', textOffset: 4 });
  });

  test('is in the end what the finished completion says', () => {
    expect(streamAfter(delta(4, 'two'), finished('one two'))).toMatchObject({ text: 'one two', textOffset: 0 });
  });

  test('stays as it arrived where the finished completion brings none', () => {
    expect(streamAfter(delta(0, 'one'), finished(null)).text).toBe('one');
  });
});

describe('the end of a stream', () => {
  test('stands once it has arrived, whatever closes after it', () => {
    expect(close(streamAfter(delta(0, 'one'), finished('one')), 'cut').phase.kind).toBe('finished');
  });

  test('without its last event is a cut', () => {
    expect(close(streamAfter(delta(0, 'one')), 'cut').phase.kind).toBe('cut');
  });

  test('by a failure keeps the code and the text', () => {
    const error = { code: 'UPSTREAM_TIMEOUT', message: 'Too slow.' };
    const event = readCompletionEvent({ completionId: 'c', error, completion: { cost: { total: '0.001' } } });
    const stream = streamAfter(delta(0, 'one'), ...(event === null ? [] : [event]));
    expect(stream).toMatchObject({ text: 'one', phase: { kind: 'failed', ...error } });
    expect(figuresOf(stream)).toContainEqual({ name: 'Cost', value: '$0.001' });
  });
});

test('a left-out sequence number is noticed', () => {
  expect(streamAfter(delta(0, 'one', 2), delta(3, 'two', 3)).gap).toBe(false);
  expect(streamAfter(delta(0, 'one', 2), delta(3, 'two', 4)).gap).toBe(true);
});

test('figures tell what is known and leave out what is not', () => {
  expect(figuresOf(beginStream('c', 0))).toEqual([{ name: 'Characters', value: '0' }]);
  expect(figuresOf(streamAfter(delta(0, 'one '), delta(4, 'two'), finished('one two')))).toEqual([
    { name: 'First text', value: '100 ms' },
    { name: 'Characters', value: '7' },
    { name: 'Tokens', value: '10' },
    { name: 'Speed', value: '50 tokens/s' },
    { name: 'Cost', value: '$0.001' },
    { name: 'Finish reason', value: 'STOP' },
  ]);
});

test('events are known by their fields where the operation leaves __typename out', () => {
  expect(readCompletionEvent({ completionId: 'c', text: 'one', offset: 0 })?.kind).toBe('delta');
  expect(readCompletionEvent({ completionId: 'c', error: { code: 'INTERNAL' } })?.kind).toBe('failed');
  expect(readCompletionEvent({ completionId: 'c', completion: {} })?.kind).toBe('finished');
  expect(readCompletionEvent({ __typename: 'CompletionPaused' })).toBeNull();
  expect(readCompletionEvent(null)).toBeNull();
});
