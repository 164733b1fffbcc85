import type { EventCursor, Leaving } from '../../src/gateway/cursor.ts';
import { createCursor } from '../../src/gateway/cursor.ts';

export interface EventLog<Event> {
  append(...events: readonly Event[]): void;
  end(): void;
  cursor(after?: number): EventCursor<Event>;
  /** How its readers have gone. */
  readonly leavings: readonly Leaving[];
}

/** A list of events that a test lets grow. */
export function createEventLog<Event>(...first: readonly Event[]): EventLog<Event> {
  const events = [...first];
  const leavings: Leaving[] = [];
  const listeners = new Set<() => void>();
  let ended = false;
  const changed = () => {
    const waiting = [...listeners];
    listeners.clear();
    for (const listener of waiting) listener();
  };
  return {
    leavings,
    append(...more) {
      events.push(...more);
      changed();
    },
    end() {
      ended = true;
      changed();
    },
    cursor: (after = 0) =>
      createCursor(
        {
          get length() {
            return events.length;
          },
          get ended() {
            return ended;
          },
          slice: (position, most) => events.slice(position, position + most),
          onceChanged(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
          },
          left: (leaving) => leavings.push(leaving),
        },
        after,
      ),
  };
}
