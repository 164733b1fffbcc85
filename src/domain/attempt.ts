import type { ErrorCode } from './errors.ts';
import type { ModelSlug, OfferId, ProviderId } from './id.ts';
import type { FactSource } from './model.ts';
import type { Cost, Price } from './price.ts';
import { addCost, noCost } from './price.ts';
import type { TokenUsage } from './usage.ts';
import { addUsage, noUsage } from './usage.ts';

export type AttemptOutcome = 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'UNKNOWN';

/** One try of one offer. Times are milliseconds: `startedAt` since 1970, the others since it. */
export interface Attempt {
  readonly provider: ProviderId;
  readonly model: ModelSlug;
  readonly offer: OfferId;
  /** The name by which the provider was asked for the model. Null: not written down. */
  readonly providerModel: string | null;
  /** The name by which the provider answered. Null: it gave none. */
  readonly answeredModel: string | null;
  readonly outcome: AttemptOutcome;
  readonly errorCode: ErrorCode | null;
  readonly startedAt: number;
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
  /** Null where the attempt used nothing that is billed. */
  readonly usage: TokenUsage | null;
  /** The price in force when it ran, so that its cost can be worked out again. */
  readonly price: Price;
  /** Where that price came from. Null: not known, or not written down. */
  readonly priceSource: FactSource | null;
  /** Of an attempt whose end nobody knows: what was held for it. */
  readonly cost: Cost | null;
  /** True: the cost is a part of what a provider's call has cost that others share, and does not follow from these tokens and this price alone. */
  readonly apportioned: boolean;
  readonly providerRequestId: string | null;
}

/** What attempts cost together: nothing billed costs nothing; what has no known price makes the whole unknown. */
export function sumCosts(attempts: readonly Pick<Attempt, 'usage' | 'cost'>[]): Cost | null {
  let total: Cost = noCost;
  for (const { usage, cost } of attempts) {
    if (usage === null) continue;
    if (cost === null) return null;
    total = addCost(total, cost);
  }
  return total;
}

/** What attempts used together. */
export function sumUsages(attempts: readonly Pick<Attempt, 'usage'>[]): TokenUsage {
  return attempts.reduce((total, { usage }) => (usage === null ? total : addUsage(total, usage)), noUsage);
}
