import type { RateLimits } from '../../domain/rateLimits.ts';
import type { Exchange } from '../wire/exchange.ts';

/** What one call has open in the network, whatever the package does with it. */
export interface CallScope {
  readonly signal: AbortSignal;
  /** Answers are read only while somebody waits for what they say. */
  demand(wanted: boolean): void;
  wanted(): Promise<void>;
  add(exchange: Exchange): void;
  /** What the head of an answer says of rate limits. */
  hear(limits: RateLimits): void;
  /** What was heard since the last time; null: nothing. */
  heard(): RateLimits | null;
  /** The answer's end was seen: the connections stay for the next calls. */
  release(): void;
  /** Nothing more is wanted: ends the package's work and closes its connections at once. */
  close(): void;
}

export function createCallScope(callSignal: AbortSignal): CallScope {
  const end = new AbortController();
  const exchanges: Exchange[] = [];
  let limits: RateLimits | null = null;
  let open = true;
  let opened = Promise.withResolvers<void>();
  opened.resolve();
  return {
    signal: AbortSignal.any([callSignal, end.signal]),
    demand(wanted) {
      if (wanted === open) return;
      open = wanted;
      if (open) opened.resolve();
      else opened = Promise.withResolvers();
    },
    wanted: () => opened.promise,
    add: (exchange) => void exchanges.push(exchange),
    hear: (heard) => {
      limits = heard;
    },
    heard() {
      const heard = limits;
      limits = null;
      return heard;
    },
    release() {
      for (const exchange of exchanges) exchange.release();
    },
    close() {
      for (const exchange of exchanges) exchange.close();
      end.abort();
    },
  };
}
