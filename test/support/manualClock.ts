import type { Clock } from '../../src/ports/clock.ts';

export interface ManualClock extends Clock {
  /** Moves time on and runs the timers that fall due, in their order; all promises that can settle do so before, between and after them. */
  advance(ms: number): Promise<void>;
  /** Moves time from timer to timer until the promise settles; throws when no timer is left that could settle it. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** How many timers wait. */
  readonly waiting: number;
}

interface Waiter {
  readonly dueMs: number;
  readonly listener: () => void;
}

/** A clock that stands still until a test moves it. `now` begins at `startMs`, `monotonic` at 0. */
export function createManualClock(startMs: number = Date.UTC(2026, 0, 1)): ManualClock {
  // In the order of their making, which decides between timers of the same moment.
  const waiters = new Set<Waiter>();
  let elapsedMs = 0;

  const fire = async (waiter: Waiter): Promise<void> => {
    waiters.delete(waiter);
    elapsedMs = Math.max(elapsedMs, waiter.dueMs);
    waiter.listener();
    await settlePromises();
  };

  return {
    now: () => startMs + elapsedMs,
    monotonic: () => elapsedMs,
    timer(delayMs, listener) {
      const waiter = { dueMs: elapsedMs + Math.max(0, delayMs), listener };
      waiters.add(waiter);
      return { clear: () => void waiters.delete(waiter) };
    },
    async advance(ms) {
      const endMs = elapsedMs + ms;
      await settlePromises();
      for (let next = earliest(waiters); next !== null && next.dueMs <= endMs; next = earliest(waiters)) await fire(next);
      elapsedMs = Math.max(elapsedMs, endMs);
    },
    async until(promise) {
      let settled = false;
      const settle = (): void => {
        settled = true;
      };
      promise.then(settle, settle);
      await settlePromises();
      while (!settled) {
        const next = earliest(waiters);
        if (next === null) throw new Error('No timer is left, and the promise still waits.');
        await fire(next);
      }
      return promise;
    },
    get waiting() {
      return waiters.size;
    },
  };
}

function earliest(waiters: ReadonlySet<Waiter>): Waiter | null {
  let first: Waiter | null = null;
  for (const waiter of waiters) if (first === null || waiter.dueMs < first.dueMs) first = waiter;
  return first;
}

/** An immediate runs after every promise job that was queued before it and all that those queue. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
