import { binds } from '../domain/budget.ts';
import type { Clock } from '../ports/clock.ts';
import type { LeasedClaim } from './lease.ts';
import { free, room, roomOnRecall } from './lease.ts';
import type { LeaseSync } from './leaseSync.ts';
import { firstShort, isExhausted, quotaRefusal } from './quotaRefusal.ts';
import { isGood } from './sliding.ts';

export interface QuotaWait {
  readonly sync: LeaseSync;
  readonly clock: Clock;
}

/** Others may take meanwhile what was granted: so often is asked again at the most. */
const mostRounds = 4;
/** What others hold without need is recalled, and asked for again at these distances: 60 ms in all. */
const pausesMs = [4, 8, 12, 16, 20];
/** An answer of the store is trusted for so long to say that a budget is used up, unless its limit was changed since: who asks in vain costs no round trip a call. */
const exhaustedMs = 100;

/** Whether all of it can be held now. */
export function fits(claims: readonly LeasedClaim[], now: number): boolean {
  return firstShort(claims, free) === null && claims.every(({ budget, lease }) => isGood(lease.sliding, now) || !binds(budget));
}

/**
 * Asks the store for what is missing, as long as it may come. `take` is called in the step that has seen the claims fit:
 * between an await and the next line, others that were woken by the same answer take what is there.
 */
export async function waitForRoom<Taken>(claims: readonly LeasedClaim[], { sync, clock }: QuotaWait, take: () => Taken): Promise<Taken> {
  if (claims.some((claim) => isExhausted(claim) && isFresh(claim, clock.monotonic()))) throw quotaRefusal(claims, clock);
  for (const claim of claims) claim.lease.waiting.add(claim);
  try {
    return await takeWhenThere(claims, { sync, clock }, take);
  } finally {
    for (const claim of claims) claim.lease.waiting.delete(claim);
  }
}

async function takeWhenThere<Taken>(claims: readonly LeasedClaim[], { sync, clock }: QuotaWait, take: () => Taken): Promise<Taken> {
  const pauses = pausesMs.values();
  let rounds = 0;
  while (rounds < mostRounds) {
    await sync.now();
    if (fits(claims, clock.monotonic())) return take();
    if (firstShort(claims, room) === null) {
      rounds++;
      continue;
    }
    const pause = firstShort(claims, roomOnRecall) === null ? pauses.next().value : undefined;
    if (pause === undefined) break;
    await sleep(clock, pause);
    if (fits(claims, clock.monotonic())) return take();
  }
  throw quotaRefusal(claims, clock);
}

function isFresh({ budget, lease }: LeasedClaim, now: number): boolean {
  return lease.known !== null && lease.known.limit === budget.limit && now - lease.known.at < exhaustedMs;
}

function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.timer(delayMs, resolve);
  });
}
