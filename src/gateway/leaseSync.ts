import type { ReplicaId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { LeaseGrant, LeaseReport, QuotaStore } from '../ports/store.ts';
import type { Lease } from './lease.ts';
import { accept, free, report } from './lease.ts';
import type { LeaseBook } from './leaseBook.ts';

export interface LeaseSyncParts {
  readonly store: QuotaStore;
  readonly replicaId: ReplicaId;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells the store what was spent and takes what it grants. Disposed, it does so only when asked. */
export interface LeaseSync extends Disposable {
  /** Some time soon, with whatever else changes until then. */
  schedule(): void;
  /** Now; one exchange at a time: whoever asks while one runs waits for the next, which carries what they want. Throws STORE_UNAVAILABLE. */
  now(): Promise<void>;
}

const everyMs = 300;

export function createLeaseSync(parts: LeaseSyncParts, book: LeaseBook): LeaseSync {
  let timer: Timer | null = null;
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;
  let closed = false;

  function schedule(): void {
    if (closed) return;
    timer ??= parts.clock.timer(everyMs, () => {
      timer = null;
      now().catch((error: unknown) => {
        parts.log.warn('The quotas could not be synced; calls go on within the leases at hand.', { error });
        schedule();
      });
    });
  }

  function now(): Promise<void> {
    if (running === null) {
      running = start().finally(() => {
        running = null;
      });
      return running;
    }
    queued ??= running
      .catch(() => {})
      .then(() => {
        queued = null;
        return now();
      });
    return queued;
  }

  async function start(): Promise<void> {
    if (await exchange(parts, book)) schedule();
  }

  return {
    schedule,
    now,
    [Symbol.dispose]() {
      closed = true;
      timer?.clear();
    },
  };
}

/** Answers whether there is more to tell. */
async function exchange({ store, replicaId, clock }: LeaseSyncParts, book: LeaseBook): Promise<boolean> {
  const now = clock.now();
  book.retire(now);
  const leases = book.all().filter(hasNews);
  if (leases.length === 0) return false;
  const reports = leases.map((lease) => {
    lease.dirty = false;
    return report(lease, now);
  });
  try {
    acceptAll(leases, reports, await store.sync(replicaId, reports));
  } catch (error) {
    for (const lease of leases) lease.dirty = true;
    throw error;
  }
  // An answer lost before may have granted what only this one tells.
  for (const lease of leases) if (lease.over && free(lease) > 0n) lease.dirty = true;
  book.prune();
  return leases.some(({ dirty, pace }) => dirty || pace > 0);
}

function hasNews({ dirty, wanted, known, pace }: Lease): boolean {
  return dirty || wanted > 0n || known === null || pace > 0;
}

/** A budget that the store does not know gets no answer, and so no grant. */
function acceptAll(leases: readonly Lease[], reports: readonly LeaseReport[], grants: readonly LeaseGrant[]): void {
  const byPeriod = new Map(grants.map((grant) => [`${grant.budgetId}:${grant.periodStart}`, grant]));
  for (const [index, lease] of leases.entries()) {
    const grant = byPeriod.get(`${lease.budget.id}:${lease.period.start}`);
    if (grant !== undefined) accept(lease, grant, reports[index]?.spent ?? 0n);
  }
}
