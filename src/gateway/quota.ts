import type { Budget, BudgetDraw, Meter, Quota } from '../domain/budget.ts';
import type { Claim, Lease, LeasedClaim } from './lease.ts';
import { free, hold, leave, recall, room, settle, usedOf } from './lease.ts';
import { createLeaseBook } from './leaseBook.ts';
import type { LeaseSyncParts } from './leaseSync.ts';
import { createLeaseSync } from './leaseSync.ts';
import { firstShort } from './quotaRefusal.ts';
import type { QuotaWait } from './quotaWait.ts';
import { waitForRoom } from './quotaWait.ts';

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
  quotas(budgets: readonly Budget[]): Promise<readonly Quota[]>;
}

/** What was left when nothing was used here for so long says little. */
const forgottenMs = 1000;

export function createQuotaPool(parts: LeaseSyncParts): QuotaPool {
  const { store, replicaId, clock, log } = parts;
  const book = createLeaseBook(clock);
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

  async function known(leases: readonly Lease[]): Promise<void> {
    if (leases.some((lease) => lease.known === null)) await sync.now();
  }

  /** Without the store, what it said last and the leases at hand have to do. */
  async function refreshed(leases: readonly Lease[]): Promise<void> {
    try {
      await sync.now();
    } catch (error) {
      if (leases.some((lease) => lease.known === null)) throw error;
    }
  }

  return {
    room(budgets) {
      const leases = budgets.map(book.of);
      const rooms = () => leases.map((lease) => (lease.budget.policy === 'SOFT' ? null : room(lease)));
      const forgotten = leases.filter((lease) => isForgotten(lease, clock.monotonic()));
      for (const lease of forgotten) lease.dirty = true;
      return forgotten.length > 0 ? refreshed(leases).then(rooms) : rooms();
    },
    hold(claims) {
      const leased = claims.map((claim) => ({ ...claim, lease: book.of(claim.budget) }));
      return firstShort(leased, free) === null ? holdNow(leased, wait) : waitForRoom(leased, wait, () => holdNow(leased, wait));
    },
    async quotas(budgets) {
      const leases = budgets.map(book.of);
      await known(leases);
      return leases.map((lease) => ({
        budget: lease.budget,
        used: usedOf(lease),
        held: lease.held,
        resetsAt: lease.period.end,
      }));
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

function holdNow(claims: readonly LeasedClaim[], wait: QuotaWait): Hold {
  for (const { lease, amount } of claims) hold(lease, amount);
  if (claims.length > 0) wait.sync.schedule();
  return createHold(claims, wait);
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
        const actual = used[claim.budget.meter] ?? 0n;
        settle(claim.lease, claim.amount, actual);
        return toDraw(claim, actual);
      });
      const now = clock.monotonic();
      if (claims.length > 0) sync.schedule(claims.some(({ lease }) => now < lease.recalledUntil) ? 'WANTED' : 'USUAL');
      return settled;
    },
  };
}

function toDraw({ budget, lease }: LeasedClaim, amount: bigint): BudgetDraw {
  return { budgetId: budget.id, periodStart: lease.period.start, amount };
}
