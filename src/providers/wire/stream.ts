import type { Exchange } from './exchange.ts';
import type { Peer } from './failure.ts';
import { malformed } from './failure.ts';

/** Turns an answer's bytes into events, synchronously: `read` and `end` may throw, and what they had made before stays to be taken. */
export interface EventReader<Event> {
  read(piece: Buffer): void;
  /** The answer has ended. */
  end(): void;
  /** The events made since the last call. */
  take(): readonly Event[];
  /** Nothing that may follow matters. */
  readonly finished: boolean;
  /** Bytes kept for an event that is not whole yet. */
  readonly pendingBytes: number;
}

export interface EventSource<Event> {
  readonly peer: Peer;
  /** Sends the request; throws what is wrong with it. */
  open(): Exchange;
  /** Looks at the answer's head: gives what reads its body, or throws what the answer means. */
  accept(exchange: Exchange): Promise<EventReader<Event>>;
}

/** One event longer than this is no answer but a fault. */
const eventLimitBytes = 10 * 1024 * 1024;

/**
 * The events of one exchange, a batch per read of the network. An iterator by hand, because a generator that waits does not notice `return()`: here it
 * closes the connection at once. Events that came before a fault are delivered before it is thrown.
 */
export function streamEvents<Event>(source: EventSource<Event>): AsyncIterable<readonly Event[]> {
  return { [Symbol.asyncIterator]: () => createIterator(source) };
}

type Step<Event> = IteratorResult<readonly Event[], undefined>;

function createIterator<Event>(source: EventSource<Event>): AsyncIterator<readonly Event[], undefined> {
  const done: Step<Event> = { done: true, value: undefined };
  let exchange: Exchange | null = null;
  let reader: EventReader<Event> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let over = false;

  const advance = async (): Promise<readonly Event[]> => {
    exchange ??= source.open();
    reader ??= await source.accept(exchange);
    for (;;) {
      if (failure !== null) throw failure.error;
      try {
        await readOnce(source.peer, exchange, reader);
      } catch (error) {
        failure = { error };
      }
      const events = reader.take();
      if (reader.finished) {
        over = true;
        exchange.release();
      }
      if (events.length > 0 || over) return events;
    }
  };

  return {
    async next(): Promise<Step<Event>> {
      if (over) return done;
      try {
        const value = await advance();
        return value.length > 0 ? { done: false, value } : done;
      } catch (error) {
        // Who left is told nothing more.
        if (over) return done;
        over = true;
        exchange?.close();
        throw error;
      }
    },
    return(): Promise<Step<Event>> {
      over = true;
      exchange?.close();
      return Promise.resolve(done);
    },
  };
}

async function readOnce<Event>(peer: Peer, exchange: Exchange, reader: EventReader<Event>): Promise<void> {
  const pieces = await exchange.read();
  if (pieces.length === 0) reader.end();
  for (const piece of pieces) reader.read(piece);
  if (reader.pendingBytes > eventLimitBytes) throw malformed(peer, 'sent an event of more than 10 MiB');
}
