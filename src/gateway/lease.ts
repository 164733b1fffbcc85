import type { Budget } from '../domain/budget.ts';
import type { Period } from '../domain/period.ts';
import type { ComingBack } from '../ports/quota.ts';
import type { Sliding } from './sliding.ts';
import { createSliding, longAgo, longestPart, noteSpent, takeOutlived, unbooked } from './sliding.ts';

/**
 * This replica's account with one period of one budget. `granted`, `spent`, `overrun` and `returned` only grow; the law is
 * spent - overrun + returned + held <= granted. Only where the store took a lease back, and of a shadow budget, may it be broken for a while, and
 * then nothing more is held; the store's next answer grants what is missing after the fact.
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
  /** Null: all of the period counts. */
  readonly sliding: Sliding | null;
  /** What a shadow budget would have refused: holds, and what they would have held. Only grow. */
  refused: bigint;
  refusedAmount: bigint;
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
  readonly comingBack: readonly ComingBack[];
  /** Of a shadow budget, by all, and what of it is this replica's. */
  readonly refused: Refused;
  readonly reportedRefused: Refused;
  readonly at: number;
}

export interface Refused {
  readonly count: bigint;
  readonly amount: bigint;
}

/** How much a call may draw from one budget at the most. */
export interface Claim {
  readonly budget: Budget;
  readonly amount: bigint;
  /** Of a shadow budget: with so much room it would have let the call through, its answer cut to the room. Absent: the amount. */
  readonly least?: bigint;
}

/** A claim and the lease it is held in. */
export interface LeasedClaim extends Claim {
  readonly lease: Lease;
  /** Monotonic; means something once it is held. */
  heldAt: number;
}

export interface LeasePeriod extends Period {
  readonly slidingMs: number | null;
}

/** `slidingMs`: null where all of the period counts. */
export function createLease(budget: Budget, { slidingMs, ...period }: LeasePeriod, now: number): Lease {
  return {
    budget,
    period,
    sliding: slidingMs === null ? null : createSliding(slidingMs),
    refused: 0n,
    refusedAmount: 0n,
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

/** When the budget begins anew; null: never. Its last period ends with it. */
export function resetAt({ budget, period }: Lease): number | null {
  return period.end === budget.endsAt ? null : period.end;
}

export function hold(claim: LeasedClaim, now: number): void {
  const { lease, amount } = claim;
  lease.held += amount;
  lease.heldSincePace += amount;
  claim.heldAt = now;
  lease.sliding?.open.add(claim);
}

/** Gives a hold back and books what was used; what exceeds the hold is overrun. */
export function settle(claim: LeasedClaim, actual: bigint): void {
  const { lease } = claim;
  // What has outlived a sliding window was given back before: nothing covers what it used, and that counts no more.
  const counts = lease.sliding === null || lease.sliding.open.delete(claim);
  const covered = counts ? claim.amount : 0n;
  if (lease.sliding !== null) noteSpent(lease.sliding, actual, counts ? claim.heldAt : longAgo);
  lease.held -= covered;
  lease.spent += actual;
  if (actual > covered) lease.overrun += actual - covered;
  lease.dirty = true;
}

/** What is still held, and was so long ago that it counts no more, goes back. */
export function giveBackOutlived(lease: Lease, now: number): void {
  if (lease.sliding === null) return;
  for (const { amount } of takeOutlived(lease.sliding, now)) {
    lease.held -= amount;
    lease.returned += amount;
  }
}

/** Used by all replicas, as far as this one knows; of a sliding window, what of it counts. */
export function usedOf({ known, spent, sliding }: Lease): bigint {
  if (sliding !== null) return (known?.spentByAll ?? 0n) + unbooked(sliding, known?.reportedSpent ?? 0n);
  return known === null ? spent : known.spentByAll + spent - known.reportedSpent;
}

/** Of a sliding window: after how long it has room for the amount, if nothing more is used; null: never, or it is not known to slide. */
export function backAfter(lease: Lease, amount: bigint, now: number): number | null {
  const { known, sliding } = lease;
  if (known === null || sliding === null || amount > known.limit) return null;
  let missing = usedOf(lease) + amount - known.limit;
  const sinceMs = now - known.at;
  for (const back of known.comingBack) {
    if (missing <= 0n) break;
    missing -= back.amount;
    if (missing <= 0n) return Math.max(1, Math.ceil(back.afterMs - sinceMs));
  }
  // What is missing yet has only just been used.
  return missing <= 0n ? 1 : Math.ceil(sliding.lengthMs * longestPart);
}

/** Of a sliding window: after how long nothing counts any more that is used now; null: nothing is used. */
export function emptyAfter(lease: Lease, now: number): number | null {
  if (usedOf(lease) === 0n) return null;
  const { known } = lease;
  return known === null ? null : backAfter(lease, known.limit, now);
}

/** What a shadow budget would have refused in this period, by all replicas as far as this one knows; null: it is none. */
export function refusedOf({ budget, known, refused, refusedAmount }: Lease): Refused | null {
  if (!budget.shadow) return null;
  if (known === null) return { count: refused, amount: refusedAmount };
  const { refused: all, reportedRefused: reported } = known;
  return { count: all.count + refused - reported.count, amount: all.amount + refusedAmount - reported.amount };
}

/** What was leased and is not held goes back: what of it may still be held, the store says anew. */
export function giveBack(lease: Lease): void {
  const unused = free(lease);
  if (unused <= 0n) return;
  lease.returned += unused;
  lease.dirty = true;
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
