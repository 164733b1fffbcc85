import type { ErrorCode } from './errors.ts';
import type { ModelSlug, OfferId, ProviderId } from './id.ts';
import type { Cost, Price } from './price.ts';
import type { TokenUsage } from './usage.ts';

export type AttemptOutcome = 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'UNKNOWN';

/** One try of one offer. Times are milliseconds: `startedAt` since 1970, the others since it. */
export interface Attempt {
  readonly provider: ProviderId;
  readonly model: ModelSlug;
  readonly offer: OfferId;
  readonly outcome: AttemptOutcome;
  readonly errorCode: ErrorCode | null;
  readonly startedAt: number;
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
  /** Null where the attempt used nothing that is billed. */
  readonly usage: TokenUsage | null;
  /** The price in force when it ran, so that its cost can be worked out again. */
  readonly price: Price;
  readonly cost: Cost | null;
  readonly providerRequestId: string | null;
}
