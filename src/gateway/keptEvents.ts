import type { CompletionDelta, CompletionEvent } from '../domain/completion.ts';

/** An event as an ended call keeps it. A delta of nothing but text is kept as the place where its text begins in the whole: the whole is kept anyway. */
type KeptEvent = CompletionEvent | number;

/** The events of an ended call, at a fraction of their size; each comes back as it was. */
export interface KeptEvents {
  readonly length: number;
  /** About what they take, in bytes, beside the whole text. */
  readonly bytes: number;
  slice(from: number, to: number): readonly CompletionEvent[];
}

const placeBytes = 8;
const eventBytes = 160;

/** `events` are all of them, from sequence 1. */
export function keepEvents(events: readonly CompletionEvent[]): KeptEvents {
  const last = events.at(-1);
  const whole = last !== undefined && 'completion' in last ? (last.completion.text ?? '') : '';
  const kept = toKept(events, whole);
  const completionId = last?.completionId;
  const restore = (event: KeptEvent, position: number): CompletionEvent =>
    typeof event === 'number' && completionId !== undefined
      ? textDelta({ completionId, sequence: position + 1 }, event, whole.slice(event, endOf(kept, position, whole)))
      : (event as CompletionEvent);
  return {
    length: kept.length,
    bytes: kept.reduce<number>((sum, event) => sum + (typeof event === 'number' ? placeBytes : eventBytes), 0),
    slice: (from, to) => kept.slice(from, to).map((event, index) => restore(event, from + index)),
  };
}

/** From behind, because where a text ends is where the next one begins. */
function toKept(events: readonly CompletionEvent[], whole: string): readonly KeptEvent[] {
  let end = whole.length;
  const reversed = events.toReversed().map((event) => {
    if (event.__typename !== 'CompletionDelta') return event;
    const place = isPlace(event, whole, end) ? event.offset : event;
    if (event.text !== '') end = event.offset;
    return place;
  });
  return reversed.reverse();
}

function isPlace({ offset, text, reasoning, refusal, toolCalls }: CompletionDelta, whole: string, end: number): boolean {
  const onlyText = text !== '' && reasoning === null && refusal === null && toolCalls.length === 0;
  return onlyText && offset + text.length === end && whole.startsWith(text, offset);
}

/** Where the text that begins at this position ends: where the next one begins, or with the whole. */
function endOf(kept: readonly KeptEvent[], position: number, whole: string): number {
  for (let next = position + 1; next < kept.length; next++) {
    const event = kept[next];
    if (typeof event === 'number') return event;
    if (event?.__typename === 'CompletionDelta' && event.text !== '') return event.offset;
  }
  return whole.length;
}

function textDelta(place: Pick<CompletionDelta, 'completionId' | 'sequence'>, offset: number, text: string): CompletionDelta {
  return { __typename: 'CompletionDelta', ...place, offset, text, reasoning: null, refusal: null, toolCalls: [] };
}
