import type { Attempt } from '../../domain/attempt.ts';
import { sumCosts, sumUsages } from '../../domain/attempt.ts';
import type { Nanodollars } from '../../domain/money.ts';
import { noCost } from '../../domain/price.ts';
import type { TokenUsage } from '../../domain/usage.ts';
import { noUsage } from '../../domain/usage.ts';
import type { AttemptStart, CallStart, UsageEvent } from '../../domain/usageEvent.ts';

/** What is known of a call of which no end was read yet. */
export interface OpenCall {
  start: CallStart | null;
  readonly attempts: AttemptStart[];
}

const unknownUsage: TokenUsage = { ...noUsage, basis: 'ESTIMATED' };

/**
 * The row of a call whose end nobody knows: what had ended is booked as it was, the attempt under way at what was held for it.
 * Null where the segment with the call's beginning is gone: then the call has ended and is in the database.
 */
export function toUnknown({ start, attempts: begun }: OpenCall): UsageEvent | null {
  const last = begun.at(-1);
  if (start === null || last === undefined) return null;
  const attempts = toAttempts(start, begun, last);
  return {
    ...start,
    outcome: 'UNKNOWN',
    errorCode: 'OUTCOME_UNKNOWN',
    model: last.model,
    provider: last.provider,
    offer: last.offer,
    region: last.region,
    simulated: last.simulated,
    usage: sumUsages(attempts),
    cost: sumCosts(attempts),
    saved: null,
    firstTokenMs: null,
    durationMs: 0,
    finishReason: null,
    providerFinishReason: null,
    attempts,
    draws: last.holds,
  };
}

/** An older log says of an attempt only that it was about to begin; the last one's hold then covers those before it. */
function toAttempts(start: CallStart, begun: readonly AttemptStart[], last: AttemptStart): readonly Attempt[] {
  const told = last.earlier.length === begun.length - 1;
  const earlier = told ? last.earlier : begun.slice(0, -1).map((attempt) => toUnknownAttempt(start, attempt, 0n));
  const before = sumCosts(earlier)?.total ?? 0n;
  return [...earlier, toUnknownAttempt(start, last, last.mostCost === null ? null : last.mostCost - before)];
}

function toUnknownAttempt(start: CallStart, attempt: AttemptStart, held: Nanodollars | null): Attempt {
  const { provider, model, offer, providerModel, price, priceSource } = attempt;
  return {
    provider,
    model,
    offer,
    providerModel,
    answeredModel: null,
    outcome: 'UNKNOWN',
    errorCode: 'OUTCOME_UNKNOWN',
    // No attempt begins before its call; an older log does not say when it did.
    startedAt: Math.max(start.startedAt, attempt.startedAt),
    firstTokenMs: null,
    durationMs: 0,
    usage: unknownUsage,
    price,
    priceSource,
    // What it was for nobody knows, so all of it stands as the call's fee.
    cost: held === null ? null : { ...noCost, total: held, request: held },
    apportioned: false,
    providerRequestId: null,
  };
}
