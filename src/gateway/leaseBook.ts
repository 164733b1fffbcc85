import type { Budget } from '../domain/budget.ts';
import { periodAt } from '../domain/period.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lease } from './lease.ts';
import { createLease, leave } from './lease.ts';

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

/** Time never goes back for a budget: a period that was left is accounted for, and a second account of it would spend its grant twice. */
export function createLeaseBook(clock: Clock): LeaseBook {
  const current = new Map<string, Lease>();
  const past = new Set<Lease>();
  /** The ends of the last periods left. */
  const reached = new Map<string, number>();

  function retire(lease: Lease): void {
    leave(lease);
    past.add(lease);
    reached.set(lease.budget.id, lease.period.end ?? 0);
    current.delete(lease.budget.id);
  }

  return {
    of(budget) {
      const lease = current.get(budget.id);
      const now = clock.now();
      if (lease !== undefined && !hasEnded(lease, now)) {
        lease.budget = budget;
        return lease;
      }
      if (lease !== undefined) retire(lease);
      const at = Math.max(now, reached.get(budget.id) ?? 0);
      const next = createLease(budget, periodAt(budget.window, at, budget.timeZone), clock.monotonic());
      current.set(budget.id, next);
      return next;
    },
    all: () => [...past, ...current.values()],
    retire(now) {
      for (const lease of current.values()) if (hasEnded(lease, now)) retire(lease);
    },
    prune() {
      for (const lease of past) if (lease.held === 0n && lease.waiting.size === 0 && !lease.dirty) past.delete(lease);
    },
  };
}

function hasEnded({ period }: Lease, now: number): boolean {
  return period.end !== null && period.end <= now;
}
