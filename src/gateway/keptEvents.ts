import type { Completion, CompletionDelta, CompletionEvent } from '../domain/completion.ts';

/** An event as an ended call keeps it. A delta of nothing but text is kept as the place where its text begins in the whole: the whole is kept anyway. */
export type KeptEvent = CompletionEvent | number;

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
  const kept = packEvents(events);
  const restore = restorer(kept);
  return {
    length: kept.length,
    bytes: kept.reduce<number>((sum, event) => sum + bytesOf(event), 0),
    slice: (from, to) => kept.slice(from, to).map((event, index) => restore(event, from + index)),
  };
}

function bytesOf(event: KeptEvent): number {
  if (typeof event === 'number') return placeBytes;
  const media = event.__typename === 'CompletionDelta' ? (event.media ?? []) : [];
  return media.reduce((sum, { data }) => sum + data.length, eventBytes);
}

/** All events of a call that has ended, as they are kept. */
export function packEvents(events: readonly CompletionEvent[]): readonly KeptEvent[] {
  return toKept(events, wholeOf(endingOf(events)));
}

/** What `packEvents` was given. */
export function unpackEvents(kept: readonly KeptEvent[]): readonly CompletionEvent[] {
  return kept.map(restorer(kept));
}

/** The answer in the last of a call's events; null where they have no end. */
export function endingOf(events: readonly KeptEvent[]): Completion | null {
  const last = events.at(-1);
  return typeof last === 'object' && 'completion' in last ? last.completion : null;
}

function wholeOf(ending: Completion | null): string {
  return ending?.text ?? '';
}

function restorer(kept: readonly KeptEvent[]): (event: KeptEvent, position: number) => CompletionEvent {
  const ending = endingOf(kept);
  const whole = wholeOf(ending);
  return (event, position) =>
    typeof event === 'number' && ending !== null
      ? textDelta({ completionId: ending.id, sequence: position + 1 }, event, whole.slice(event, endOf(kept, position, whole)))
      : (event as CompletionEvent);
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

function isPlace({ offset, text, reasoning, refusal, toolCalls, media }: CompletionDelta, whole: string, end: number): boolean {
  const onlyText = text !== '' && reasoning === null && refusal === null && toolCalls.length === 0 && media === undefined;
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
