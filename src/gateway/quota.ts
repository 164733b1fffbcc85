import type { Budget, BudgetDraw, Meter, Quota } from '../domain/budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { Claim, Lease, LeasedClaim } from './lease.ts';
import { emptyAfter, hold, leave, recall, refusedOf, resetAt, room, settle, usedOf } from './lease.ts';
import { createLeaseBook } from './leaseBook.ts';
import type { LeaseSyncParts } from './leaseSync.ts';
import { createLeaseSync } from './leaseSync.ts';
import type { QuotaWait } from './quotaWait.ts';
import { fits, waitForRoom } from './quotaWait.ts';
import { letThrough } from './shadow.ts';
import { longAgo } from './sliding.ts';

/** What was held for a call. To be settled exactly once; settling again changes nothing. */
export interface Hold {
  readonly draws: readonly BudgetDraw[];
  /** Books what was used of each meter (absent: nothing) and gives the rest back. Answers what was drawn. */
  settle(used: Partial<Record<Meter, bigint>>): readonly BudgetDraw[];
}

/**
 * Quotas as loans: this replica spends in memory from what the store has leased to it, so that holding costs no round trip and no
 * interleaving can overspend. Amounts are held in all budgets or in none, in one synchronous step.
 * Fails closed: without the store nothing is held beyond the leases at hand.
 */
export interface QuotaPool extends AsyncDisposable {
  /** What each budget could still hold now, in their order; a SOFT budget has no bound and is null. */
  room(budgets: readonly Budget[]): readonly (bigint | null)[] | Promise<readonly (bigint | null)[]>;
  /** Throws QUOTA_EXHAUSTED, or RATE_LIMITED for a minute's limit and for parallel calls, naming the budget; STORE_UNAVAILABLE. */
  hold(claims: readonly Claim[]): Hold | Promise<Hold>;
  /** The holds of several calls, in their order: all of them, or none. Throws as `hold`. */
  holdTogether(groups: readonly (readonly Claim[])[]): readonly Hold[] | Promise<readonly Hold[]>;
  quotas(budgets: readonly Budget[]): Promise<readonly Quota[]>;
  /** What is known without waiting, null where nothing is known yet. What is old is asked for, and known soon. */
  glance(budgets: readonly Budget[]): readonly (Quota | null)[];
  /** How many periods of budgets this replica has a part of, and of how many calls hold something now. */
  leases(): { readonly all: number; readonly held: number };
}

/** What was left when nothing was used here for so long says little. */
const forgottenMs = 1000;

export function createQuotaPool(parts: LeaseSyncParts): QuotaPool {
  const { store, replicaId, clock, log } = parts;
  const book = createLeaseBook(clock, parts.slidingMs);
  const sync = createLeaseSync(parts, book);
  const wait = { sync, clock };
  const recalls = store.onRecall(replicaId, (budgetId) => {
    for (const lease of book.all()) {
      // While nobody listened, anything may have been said.
      if (budgetId === null) lease.dirty = true;
      else if (lease.budget.id === budgetId) recall(lease, clock.monotonic());
    }
    if (book.all().some(({ dirty, recalled }) => dirty && (recalled || budgetId === null))) syncSoon();
  });

  function syncSoon(): void {
    sync.now().catch((error: unknown) => {
      log.warn('What other replicas recall could not be given back yet.', { error });
      sync.schedule();
    });
  }

  /** What a sliding window has used comes back also while nothing is done here. */
  async function known(leases: readonly Lease[]): Promise<void> {
    const forgotten = leases.filter((lease) => lease.sliding !== null && isForgotten(lease, clock.monotonic()));
    for (const lease of forgotten) lease.dirty = true;
    if (forgotten.length > 0) await refreshed(leases);
    else if (leases.some((lease) => lease.known === null)) await sync.now();
  }

  /** Without the store, what it said last and the leases at hand have to do. */
  async function refreshed(leases: readonly Lease[]): Promise<void> {
    try {
      await sync.now();
    } catch (error) {
      if (leases.some((lease) => lease.known === null)) throw error;
    }
  }

  const leasedClaims = (claims: readonly Claim[]) => claims.map((claim) => ({ ...claim, lease: book.of(claim.budget), heldAt: longAgo }));

  return {
    room(budgets) {
      const leases = budgets.map(book.of);
      const rooms = () => leases.map((lease) => (lease.budget.policy === 'SOFT' ? null : room(lease)));
      const forgotten = leases.filter((lease) => isForgotten(lease, clock.monotonic()));
      for (const lease of forgotten) lease.dirty = true;
      return forgotten.length > 0 ? refreshed(leases).then(rooms) : rooms();
    },
    hold(claims) {
      const leased = leasedClaims(claims);
      return fits(leased, clock.monotonic()) ? holdNow(leased, wait) : waitForRoom(leased, wait, () => holdNow(leased, wait));
    },
    holdTogether(groups) {
      const leased = groups.map(leasedClaims);
      const sums = sumClaims(leased.flat());
      const take = () => leased.map((claims) => holdNow(claims, wait));
      return fits(sums, clock.monotonic()) ? take() : waitForRoom(sums, wait, take);
    },
    async quotas(budgets) {
      const leases = budgets.map(book.of);
      await known(leases);
      return leases.map((lease) => toQuota(lease, clock));
    },
    glance(budgets) {
      const leases = budgets.map(book.of);
      const old = leases.filter((lease) => isForgotten(lease, clock.monotonic()));
      for (const lease of old) lease.dirty = true;
      if (old.length > 0) sync.schedule();
      return leases.map((lease) => (lease.known === null ? null : toQuota(lease, clock)));
    },
    leases() {
      const all = book.all();
      return { all: all.length, held: all.filter(({ held }) => held > 0n).length };
    },
    async [Symbol.asyncDispose]() {
      recalls[Symbol.dispose]();
      for (const lease of book.all()) leave(lease);
      sync[Symbol.dispose]();
      try {
        await sync.now();
        // Only the first answer tells of a grant whose own answer was lost: that goes back with the second.
        await sync.now();
      } catch (error) {
        log.warn('The last sync of the quotas failed; the next start settles it from the ledger.', { error });
      }
    },
  };
}

