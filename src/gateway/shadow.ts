import type { LeasedClaim } from './lease.ts';
import { room, roomOnRecall } from './lease.ts';

// A shadow budget is leased like any other, so that it shows what it would do; but nobody waits for it: what its leases have not at hand is held at
// once where the store had room when it last answered, and granted after the fact.

/** What the store said so long ago says little about what it would say now. */
const forgottenMs = 1000;

/** The claims to be held: of shadow budgets only what they would have let through. What they would not is noted, and the call goes on without it. */
export function letThrough(claims: readonly LeasedClaim[], now: number): readonly LeasedClaim[] {
  return claims.some(({ budget }) => budget.shadow) ? claims.flatMap((claim) => judged(claim, now) ?? []) : claims;
}

function judged(claim: LeasedClaim, now: number): LeasedClaim | null {
  const { budget, amount, least = amount } = claim;
  if (!budget.shadow || budget.policy === 'SOFT') return claim;
  const space = spaceIn(claim, now) ?? (least > amount ? 0n : amount);
  if (space < least) return noted(claim);
  return space < amount ? { ...claim, amount: space } : claim;
}

function noted({ lease, amount }: LeasedClaim): null {
  lease.refused += 1n;
  lease.refusedAmount += amount;
  lease.dirty = true;
  return null;
}

/** Null: the store has not said it of late. */
function spaceIn({ budget, lease }: LeasedClaim, now: number): bigint | null {
  if (lease.known === null || now - lease.known.at > forgottenMs) return null;
  // Calls that are under way elsewhere keep their places.
  return budget.meter === 'PARALLEL' ? room(lease) : roomOnRecall(lease);
}
