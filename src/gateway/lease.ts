import type { Budget } from '../domain/budget.ts';
import type { Period } from '../domain/period.ts';
import type { LeaseGrant, LeaseReport } from '../ports/store.ts';

/**
 * This replica's account with one period of one budget. `granted`, `spent`, `overrun` and `returned` only grow; the law is
 * spent - overrun + returned + held <= granted.
 */
export interface Lease {
  readonly budget: Budget;
  readonly period: Period;
  granted: bigint;
  spent: bigint;
  overrun: bigint;
  returned: bigint;
  held: bigint;
  /** Asked for by calls that wait; part of the next report. */
  wanted: bigint;
  /** Held per second of late, for looking ahead. */
  pace: number;
  heldSincePace: bigint;
  paceAt: number;
  /** Something is to be told to the store. */
  dirty: boolean;
  /** Its period has passed, or the replica goes: all that is not held goes back, and nothing more is asked for. */
  over: boolean;
  /** As the store last said it. Null before it has said anything. */
  known: { readonly limit: bigint; readonly spentByAll: bigint; readonly leasedByAll: bigint; readonly reportedSpent: bigint } | null;
}

export function createLease(budget: Budget, period: Period, now: number): Lease {
  return {
    budget,
    period,
    granted: 0n,
    spent: 0n,
    overrun: 0n,
    returned: 0n,
    held: 0n,
    wanted: 0n,
    pace: 0,
    heldSincePace: 0n,
    paceAt: now,
    dirty: false,
    over: false,
    known: null,
  };
}

/** What may still be held under the grant at hand. */
export function free(lease: Lease): bigint {
  return lease.granted - (lease.spent - lease.overrun) - lease.returned - lease.held;
}

/** What may be held at the most, if the store grants all that it had left when it last answered. */
export function room(lease: Lease): bigint {
  if (lease.known === null) return free(lease);
  const ungranted = lease.known.limit - lease.known.spentByAll - lease.known.leasedByAll;
  return free(lease) + (ungranted > 0n ? ungranted : 0n);
}

export function hold(lease: Lease, amount: bigint): void {
  lease.held += amount;
  lease.heldSincePace += amount;
}

/** Gives a hold back and books what was used; what exceeds the hold is overrun. */
export function settle(lease: Lease, held: bigint, actual: bigint): void {
  lease.held -= held;
  lease.spent += actual;
  if (actual > held) lease.overrun += actual - held;
  lease.dirty = true;
}

/** Used by all replicas, as far as this one knows. */
export function usedOf({ known, spent }: Lease): bigint {
  return known === null ? spent : known.spentByAll + spent - known.reportedSpent;
}

/** From here on nothing is held in it; the next report returns all that is not held. */
export function leave(lease: Lease): void {
  lease.over = true;
  lease.dirty = true;
}

/** How far ahead a grant should reach: a second of the present pace, or this part of the limit, so that few calls wait for the store. */
const leastPartAhead = 100n;

/** What to tell the store: totals, what is wanted, and what is more than twice what looking ahead needs. */
export function report(lease: Lease, now: number): LeaseReport {
  const ahead = lookAhead(lease, now);
  const spare = free(lease) - ahead * 2n;
  if (lease.over) lease.returned += free(lease) > 0n ? free(lease) : 0n;
  else if (lease.wanted === 0n && spare > 0n && lease.granted > 0n) lease.returned += spare;
  const missing = lease.wanted + ahead - free(lease);
  return {
    budgetId: lease.budget.id,
    periodStart: lease.period.start,
    periodEnd: lease.period.end,
    spent: lease.spent,
    overrun: lease.overrun,
    returned: lease.returned,
    want: !lease.over && missing > 0n && (lease.wanted > 0n || free(lease) < ahead) ? missing : 0n,
  };
}

/** Totals only grow, so an answer that comes late or twice changes nothing. */
export function accept(lease: Lease, grant: LeaseGrant, reportedSpent: bigint): void {
  if (grant.granted > lease.granted) lease.granted = grant.granted;
  lease.known = { limit: grant.limit, spentByAll: grant.spentByAll, leasedByAll: grant.leasedByAll, reportedSpent };
}

/** A second's worth, by a sliding average of what is held. */
function lookAhead(lease: Lease, now: number): bigint {
  const elapsedMs = now - lease.paceAt;
  if (elapsedMs >= 100) {
    const current = (Number(lease.heldSincePace) / elapsedMs) * 1000;
    const pace = lease.pace === 0 ? current : lease.pace * 0.7 + current * 0.3;
    lease.pace = pace < 1 ? 0 : pace;
    lease.heldSincePace = 0n;
    lease.paceAt = now;
  }
  const byPace = BigInt(Math.ceil(lease.pace));
  const byLimit = lease.budget.limit / leastPartAhead;
  return byPace > byLimit ? byPace : byLimit;
}

/** How much a call may draw from one budget at the most. */
export interface Claim {
  readonly budget: Budget;
  readonly amount: bigint;
}

/** A claim and the lease it is held in. */
export interface LeasedClaim extends Claim {
  readonly lease: Lease;
}
