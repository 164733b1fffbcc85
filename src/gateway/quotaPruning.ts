import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { QuotaStore } from '../ports/quota.ts';

export interface QuotaPruningParts {
  readonly store: Pick<QuotaStore, 'prune'>;
  readonly clock: Clock;
  readonly log: Log;
}

const everyMs = 300_000;
/** Longer than a call may run or a replica be away: whatever was counted by then has been told. */
const keptMs = 7 * 86_400_000;

/** Lets go of what no quota needs any more. Every replica tries; the store lets one at a time. */
export function openQuotaPruning({ store, clock, log }: QuotaPruningParts): AsyncDisposable {
  let timer: Timer = clock.timer(everyMs, prune);
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  function prune(): void {
    running = pruneAll()
      .catch((error: unknown) => log.warn('What the quotas no longer need could not be removed; it is tried again.', { error }))
      .then(() => {
        if (!closed) timer = clock.timer(everyMs, prune);
      });
  }

  /** Some at a time, so that no transaction is long. */
  async function pruneAll(): Promise<void> {
    const before = clock.now() - keptMs;
    while (!closed && (await store.prune(before)) > 0);
  }

  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      timer.clear();
      await running;
    },
  };
}
