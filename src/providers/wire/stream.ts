import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { Exchange } from './exchange.ts';
import type { Peer } from './failure.ts';
import { malformed } from './failure.ts';
import { readRateLimits } from './rateLimits.ts';

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

export interface EventSource {
  readonly peer: Peer;
  /** Sends the request; throws what is wrong with it. A promise where it has to be signed first. */
  open(): Exchange | Promise<Exchange>;
  /** Looks at the answer's head: gives what reads its body, or throws what the answer means. */
  accept(exchange: Exchange): Promise<EventReader<ProviderEvent>>;
}

/** One event longer than this is no answer but a fault. */
const eventLimitBytes = 10 * 1024 * 1024;

/**
 * The events of one exchange, a batch per read of the network. An iterator by hand, because a generator that waits does not notice `return()`: here it
 * closes the connection at once. Events that came before a fault are delivered before it is thrown.
 */
export function streamEvents(source: EventSource): AsyncIterable<Batch> {
  return { [Symbol.asyncIterator]: () => createIterator(source) };
}

type Batch = readonly ProviderEvent[];
type Step = IteratorResult<Batch, undefined>;

function createIterator(source: EventSource): AsyncIterator<Batch, undefined> {
  const done: Step = { done: true, value: undefined };
  let exchange: Exchange | null = null;
  let reader: EventReader<ProviderEvent> | null = null;
  /** What the answer's head said of rate limits, until it is handed on. */
  let heard: Batch = [];
  let failure: { readonly error: unknown } | null = null;
  let over = false;

  /** Whoever left while it was being made has no use for it any more. */
  const opened = async (): Promise<Exchange> => {
    const started = await source.open();
    if (over) started.close();
    return started;
  };
  const accepted = async (answer: Exchange): Promise<EventReader<ProviderEvent>> => {
    const accepting = await source.accept(answer);
    heard = await limitsOf(answer);
    return accepting;
  };
  const withHeard = (events: Batch): Batch => {
    if (heard.length === 0 || events.length === 0) return events;
    const whole = [...heard, ...events];
    heard = [];
    return whole;
  };
  const advance = async (): Promise<Batch> => {
    exchange ??= await opened();
    reader ??= await accepted(exchange);
    for (;;) {
      if (failure !== null) throw failure.error;
      try {
        await readOnce(source.peer, exchange, reader);
      } catch (error) {
        failure = { error };
      }
      const events = withHeard(reader.take());
      if (reader.finished) {
        over = true;
        exchange.release();
      }
      if (events.length > 0 || over) return events;
    }
  };

  return {
    async next(): Promise<Step> {
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
    return(): Promise<Step> {
      over = true;
      exchange?.close();
      return Promise.resolve(done);
    },
  };
}

async function limitsOf(exchange: Exchange): Promise<Batch> {
  const { headers, receivedAt } = await exchange.head();
  const limits = readRateLimits(headers, receivedAt);
  return limits === null ? [] : [{ type: 'limits', limits }];
}

async function readOnce(peer: Peer, exchange: Exchange, reader: EventReader<ProviderEvent>): Promise<void> {
  const pieces = await exchange.read();
  if (pieces.length === 0) reader.end();
  for (const piece of pieces) reader.read(piece);
  if (reader.pendingBytes > eventLimitBytes) throw malformed(peer, 'sent an event of more than 10 MiB');
}
