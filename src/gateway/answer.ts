import type { Attempt } from '../domain/attempt.ts';
import type { Completion, CompletionError, CompletionRequest } from '../domain/completion.ts';
import type { GatewayError } from '../domain/errors.ts';
import { errorTraits } from '../domain/errors.ts';
import type { ModelSlug, OfferId } from '../domain/id.ts';
import type { Model, Offer } from '../domain/model.ts';
import { noUsage } from '../domain/usage.ts';
import type { UsageEvent } from '../domain/usageEvent.ts';
import type { CatalogSnapshot } from '../ports/catalog.ts';
import type { Fold } from './fold.ts';
import { foldedAlternatives, foldedMessage, foldedToolCalls } from './fold.ts';
import type { Ranking, Route } from './router.ts';

export function toCompletionError(error: GatewayError): CompletionError {
  const { code, message, retryable, retryAfterMs, details } = error;
  return { code, message, retryable, retryAfterMs, details };
}

type WrittenPart = Pick<Completion, keyof typeof unkept>;

/** What the model wrote, as far as it came. */
export function writtenPart(fold: Fold): WrittenPart {
  return {
    message: foldedMessage(fold),
    text: fold.text,
    reasoning: fold.reasoning === '' ? null : fold.reasoning,
    toolCalls: foldedToolCalls(fold),
    logprobs: fold.logprobs,
    citations: fold.citations,
    alternatives: foldedAlternatives(fold),
    schemaMethod: fold.schemaMethod,
    providerMetadata: fold.metadata,
    warnings: fold.warnings,
  };
}

/** What the ledger row says of a call: all but its text. */
export function bookedPart(event: UsageEvent): Omit<Completion, keyof WrittenPart | 'model' | 'offer' | 'routing' | 'error'> {
  return {
    id: event.id,
    state: event.outcome,
    finishReason: event.finishReason,
    providerFinishReason: event.providerFinishReason,
    requestedModel: event.requestedModel,
    usage: event.usage,
    cost: event.cost,
    saved: event.saved,
    timing: { startedAt: event.startedAt, firstTokenMs: event.firstTokenMs, durationMs: event.durationMs },
    attempts: event.attempts,
    tags: event.tags,
  };
}

/** What is known of a call that has not ended. */
export function runningCompletion(call: RunningCall, attempts: readonly Attempt[]): Completion {
  const { id, request, startedAt, ranking, first } = call;
  return {
    ...unkept,
    id,
    state: 'RUNNING',
    finishReason: null,
    providerFinishReason: null,
    requestedModel: request.model,
    model: first.route.model,
    offer: first.route.offer,
    usage: noUsage,
    cost: null,
    saved: null,
    timing: { startedAt, firstTokenMs: null, durationMs: 0 },
    attempts,
    routing: ranking.considered,
    tags: request.tags,
    error: null,
  };
}

interface RunningCall {
  readonly id: Completion['id'];
  readonly request: CompletionRequest;
  readonly startedAt: number;
  readonly ranking: Ranking;
  readonly first: { readonly route: Route };
}

const unkept = {
  message: null,
  text: null,
  reasoning: null,
  toolCalls: [],
  logprobs: null,
  citations: [],
  alternatives: [],
  schemaMethod: null,
  providerMetadata: null,
  warnings: [],
} as const;

/** A completion of long ago, from its ledger row: without its text. */
export function fromUsageEvent(event: UsageEvent, { models }: CatalogSnapshot): Completion {
  const model = event.model === null ? null : findModel(models, event.model);
  return {
    ...bookedPart(event),
    ...unkept,
    model,
    offer: event.offer === null ? null : findOffer(model, event.offer),
    routing: [],
    error: event.errorCode === null ? null : bookedError(event.errorCode),
  };
}

function bookedError(code: NonNullable<UsageEvent['errorCode']>): CompletionError {
  return {
    code,
    message: 'The completion ended with this error.',
    retryable: errorTraits[code].retryable,
    retryAfterMs: null,
    details: {},
  };
}

function findModel(models: CatalogSnapshot['models'], slug: ModelSlug): Model | null {
  return models.get(slug) ?? null;
}

function findOffer(model: Model | null, id: OfferId): Offer | null {
  return model?.offers.find((offer) => offer.id === id) ?? null;
}
