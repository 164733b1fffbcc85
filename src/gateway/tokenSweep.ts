import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ClientTokenStore } from '../ports/store.ts';

export interface TokenSweepParts {
  readonly store: ClientTokenStore;
  readonly clock: Clock;
  readonly log: Log;
}

const everyMs = 600_000;
/** A call may run for a day beyond the end of its token, and what it draws is counted. */
const keptMs = 2 * 86_400_000;

/** Removes the limits of client tokens some time after their tokens have ended: whether or not anybody ever used them. */
export function openTokenSweep({ store, clock, log }: TokenSweepParts): AsyncDisposable {
  let timer: Timer = clock.timer(everyMs, sweep);
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  function sweep(): void {
    running = sweepAll()
      .catch((error: unknown) => log.warn('The limits of ended client tokens could not be removed; it is tried again.', { error }))
      .then(() => {
        if (!closed) timer = clock.timer(everyMs, sweep);
      });
  }

  /** Some at a time, so that no transaction is long. */
  async function sweepAll(): Promise<void> {
    while (!closed && (await store.sweepLimits(clock.now() - keptMs)) > 0);
  }

  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      timer.clear();
      await running;
    },
  };
}
