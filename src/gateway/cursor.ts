/** How a reader goes: it said so, or its connection broke. */
export type Leaving = 'LEFT' | 'CUT';

/**
 * A reader's place in a growing list of events. Reading is synchronous and takes all there is, so that a transport pays for
 * a batch once, and a slow one simply reads later: nothing is buffered for it.
 */
export interface EventCursor<Event> extends AsyncIterable<Event> {
  /** What has arrived since the last read, in order, at most `most` events; empty when there is nothing. Throws when the events it needs are no longer kept. */
  read(most?: number): readonly Event[];
  /** True when nothing will come after what has been read. */
  readonly ended: boolean;
  /** Calls `listener` once, as soon as `read` or `ended` has something to say: at once if it has. */
  wait(listener: () => void): void;
  /** The reader goes; harmless twice. Default: LEFT. */
  close(leaving?: Leaving): void;
}

/** What a cursor stands on: events counted from 0, of which the oldest may be gone. */
export interface EventSource<Event> {
  /** How many events there have been. */
  readonly length: number;
  readonly ended: boolean;
  /** The events from `position` on, at most `most`. Throws when some of them are no longer kept. */
  slice(position: number, most: number): readonly Event[];
  /** Calls `listener` once at the next change, unless what this returns is called before. */
  onceChanged(listener: () => void): () => void;
  /** A reader has gone. */
  left(leaving: Leaving): void;
}

/** A reader of `source` that begins behind its first `after` events. */
export function createCursor<Event>(source: EventSource<Event>, after: number): EventCursor<Event> {
  let position = after;
  let closed = false;
  let unlisten: (() => void) | null = null;
  const exhausted = () => closed || (source.ended && position >= source.length);
  const cursor: EventCursor<Event> = {
    read(most = Number.POSITIVE_INFINITY) {
      if (closed || position >= source.length) return [];
      const events = source.slice(position, most);
      position += events.length;
      return events;
    },
    get ended() {
      return exhausted();
    },
    wait(listener) {
      unlisten?.();
      unlisten = null;
      if (exhausted() || position < source.length) listener();
      else unlisten = source.onceChanged(listener);
    },
    close(leaving = 'LEFT') {
      if (closed) return;
      closed = true;
      unlisten?.();
      source.left(leaving);
    },
    [Symbol.asyncIterator]: () => iterate(cursor),
  };
  return cursor;
}

/** The cursor for whoever needs an iterator. Its `return()` is heard while it waits, as a generator's would not be. */
export function iterate<Event>(cursor: EventCursor<Event>): AsyncIterableIterator<Event> {
  let batch: readonly Event[] = [];
  let index = 0;
  let wake: (() => void) | null = null;
  const take = (): IteratorResult<Event> | null => {
    if (index >= batch.length) {
      batch = cursor.read();
      index = 0;
    }
    const event = batch[index];
    if (event !== undefined) {
      index++;
      return { done: false, value: event };
    }
    return cursor.ended ? { done: true, value: undefined } : null;
  };
  return {
    async next() {
      for (;;) {
        const result = take();
        if (result !== null) return result;
        await new Promise<void>((resolve) => {
          wake = resolve;
          cursor.wait(resolve);
        });
      }
    },
    async return() {
      cursor.close('LEFT');
      wake?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
