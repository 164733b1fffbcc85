import type { SpentBefore } from '../ports/quota.ts';

/**
 * What a lease of a sliding window remembers beside its totals: when what it holds was held, so that it counts from then on, for the length of the
 * window and no longer, however long the call takes. All times are this replica's monotonic clock's; the store is told durations only.
 */
export interface Sliding {
  readonly lengthMs: number;
  /** What is held, oldest first. What leaves it before it is settled has outlived the window. */
  readonly open: Set<HeldClaim>;
  /** Spent and not told yet, by when it was held. */
  readonly untold: Map<number, bigint>;
  /** Told, and not known to be booked: up to which total it was held when, in the order of the totals. */
  told: readonly SpentAt[];
  /** When the last report was made that the store has answered. */
  answeredAt: number;
}

export interface HeldClaim {
  readonly amount: bigint;
  readonly heldAt: number;
}

interface SpentAt {
  readonly upto: bigint;
  readonly at: number;
}

/** Of what was held so long ago nothing counts any more. */
export const longAgo = Number.NEGATIVE_INFINITY;

/**
 * The database charges what a replica has out that it has not heard of for 30 s, as if it were held at that moment, and lets it come back a window later.
 * So a lease is good for less than that from the moment when it was last asked about: by then all is held that may ever be.
 */
const goodForMs = 25_000;
/** The store counts what was held for this part of the window's length, at the most: it books sixtieths of it, and half a one is grace. */
export const longestPart = 1.025;
/** Moments of holding are told apart no finer than this part of the window; the later one counts. */
const momentsAWindow = 240;

export function createSliding(lengthMs: number): Sliding {
  return { lengthMs, open: new Set(), untold: new Map(), told: [], answeredAt: longAgo };
}

/** Whether something may be held in the lease now. */
export function isGood(sliding: Sliding | null, now: number): boolean {
  return sliding === null || now - sliding.answeredAt < goodForMs;
}

export function noteSpent({ lengthMs, untold }: Sliding, amount: bigint, heldAt: number): void {
  if (amount === 0n) return;
  const momentMs = lengthMs / momentsAWindow;
  const at = Math.ceil(heldAt / momentMs) * momentMs;
  untold.set(at, (untold.get(at) ?? 0n) + amount);
}

/** Takes out what was held longer ago than the window counts, and answers it. */
export function takeOutlived({ lengthMs, open }: Sliding, now: number): readonly HeldClaim[] {
  const outlived: HeldClaim[] = [];
  for (const claim of open) {
    if (claim.heldAt + lengthMs * longestPart > now) break;
    open.delete(claim);
    outlived.push(claim);
  }
  return outlived;
}

/** For the report: of how long ago what was spent is. `spent` is all that the lease has spent. */
export function tellSpent(sliding: Sliding, spent: bigint, now: number): readonly SpentBefore[] {
  const told = merged(sliding, now);
  let upto = spent;
  for (const amount of sliding.untold.values()) upto -= amount;
  for (const [at, amount] of sliding.untold) {
    upto += amount;
    told.push({ upto, at });
  }
  sliding.untold.clear();
  sliding.told = told;
  return told.map((each) => ({ upto: each.upto, ageMs: Math.floor(Math.max(0, Math.min(now - each.at, sliding.lengthMs * 2))) }));
}

/** The store has booked what was told. */
export function forgetTold(sliding: Sliding, booked: bigint): void {
  sliding.told = sliding.told.filter(({ upto }) => upto > booked);
}

/** What was spent, still counts and is not booked; `reported` is the total that the store knows. */
export function unbooked({ untold, told }: Sliding, reported: bigint): bigint {
  let sum = 0n;
  for (const [at, amount] of untold) if (at !== longAgo) sum += amount;
  let before = reported;
  for (const { upto, at } of told) {
    if (upto <= before) continue;
    if (at !== longAgo) sum += upto - before;
    before = upto;
  }
  return sum;
}

/** While the store is away, what counts no more is told as one. */
function merged({ told, lengthMs }: Sliding, now: number): SpentAt[] {
  const counts = ({ at }: SpentAt) => now - at <= lengthMs * longestPart;
  const kept: SpentAt[] = [];
  for (const each of told) {
    const last = kept.at(-1);
    if (last !== undefined && !counts(last) && !counts(each)) kept.pop();
    kept.push(each);
  }
  return kept;
}
