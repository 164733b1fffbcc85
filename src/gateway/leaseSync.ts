import type { ReplicaId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { LeaseGrant, LeaseReport, QuotaStore } from '../ports/quota.ts';
import type { Lease } from './lease.ts';
import { free } from './lease.ts';
import type { LeaseBook } from './leaseBook.ts';
import { accept, mustYield, report } from './leaseReport.ts';

export interface LeaseSyncParts {
  readonly store: QuotaStore;
  readonly replicaId: ReplicaId;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a minute is, where it slides; for tests. */
  readonly slidingMs?: number;
}

/** Tells the store what was spent and takes what it grants. Disposed, it does so only when asked. */
export interface LeaseSync extends Disposable {
  /** Some time soon, with whatever else changes until then; at once where others wait for what comes back. */
  schedule(urgency?: Urgency): void;
  /** Now; one exchange at a time: whoever asks while one runs waits for the next, which carries what they want. Throws STORE_UNAVAILABLE. */
  now(): Promise<void>;
}

export type Urgency = keyof typeof delays;

const delays = {
  /** Somebody else waits: what comes back in the meantime goes along. */
  WANTED: 5,
  USUAL: 300,
  /** A replica that is not heard for 30 s is charged whole what it has out. */
  SIGN_OF_LIFE: 10_000,
} as const;

export function createLeaseSync(parts: LeaseSyncParts, book: LeaseBook): LeaseSync {
  const { clock, log } = parts;
  let timer: Timer | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;
  let closed = false;

  function schedule(urgency: Urgency = 'USUAL'): void {
    const wishedAt = clock.monotonic() + delays[urgency];
    if (closed || dueAt <= wishedAt) return;
    timer?.clear();
    dueAt = wishedAt;
    timer = clock.timer(delays[urgency], () => {
      dueAt = Number.POSITIVE_INFINITY;
      now().catch((error: unknown) => {
        log.warn('The quotas could not be synced; calls go on within the leases at hand.', { error });
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
    const next = await exchange(parts, book);
    if (next !== null) schedule(next);
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

/** Answers how soon there is more to tell; null: not until something happens. */
async function exchange(parts: LeaseSyncParts, book: LeaseBook): Promise<Urgency | null> {
  const { store, replicaId, clock } = parts;
  book.retire(clock.now());
  const now = clock.monotonic();
  const leases = book.all().filter((lease) => hasNews(lease, now));
  if (leases.length === 0) return nextOf(book);
  const yielding = leases.some(mustYield);
  const reports = leases.map((lease) => {
    lease.dirty = false;
    return report(lease, { now, yielding });
  });
  try {
    acceptAll(parts, { leases, reports, grants: await store.sync(replicaId, reports), toldAt: now });
  } catch (error) {
    for (const lease of leases) lease.dirty = true;
    throw error;
  }
  // An answer lost before may have granted what only this one tells.
  for (const lease of leases) if (lease.over && free(lease) > 0n) lease.dirty = true;
  book.prune();
  return nextOf(book);
}

function hasNews(lease: Lease, now: number): boolean {
  const { dirty, waiting, known, pace } = lease;
  return dirty || waiting.size > 0 || known === null || pace > 0 || (isOut(lease) && now - known.at >= delays.SIGN_OF_LIFE);
}

function nextOf(book: LeaseBook): Urgency | null {
  const leases = book.all();
  if (leases.some(({ recalled, dirty }) => recalled && dirty)) return 'WANTED';
  if (leases.some(({ dirty, pace }) => dirty || pace > 0)) return 'USUAL';
  return leases.some(isOut) ? 'SIGN_OF_LIFE' : null;
}

/** Whether others count on hearing of it: it is charged whole where its replica falls silent. */
function isOut(lease: Lease): boolean {
  return lease.held > 0n || free(lease) > 0n;
}

interface Exchange {
  readonly leases: readonly Lease[];
  readonly reports: readonly LeaseReport[];
  readonly grants: readonly LeaseGrant[];
  readonly toldAt: number;
}

/** A budget that the store does not know gets no answer, and so no grant. */
function acceptAll({ clock, log }: LeaseSyncParts, { leases, reports, grants, toldAt }: Exchange): void {
  const byPeriod = new Map(grants.map((grant) => [`${grant.budgetId}:${grant.periodStart}`, grant]));
  for (const [index, lease] of leases.entries()) {
    const grant = byPeriod.get(`${lease.budget.id}:${lease.period.start}`);
    const told = reports[index];
    if (grant === undefined || told === undefined) continue;
    const { budget, known } = lease;
    const refused = told.refused - (known?.reportedRefused.count ?? 0n);
    if (refused > 0n) {
      const { id, scope, meter, window } = budget;
      const fields = { budgetId: id, scope: scope.type, meter, window, refused: String(refused), limit: String(grant.limit) };
      log.info('A shadow budget would have refused calls.', fields);
    }
    // Of other windows the store raises an alert; a rate is no matter for an operator.
    if (budget.window === 'MINUTE' && grant.crossed !== null) {
      const { id, scope, meter } = budget;
      const fields = { budgetId: id, scope: scope.type, meter, percent: grant.crossed, used: String(grant.spentByAll) };
      log.info('A limit of a minute has reached a threshold.', { ...fields, limit: String(grant.limit) });
    }
    accept(lease, { grant, told, toldAt, now: clock.monotonic() });
  }
}
