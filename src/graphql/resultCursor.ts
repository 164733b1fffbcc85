import type { EventCursor } from '../gateway/cursor.ts';
import { iterate } from '../gateway/cursor.ts';

export interface Answering<Event, Result> {
  answer(event: Event): Result | Promise<Result>;
  /** What a reader is told when an event cannot be read or answered. */
  fail(thrown: unknown): Result;
}

/**
 * Each event's answer, in the events' order. Where answers come at once, nothing is kept and no promise is made for an event. Where one has
 * to be waited for, those behind it wait their turn, and no further events are taken meanwhile. It does not throw: what fails is the last answer.
 */
export function createResultCursor<Event, Result>(
  source: EventCursor<Event>,
  { answer, fail }: Answering<Event, Result>,
): EventCursor<Result> {
  let slots: Slot<Result>[] = [];
  let wake: (() => void) | null = null;
  let closed = false;

  const settle = (slot: Slot<Result>, result: Result) => {
    slot.result = { value: result };
    if (slots[0] !== slot) return;
    // Whoever is woken may read and wait again at once.
    const woken = wake;
    wake = null;
    woken?.();
  };
  const toSlot = (result: Result | Promise<Result>): Slot<Result> => {
    if (!(result instanceof Promise)) return { result: { value: result } };
    const slot: Slot<Result> = { result: null };
    result.then(
      (value) => settle(slot, value),
      (thrown: unknown) => settle(slot, fail(thrown)),
    );
    return slot;
  };
  /** Takes the settled ones from the front. */
  const takeSettled = (most: number): readonly Result[] => {
    const waiting = slots.findIndex(({ result }) => result === null);
    const taken = slots.slice(0, Math.min(most, waiting === -1 ? slots.length : waiting));
    slots = slots.slice(taken.length);
    return taken.flatMap(({ result }) => (result === null ? [] : [result.value]));
  };
  const close: EventCursor<Result>['close'] = (leaving) => {
    closed = true;
    slots = [];
    source.close(leaving);
  };
  const takeEvents = (most: number): readonly Result[] => {
    const results = source.read(most).map(answer);
    if (areSettled(results)) return results;
    slots = results.map(toSlot);
    return takeSettled(most);
  };

  const cursor: EventCursor<Result> = {
    read(most = Number.POSITIVE_INFINITY) {
      if (closed) return [];
      try {
        return slots.length > 0 ? takeSettled(most) : takeEvents(most);
      } catch (thrown) {
        close();
        return [fail(thrown)];
      }
    },
    get ended() {
      return closed || (slots.length === 0 && source.ended);
    },
    wait(listener) {
      wake = null;
      const [first] = slots;
      if (closed || (first !== undefined && first.result !== null)) listener();
      else if (first !== undefined) wake = listener;
      else source.wait(listener);
    },
    close,
    [Symbol.asyncIterator]: () => iterate(cursor),
  };
  return cursor;
}

interface Slot<Result> {
  /** Null: waited for. */
  result: { readonly value: Result } | null;
}

function areSettled<Result>(results: readonly (Result | Promise<Result>)[]): results is readonly Result[] {
  return !results.some((result) => result instanceof Promise);
}
