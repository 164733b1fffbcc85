import type { Attempt } from './attempt.ts';
import type { BudgetDraw } from './budget.ts';
import type { ErrorCode } from './errors.ts';
import type { ApiKeyId, CompletionId, Holder, ModelSlug, OfferId, OrganizationId, ProviderId, ReplicaId, TeamId, UserId } from './id.ts';
import type { FactSource } from './model.ts';
import type { Nanodollars } from './money.ts';
import type { Cost, Price } from './price.ts';
import type { FinishReason } from './providerEvent.ts';
import type { Tag } from './tag.ts';
import type { TokenUsage } from './usage.ts';

export type Operation = 'COMPLETION' | 'EMBEDDING';
export type Outcome = 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'UNKNOWN';

/** What is known of a call when it is admitted: written before a provider is asked, so that a crash cannot hide the call. */
export interface CallStart {
  readonly id: CompletionId;
  readonly replicaId: ReplicaId;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly operation: Operation;
  readonly streamed: boolean;
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
  readonly userId: UserId | null;
  readonly apiKeyId: ApiKeyId | null;
  readonly holder: Holder;
  readonly endUser: string | null;
  readonly tags: readonly Tag[];
  readonly requestedModel: string;
  readonly alias: string | null;
}

/** The offer an attempt is about to ask and the most it may draw; a crash charges these. Written before the offer is asked. */
export interface AttemptStart {
  readonly id: CompletionId;
  readonly model: ModelSlug;
  readonly provider: ProviderId;
  readonly offer: OfferId;
  readonly simulated: boolean;
  readonly region: string | null;
  /** The name by which the provider is asked for the model. Null: not written down. */
  readonly providerModel: string | null;
  readonly price: Price;
  readonly priceSource: FactSource | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The call's attempts that have ended. */
  readonly earlier: readonly Attempt[];
  /** All that the call has drawn and holds so far, this attempt's hold included. */
  readonly holds: readonly BudgetDraw[];
  /** The most the whole call can have cost with this attempt, earlier ones included; null where a price or a cap is unknown. */
  readonly mostCost: Nanodollars | null;
}

/** One row a call, written once, however it ended. No prompt and no answer in it. */
export interface UsageEvent extends CallStart {
  readonly outcome: Outcome;
  readonly errorCode: ErrorCode | null;
  readonly model: ModelSlug | null;
  readonly provider: ProviderId | null;
  readonly offer: OfferId | null;
  readonly region: string | null;
  readonly simulated: boolean;
  readonly usage: TokenUsage;
  /** The sum of all attempts; null where a price is unknown. */
  readonly cost: Cost | null;
  readonly saved: Nanodollars | null;
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
  readonly finishReason: FinishReason | null;
  readonly providerFinishReason: string | null;
  readonly attempts: readonly Attempt[];
  readonly draws: readonly BudgetDraw[];
}
