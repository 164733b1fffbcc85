import { binds } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lease, LeasedClaim } from './lease.ts';
import { backAfter, free, resetAt, room, usedOf } from './lease.ts';

/** Calls under way give back what they do not use: worth asking again soon. */
const heldRetryMs = 1000;

/** The first claim that does not fit; those of SOFT and shadow budgets always fit. */
export function firstShort(claims: readonly LeasedClaim[], spaceIn: (lease: Lease) => bigint): LeasedClaim | null {
  return claims.find(({ budget, lease, amount }) => binds(budget) && spaceIn(lease) < amount) ?? null;
}

/** What is used leaves too little, whatever is held and given back. */
export function isExhausted({ budget, lease, amount }: LeasedClaim): boolean {
  return binds(budget) && budget.meter !== 'PARALLEL' && usedOf(lease) + amount > (lease.known?.limit ?? budget.limit);
}

/** EXHAUSTED: used up until the period ends, or enough of a minute's use is a minute old. HELD: calls under way hold what is left. */
export function quotaRefusal(claims: readonly LeasedClaim[], clock: Clock): GatewayError {
  const short = claims.find(isExhausted) ?? firstShort(claims, room) ?? firstShort(claims, free) ?? claims[0];
  if (short === undefined) return new GatewayError('INTERNAL', 'A hold was refused that asked for nothing.');
  const { budget } = short;
  const exhausted = isExhausted(short);
  const retryAfterMs = exhausted ? untilRoom(short, clock) : heldRetryMs;
  const rate = budget.window === 'MINUTE' || budget.meter === 'PARALLEL';
  return new GatewayError(rate ? 'RATE_LIMITED' : 'QUOTA_EXHAUSTED', 'The quota leaves no room for this call.', {
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    details: {
      budget: budget.id,
      scope: budget.scope.type,
      meter: budget.meter,
      window: budget.window,
      reason: exhausted ? 'EXHAUSTED' : 'HELD',
    },
  });
}

/** Null: there never is, or nobody knows when. */
function untilRoom({ lease, amount }: LeasedClaim, clock: Clock): number | null {
  if (lease.sliding !== null) return backAfter(lease, amount, clock.monotonic());
  const end = resetAt(lease);
  return end === null ? null : Math.max(1, end - clock.now());
}
