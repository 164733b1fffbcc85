import type { Budget } from '../domain/budget.ts';
import type { Period } from '../domain/period.ts';

/**
 * This replica's account with one period of one budget. `granted`, `spent`, `overrun` and `returned` only grow; the law is
 * spent - overrun + returned + held <= granted.
 */
export interface Lease {
  /** As it was asked for last: a budget may be edited while its period runs. */
  budget: Budget;
  readonly period: Period;
  granted: bigint;
  spent: bigint;
  overrun: bigint;
  returned: bigint;
  held: bigint;
  /** What calls wait for; part of the next report. */
  readonly waiting: Set<Claim>;
  /** Held per second of late, for looking ahead. */
  pace: number;
  heldSincePace: bigint;
  /** Monotonic, like all times here. */
  paceAt: number;
  /** When something was held last, as far as the pace has noticed. */
  busyAt: number;
  /** Until then others lack what this replica does not use: nothing is kept ahead. */
  recalledUntil: number;
  /** Others asked, and were not answered yet. */
  recalled: boolean;
  /** When this replica asked the others last. */
  recallingAt: number;
  /** Something is to be told to the store. */
  dirty: boolean;
  /** Its period has passed, or the replica goes: all that is not held goes back, and nothing more is asked for. */
  over: boolean;
  /** As the store last said it. Null before it has said anything. */
  known: KnownWindow | null;
}

/** A window as the store last said it. */
export interface KnownWindow {
  readonly limit: bigint;
  readonly spentByAll: bigint;
  readonly leasedByAll: bigint;
  /** Leased to others: what of it they do not use comes back when it is recalled. */
  readonly leasedByOthers: bigint;
  /** What of `spentByAll` is this replica's. */
  readonly reportedSpent: bigint;
  readonly replicas: number;
  readonly recalls: bigint;
  readonly at: number;
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

export function createLease(budget: Budget, period: Period, now: number): Lease {
  return {
    budget,
    period,
    granted: 0n,
    spent: 0n,
    overrun: 0n,
    returned: 0n,
    held: 0n,
    waiting: new Set(),
    pace: 0,
    heldSincePace: 0n,
    paceAt: now,
    busyAt: now,
    recalledUntil: Number.NEGATIVE_INFINITY,
    recalled: false,
    recallingAt: Number.NEGATIVE_INFINITY,
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

/** What may be held at the most, if besides the others give back all that they were leased. */
export function roomOnRecall(lease: Lease): bigint {
  return room(lease) + (lease.known?.leasedByOthers ?? 0n);
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

/** So long nothing is kept ahead after others have asked. */
const recalledMs = 1000;

/** Others lack what this replica does not use: the next report returns it. */
export function recall(lease: Lease, now: number): void {
  lease.recalledUntil = now + recalledMs;
  lease.recalled = true;
  if (free(lease) > 0n) lease.dirty = true;
}
