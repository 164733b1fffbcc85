import type { Budget } from '../domain/budget.ts';
import { periodAt } from '../domain/period.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lease } from './lease.ts';
import { createLease } from './lease.ts';

/** This replica's leases: one for each budget's present period, and those of periods gone by that still have something to tell. */
export interface LeaseBook {
  /** The lease of the budget's present period. */
  of(budget: Budget): Lease;
  all(): readonly Lease[];
  /** Moves ended periods behind: budgets that nobody asks for any more give their leases back too. */
  retire(now: number): void;
  /** Lets go of past leases that have told everything. */
  prune(): void;
}

export function createLeaseBook(clock: Clock): LeaseBook {
  const current = new Map<string, Lease>();
  const past = new Set<Lease>();

  function leave(lease: Lease): void {
    lease.dirty = true;
    past.add(lease);
    current.delete(lease.budget.id);
  }

  return {
    of(budget) {
      const now = clock.now();
      const lease = current.get(budget.id);
      if (lease !== undefined && isWithin(lease, now)) return lease;
      if (lease !== undefined) leave(lease);
      const next = createLease(budget, periodAt(budget.window, now, budget.timeZone), now);
      current.set(budget.id, next);
      return next;
    },
    all: () => [...past, ...current.values()],
    retire(now) {
      for (const lease of current.values()) if (lease.period.end !== null && lease.period.end <= now) leave(lease);
    },
    prune() {
      for (const lease of past) if (lease.held === 0n && !lease.dirty) past.delete(lease);
    },
  };
}

function isWithin({ period }: Lease, now: number): boolean {
  return now >= period.start && (period.end === null || now < period.end);
}
