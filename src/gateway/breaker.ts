import type { Clock } from '../ports/clock.ts';

/** CLOSED: asked as usual. OPEN: left alone. HALF_OPEN: one call may try it. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

export interface BreakerSettings {
  /** After how many failures in a row it opens. */
  readonly failures: number;
  /** How long it stays open at first, in milliseconds; each trial that fails doubles it, up to four times as long. */
  readonly openMs: number;
}

/**
 * Leaves alone who keeps failing. Cockatiel's breakers read the machine's clock and cannot be handed another one, and their policy wraps a call,
 * where ours is asked before a hold is taken and told long after, at a stream's end.
 */
export interface Breaker {
  readonly state: BreakerState;
  /** Milliseconds until it may be tried; 0 unless it is open. */
  readonly waitMs: number;
  /** Whether a call may go there now. Half open, the first one that asks is the trial. */
  claim(): boolean;
  /** How a call ended there. */
  observe(failed: boolean): void;
  /** A call that was let through has ended without saying anything of the offer. */
  left(): void;
}

/** A trial of which nothing was heard for so long is forgotten. */
const trialMs = 30_000;
/** So many of the last 32 calls failing opens it too. */
const mostRecentFailures = 24;
const longestFactor = 4;

export function createBreaker(clock: Clock, settings: () => BreakerSettings): Breaker {
  let failures = 0;
  /** The last 32 calls, a bit each: 1 has failed. */
  let recent = 0;
  let openings = 0;
  /** Null: closed. */
  let openUntil: number | null = null;
  let trialSince: number | null = null;

  function open(): void {
    openUntil = clock.monotonic() + settings().openMs * Math.min(2 ** openings, longestFactor);
    openings++;
    trialSince = null;
  }

  function close(): void {
    failures = 0;
    recent = 0;
    openings = 0;
    openUntil = null;
    trialSince = null;
  }

  const breaker: Breaker = {
    get state() {
      if (openUntil === null) return 'CLOSED';
      return clock.monotonic() < openUntil ? 'OPEN' : 'HALF_OPEN';
    },
    get waitMs() {
      return openUntil === null ? 0 : Math.max(0, openUntil - clock.monotonic());
    },
    claim() {
      if (openUntil === null) return true;
      const now = clock.monotonic();
      if (now < openUntil || (trialSince !== null && now - trialSince < trialMs)) return false;
      trialSince = now;
      return true;
    },
    observe(failed) {
      if (openUntil !== null) {
        // Calls from before it opened say nothing new.
        if (trialSince === null) return;
        if (failed) open();
        else close();
        return;
      }
      failures = failed ? failures + 1 : 0;
      recent = ((recent << 1) | (failed ? 1 : 0)) >>> 0;
      if (failed && (failures >= settings().failures || ones(recent) >= mostRecentFailures)) open();
    },
    left() {
      trialSince = null;
    },
  };
  return breaker;
}

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left = (left & (left - 1)) >>> 0) count++;
  return count;
}
