import type { Budget, BudgetDraw, Meter, Quota } from '../domain/budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { Claim, Lease, LeasedClaim } from './lease.ts';
import { free, hold, leave, room, settle, usedOf } from './lease.ts';
import { createLeaseBook } from './leaseBook.ts';
import type { LeaseSync, LeaseSyncParts } from './leaseSync.ts';
import { createLeaseSync } from './leaseSync.ts';
import { firstShort, quotaRefusal } from './quotaRefusal.ts';

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

/** A hold that finds too little asks the store this often at the most: others may take meanwhile what was granted. */
const mostRounds = 4;

export function createQuotaPool(parts: LeaseSyncParts): QuotaPool {
  const { clock, log } = parts;
  const book = createLeaseBook(clock);
  const sync = createLeaseSync(parts, book);

  async function known(leases: readonly Lease[]): Promise<void> {
    if (leases.some((lease) => lease.known === null)) await sync.now();
  }

  return {
    room(budgets) {
      const leases = budgets.map(book.of);
      const rooms = () => leases.map((lease) => (lease.budget.policy === 'SOFT' ? null : room(lease)));
      return leases.some((lease) => lease.known === null) ? known(leases).then(rooms) : rooms();
    },
    hold(claims) {
      const leased = claims.map((claim) => ({ ...claim, lease: book.of(claim.budget) }));
      return firstShort(leased, free) === null ? holdNow(leased, sync) : holdLater(leased, { sync, clock });
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

function holdNow(claims: readonly LeasedClaim[], sync: LeaseSync): Hold {
  for (const { lease, amount } of claims) hold(lease, amount);
  if (claims.length > 0) sync.schedule();
  return createHold(claims, sync);
}

/** Asks the store for what is missing, as long as it may have it. */
async function holdLater(
  claims: readonly LeasedClaim[],
  { sync, clock }: { readonly sync: LeaseSync; readonly clock: Clock },
): Promise<Hold> {
  for (let round = 0; round < mostRounds; round++) {
    for (const { lease, amount } of claims) lease.wanted += amount;
    try {
      await sync.now();
    } finally {
      for (const { lease, amount } of claims) lease.wanted -= amount;
    }
    if (firstShort(claims, free) === null) return holdNow(claims, sync);
    if (firstShort(claims, room) !== null) break;
  }
  throw quotaRefusal(claims, clock.now());
}

function createHold(claims: readonly LeasedClaim[], sync: LeaseSync): Hold {
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
      if (claims.length > 0) sync.schedule();
      return settled;
    },
  };
}

function toDraw({ budget, lease }: LeasedClaim, amount: bigint): BudgetDraw {
  return { budgetId: budget.id, periodStart: lease.period.start, amount };
}
