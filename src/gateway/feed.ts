import type { EventCursor } from './cursor.ts';
import { iterate } from './cursor.ts';

/** Events for any number of readers: the latest are kept once for all of them, so that a slow reader costs no memory. */
export interface Feed<Event> {
  append(event: Event): void;
  /** What comes from now on and is wanted. Reading throws `expired` where what is to be read next is no longer kept. */
  subscribe(wants: (event: Event) => boolean): EventCursor<Event>;
  /** How many read. */
  readonly readers: number;
}

export interface FeedSettings {
  /** How many of the latest events are kept at least. */
  readonly kept: number;
  /** What a reader is told that is behind by more. */
  readonly expired: () => Error;
}

export function createFeed<Event>({ kept, expired }: FeedSettings): Feed<Event> {
  /** Tells each reader that there is more. */
  const readers = new Set<() => void>();
  let events: Event[] = [];
  /** How many there were before those kept. */
  let gone = 0;

  return {
    append(event) {
      events.push(event);
      // Cut now and then, as taking the first one off each time would move all the others.
      if (events.length >= kept * 2) {
        gone += events.length - kept;
        events = events.slice(-kept);
      }
      for (const changed of readers) changed();
    },
    subscribe(wants) {
      let position = gone + events.length;
      let waiting: (() => void) | null = null;
      /** The next wanted one, or undefined; what is not wanted is passed over. */
      const next = (): Event | undefined => {
        if (position < gone) throw expired();
        for (let event = events[position - gone]; event !== undefined; event = events[++position - gone]) if (wants(event)) return event;
        return undefined;
      };
      const hasNews = (): boolean => position < gone || next() !== undefined;
      const changed = (): void => {
        if (waiting === null || !hasNews()) return;
        const listener = waiting;
        waiting = null;
        listener();
      };
      readers.add(changed);
      const cursor: EventCursor<Event> = {
        read(most = Number.POSITIVE_INFINITY) {
          const found: Event[] = [];
          while (!cursor.ended && found.length < most) {
            const event = next();
            if (event === undefined) break;
            found.push(event);
            position++;
          }
          return found;
        },
        get ended() {
          return !readers.has(changed);
        },
        wait(listener) {
          waiting = null;
          if (cursor.ended || hasNews()) listener();
          else waiting = listener;
        },
        close() {
          readers.delete(changed);
          waiting = null;
        },
        [Symbol.asyncIterator]: () => iterate(cursor),
      };
      return cursor;
    },
    get readers() {
      return readers.size;
    },
  };
}
