import type { Budget } from '../domain/budget.ts';
import { binds } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import { minuteMs, periodAt } from '../domain/period.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lease, LeasePeriod } from './lease.ts';
import { createLease, giveBack, leave } from './lease.ts';

/** This replica's leases: one for each budget's present period, and those of periods gone by that still have something to tell. */
export interface LeaseBook {
  /** The lease of the budget's present period. Throws QUOTA_EXHAUSTED when the budget is over. */
  of(budget: Budget): Lease;
  all(): readonly Lease[];
  /** Moves ended periods behind: budgets that nobody asks for any more give their leases back too. */
  retire(now: number): void;
  /** Lets go of past leases that have told everything. */
  prune(): void;
}

/** A clock that is set back by less does not give a budget that is over a second time. */
const rememberedMs = 3_600_000;

/** Time never goes back for a budget: a period that was left is accounted for, and a second account of it would spend its grant twice. */
export function createLeaseBook(clock: Clock, slidingMs: number = minuteMs): LeaseBook {
  const current = new Map<string, Lease>();
  const past = new Set<Lease>();
  /** The ends of the last periods left. */
  const reached = new Map<string, number>();
  /** Budgets that are over, and when they were; in the order in which that was noticed. */
  const over = new Map<string, number>();

  function retire(lease: Lease): void {
    leave(lease);
    past.add(lease);
    const { id, endsAt } = lease.budget;
    const end = lease.period.end ?? 0;
    if (end === endsAt) over.set(id, end);
    else reached.set(id, end);
    current.delete(id);
  }

  return {
    of(budget) {
      const lease = current.get(budget.id);
      const now = clock.now();
      if (lease !== undefined && !hasEnded(lease, now)) {
        if (budget !== lease.budget) edit(lease, budget);
        return lease;
      }
      if (lease !== undefined) retire(lease);
      if (budget.endsAt !== null && (budget.endsAt <= now || over.has(budget.id))) throw isOver(budget);
      const at = Math.max(now, reached.get(budget.id) ?? 0);
      const next = createLease(budget, periodOf(budget, at, slidingMs), clock.monotonic());
      current.set(budget.id, next);
      return next;
    },
    all: () => [...past, ...current.values()],
    retire(now) {
      for (const lease of current.values()) if (hasEnded(lease, now)) retire(lease);
      for (const [id, endsAt] of over) {
        if (endsAt + rememberedMs > now) break;
        over.delete(id);
      }
    },
    prune() {
      for (const lease of past) if (lease.held === 0n && lease.waiting.size === 0 && !lease.dirty) past.delete(lease);
    },
  };
}

/** A minute slides in one period without end. The last period of a budget that ends, ends with it. */
function periodOf({ window, timeZone, endsAt }: Budget, at: number, slidingMs: number): LeasePeriod {
  const slides = window === 'MINUTE';
  const { start, end } = periodAt(slides ? 'TOTAL' : window, at, timeZone);
  return { start, end: endsAt === null || (end !== null && end < endsAt) ? end : endsAt, slidingMs: slides ? slidingMs : null };
}

function edit(lease: Lease, budget: Budget): void {
  if (isTighter(budget, lease.budget)) giveBack(lease);
  lease.budget = budget;
}

/** Edited so that what was leased before may be more than it allows. */
function isTighter(budget: Budget, before: Budget): boolean {
  return budget.limit < before.limit || (binds(budget) && !binds(before));
}

function isOver({ id, scope, meter, window }: Budget): GatewayError {
  return new GatewayError('QUOTA_EXHAUSTED', 'The time of the quota is over.', {
    details: { budget: id, scope: scope.type, meter, window, reason: 'EXHAUSTED' },
  });
}

function hasEnded({ period }: Lease, now: number): boolean {
  return period.end !== null && period.end <= now;
}
