import type { EventCursor } from '../gateway/cursor.ts';
import { iterate } from '../gateway/cursor.ts';

/** Several readers as one: each one's events stay in order, and what arrived together is read together. */
export function mergeCursors<Event>(sources: readonly EventCursor<Event>[]): EventCursor<Event> {
  const merged: EventCursor<Event> = {
    read(most = Number.POSITIVE_INFINITY) {
      const events: Event[] = [];
      for (const source of sources) {
        if (events.length < most) events.push(...source.read(most - events.length));
      }
      return events;
    },
    get ended() {
      return sources.every((source) => source.ended);
    },
    wait(listener) {
      const open = sources.filter((source) => !source.ended);
      if (open.length === 0) return listener();
      let called = false;
      const once = () => {
        if (called) return;
        called = true;
        listener();
      };
      for (const source of open) source.wait(once);
    },
    close(leaving) {
      for (const source of sources) source.close(leaving);
    },
    [Symbol.asyncIterator]: () => iterate(merged),
  };
  return merged;
}
