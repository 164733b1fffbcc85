import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CompletionDelta, CompletionEvent } from '../../src/domain/completion.ts';
import { keepEvents } from '../../src/gateway/keptEvents.ts';
import { completion, eventsOf } from '../support/things.ts';

const piece = fc.record({
  text: fc.constantFrom('', 'a', 'once ', '日本', 'aa'),
  reasoning: fc.constantFrom(null, null, null, 'hm'),
  calls: fc.constantFrom(0, 0, 0, 1),
});

/** A stream of these pieces. */
function streamOf(pieces: readonly { readonly text: string; readonly reasoning: string | null; readonly calls: number }[]) {
  const plain = eventsOf(...pieces.map(({ text }) => text));
  return plain.map((event, index): CompletionEvent => {
    const given = pieces[index - 1];
    if (event.__typename !== 'CompletionDelta' || given === undefined) return event;
    const toolCalls: CompletionDelta['toolCalls'] = given.calls === 0 ? [] : [{ index: 0, id: 'a', name: 'tool', arguments: '{}' }];
    return { ...event, reasoning: given.reasoning, toolCalls };
  });
}

it('the events of an ended call come back as they were, whole and in any part', async () => {
  await fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(14), fc.nat(14), (pieces, from, count) => {
      const events = streamOf(pieces);
      const kept = keepEvents(events);
      expect(kept.length).toBe(events.length);
      expect(kept.slice(from, Math.min(events.length, from + count))).toEqual(events.slice(from, from + count));
      expect(events.every(({ completionId }) => completionId === completion.id)).toBe(true);
    }),
    { seed: 12, numRuns: 300 },
  );
});
