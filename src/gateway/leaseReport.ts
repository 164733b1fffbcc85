import type { LeaseGrant, LeaseReport } from '../ports/quota.ts';
import type { Lease } from './lease.ts';
import { free, giveBackOutlived, recall, room } from './lease.ts';
import { forgetTold, tellSpent } from './sliding.ts';

/** How far ahead a grant should reach: a second of the present pace, or this part of the limit, so that few calls wait for the store. */
const leastPartAhead = 100n;
const paceMs = 100;
/** A lease of which nothing was held for so long goes back whole. */
const idleMs = 2000;
/** The others are asked no oftener than this. */
const recallEveryMs = 25;

export interface Moment {
  /** Monotonic. */
  readonly now: number;
  /** This exchange only gives back: who recalls is to have a chance before this replica asks again. */
  readonly yielding: boolean;
}

export interface LeaseAnswer {
  readonly grant: LeaseGrant;
  /** What it answers. */
  readonly told: LeaseReport;
  /** Monotonic: when that was told, and now. */
  readonly toldAt: number;
  readonly now: number;
}

/** What to tell the store: totals, what is wanted, and what nobody here needs. */
export function report(lease: Lease, { now, yielding }: Moment): LeaseReport {
  giveBackOutlived(lease, now);
  const ahead = lookAhead(lease, now);
  lease.returned += spare(lease, ahead, yielding);
  lease.recalled = false;
  const want = yielding || lease.over ? 0n : wanted(lease, ahead);
  const least = want === 0n ? 0n : atLeast(smallest(lease) - free(lease));
  const recalls = least > 0n && now - lease.recallingAt >= recallEveryMs;
  if (recalls) lease.recallingAt = now;
  return {
    budgetId: lease.budget.id,
    periodStart: lease.period.start,
    periodEnd: lease.period.end,
    spent: lease.spent,
    overrun: lease.overrun,
    returned: lease.returned,
    granted: lease.granted,
    want,
    least,
    recall: recalls,
    slidingMs: lease.sliding?.lengthMs ?? null,
    held: lease.sliding === null ? [] : tellSpent(lease.sliding, lease.spent, now),
    refused: lease.refused,
    refusedAmount: lease.refusedAmount,
  };
}

/** Totals only grow, so an answer that comes late or twice changes nothing. */
export function accept(lease: Lease, { grant, told, toldAt, now }: LeaseAnswer): void {
  if (grant.granted > lease.granted) lease.granted = grant.granted;
  if (grant.returned > lease.returned) lease.returned = grant.returned;
  const beside = lease.sliding === null ? 0n : told.overrun;
  const own = atLeast(grant.granted - (told.spent - beside) - grant.returned);
  const recalledByOthers = !told.recall && lease.known !== null && grant.recalls > lease.known.recalls;
  lease.known = {
    limit: grant.limit,
    spentByAll: grant.spentByAll,
    leasedByAll: grant.leasedByAll,
    leasedByOthers: atLeast(grant.leasedByAll - own),
    reportedSpent: told.spent,
    replicas: grant.replicas,
    recalls: grant.recalls,
    comingBack: grant.comingBack,
    refused: { count: grant.refused, amount: grant.refusedAmount },
    reportedRefused: { count: told.refused, amount: told.refusedAmount },
    at: now,
  };
  if (lease.sliding !== null) {
    lease.sliding.answeredAt = toldAt;
    forgetTold(lease.sliding, told.spent);
  }
  if (recalledByOthers) recall(lease, now);
}

/** Asked for, and waiting for an answer that the others have to make possible. */
export function mustYield(lease: Lease): boolean {
  return lease.recalled && lease.waiting.size > 0 && free(lease) > 0n;
}

/** What is not needed. Twice what looking ahead needs may stay, so that it does not go to and fro. */
function spare(lease: Lease, ahead: bigint, yielding: boolean): bigint {
  const unused = atLeast(free(lease));
  if (lease.over || (yielding && lease.recalled)) return unused;
  if (lease.waiting.size === 0) return atLeast(unused - ahead * 2n);
  // Too little for anyone who waits here, and the store has no more: elsewhere it may be enough.
  return room(lease) < smallest(lease) ? unused : 0n;
}

function wanted(lease: Lease, ahead: bigint): bigint {
  const unused = free(lease);
  if (lease.waiting.size === 0 && unused >= ahead) return 0n;
  let sum = ahead;
  for (const { amount } of lease.waiting) sum += amount;
  return atLeast(sum - unused);
}

function smallest({ waiting }: Lease): bigint {
  let least: bigint | null = null;
  for (const { amount } of waiting) if (least === null || amount < least) least = amount;
  return least ?? 0n;
}

/** A second's worth, by a sliding average of what is held; never more than a fair part of what is left, and nothing while others are short. */
function lookAhead(lease: Lease, now: number): bigint {
  measurePace(lease, now);
  const { known, budget } = lease;
  if (known === null || now < lease.recalledUntil || (lease.pace === 0 && lease.waiting.size === 0)) return 0n;
  const byPace = BigInt(Math.ceil(lease.pace));
  const byLimit = known.limit / leastPartAhead;
  const ahead = byPace > byLimit ? byPace : byLimit;
  if (budget.policy === 'SOFT') return ahead;
  const fair = atLeast(known.limit - known.spentByAll) / BigInt(2 * Math.max(1, known.replicas));
  return ahead < fair ? ahead : fair;
}

function measurePace(lease: Lease, now: number): void {
  const elapsedMs = now - lease.paceAt;
  if (elapsedMs < paceMs) return;
  const current = (Number(lease.heldSincePace) / elapsedMs) * 1000;
  if (current > 0) lease.busyAt = now;
  const pace = lease.pace === 0 ? current : lease.pace * 0.7 + current * 0.3;
  lease.pace = pace < 1 || now - lease.busyAt >= idleMs ? 0 : pace;
  lease.heldSincePace = 0n;
  lease.paceAt = now;
}

function atLeast(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