/** One claim a lease: what several calls claim of one budget must fit together. */
function sumClaims(claims: readonly LeasedClaim[]): readonly LeasedClaim[] {
  if (claims.length < 2) return claims;
  const sums = new Map<Lease, LeasedClaim>();
  for (const claim of claims) {
    const before = sums.get(claim.lease);
    sums.set(claim.lease, before === undefined ? claim : { ...claim, amount: before.amount + claim.amount });
  }
  return [...sums.values()];
}

function holdNow(claims: readonly LeasedClaim[], wait: QuotaWait): Hold {
  const now = wait.clock.monotonic();
  const taken = letThrough(claims, now);
  for (const claim of taken) hold(claim, now);
  if (claims.length > 0) wait.sync.schedule();
  return createHold(taken, wait);
}

function toQuota(lease: Lease, clock: Clock): Quota {
  const { budget, held } = lease;
  return { budget, used: usedOf(lease), held, resetsAt: resetOf(lease, clock), wouldRefuse: refusedOf(lease) };
}

/** Of what slides to the next whole second, so that it is the same as long as it is the same. */
function resetOf(lease: Lease, clock: Clock): number | null {
  if (lease.sliding === null) return resetAt(lease);
  const afterMs = emptyAfter(lease, clock.monotonic());
  return afterMs === null ? null : Math.ceil((clock.now() + afterMs) / 1000) * 1000;
}

function isForgotten({ known, pace }: Lease, now: number): boolean {
  return known === null || (pace === 0 && now - known.at > forgottenMs);
}

function createHold(claims: readonly LeasedClaim[], { sync, clock }: QuotaWait): Hold {
  let settled: readonly BudgetDraw[] | null = null;
  return {
    draws: claims.map((claim) => toDraw(claim, claim.amount)),
    settle(used) {
      if (settled !== null) return settled;
      settled = claims.map((claim) => {
        const actual = drawOf(claim, used[claim.budget.meter] ?? 0n);
        settle(claim, actual);
        return toDraw(claim, actual);
      });
      const now = clock.monotonic();
      if (claims.length > 0) sync.schedule(claims.some(({ lease }) => now < lease.recalledUntil) ? 'WANTED' : 'USUAL');
      return settled;
    },
  };
}

/** A shadow budget counts what it would have let through: an answer cut to what it holds. */
function drawOf({ budget, amount }: Claim, used: bigint): bigint {
  return budget.shadow && used > amount ? amount : used;
}

function toDraw({ budget, lease }: LeasedClaim, amount: bigint): BudgetDraw {
  return { budgetId: budget.id, periodStart: lease.period.start, amount };
}
