import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OnReroute } from '../../src/domain/completion.ts';
import { createFold, foldBatch } from '../../src/gateway/fold.ts';
import { createSplice } from '../../src/gateway/splice.ts';
import { finished, started, text } from '../support/fakeAdapter.ts';

/** What a reader has who had `told` and reads along while the pieces come; null once nothing can be joined. */
function read(told: string, pieces: readonly string[], onReroute: OnReroute) {
  const splice = createSplice(told, onReroute);
  const fold = createFold();
  let has: string | null = told;
  let events = 0;
  const take = ({ delta, keepTextLength, diverged }: ReturnType<typeof splice.take>) => {
    if (has === null) return;
    if (keepTextLength !== undefined) has = has.slice(0, keepTextLength);
    if (delta !== null) events++;
    has = diverged === true ? null : has + (delta?.text ?? '');
  };
  foldBatch(fold, [started]);
  for (const piece of pieces) {
    const delta = foldBatch(fold, [text(piece)]);
    if (delta !== null) take(splice.take(fold, delta));
  }
  foldBatch(fold, finished(1, 1));
  take(splice.end(fold));
  return { has, events, joined: splice.joined };
}

const letters = fc.array(fc.constantFrom('a', 'b', 'ab', '日', ''), { maxLength: 8 });

describe('an answer that is joined to the text of another', () => {
  it('is told only where it goes on past that text', () => {
    expect(read('once upon', ['once', ' upon a', ' time'], 'CONTINUE_ONLY')).toEqual({ has: 'once upon a time', events: 2, joined: true });
  });

  it('that says exactly the same is told nothing of', () => {
    expect(read('once', ['on', 'ce'], 'CONTINUE_ONLY')).toEqual({ has: 'once', events: 0, joined: true });
  });

  it.each([['once more'], ['on']])('and differs (%s) is of no use where the text must stand', (other) => {
    expect(read('once upon', [other], 'CONTINUE_ONLY').has).toBeNull();
  });

  it('replaces the text in the end, whatever it is, however it comes', async () => {
    await fc.assert(
      fc.property(letters, letters, (told, pieces) => {
        const whole = pieces.join('');
        expect(read(told.join(''), pieces, 'REPLACE').has).toBe(whole);
        const kept = read(told.join(''), pieces, 'CONTINUE_ONLY').has;
        expect(kept).toBe(whole.startsWith(told.join('')) ? whole : null);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('and replaces the text tells its thoughts and tool calls again, because they are forgotten with it', () => {
    const splice = createSplice('once', 'REPLACE');
    const fold = createFold();
    const thought = { type: 'reasoning', text: 'Hm.', signature: null } as const;
    const call = { type: 'toolCall', index: 0, id: 'c', name: 'look', arguments: '{' } as const;
    const first = foldBatch(fold, [started, thought, call, text('on')]);
    if (first === null) throw new Error('There is a delta.');
    expect(splice.take(fold, first).delta).toMatchObject({ text: '', reasoning: 'Hm.' });
    const second = foldBatch(fold, [text('ly')]);
    if (second === null) throw new Error('There is a delta.');
    expect(splice.take(fold, second)).toEqual({
      keepTextLength: 2,
      delta: { text: 'ly', reasoning: 'Hm.', refusal: null, toolCalls: [{ index: 0, id: 'c', name: 'look', arguments: '{' }] },
    });
  });
});
