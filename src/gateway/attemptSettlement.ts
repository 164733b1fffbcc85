import type { Attempt } from '../domain/attempt.ts';
import type { GatewayError } from '../domain/errors.ts';
import { errorTraits } from '../domain/errors.ts';
import type { AttemptEnd } from './attempt.ts';
import { billedUsage } from './attempt.ts';
import type { ReadyAttempt } from './attemptOrder.ts';
import type { OfferHealth } from './offerHealth.ts';
import type { Route } from './router.ts';
import type { TokenEstimate } from './tokenEstimate.ts';

/** What attempts teach, for the calls after them. */
export interface Lessons {
  readonly estimate: TokenEstimate;
  readonly health: OfferHealth;
}

/** Books an attempt and learns from it. */
export function settleAttempt(lessons: Lessons, { route, reading }: ReadyAttempt, end: AttemptEnd): void {
  const { error, firstTokenMs, fold } = end;
  const attempt = reading.settle({
    outcome: outcomeOf(error),
    errorCode: error?.code ?? null,
    firstTokenMs,
    usage: billedUsage(end, route, lessons.estimate),
    providerRequestId: fold.providerRequestId,
  });
  learn(lessons, route, attempt);
}

export function outcomeOf(error: GatewayError | null): 'SUCCEEDED' | 'CANCELLED' | 'FAILED' {
  if (error === null) return 'SUCCEEDED';
  return error.code === 'CANCELLED' ? 'CANCELLED' : 'FAILED';
}

/** A cancelled attempt teaches nothing, and neither does one whose failure was not the provider's. */
export function learn({ health, estimate }: Lessons, { offer, model, likelyBytes }: Route, attempt: Attempt): void {
  const { outcome, errorCode, usage, firstTokenMs, durationMs } = attempt;
  if (outcome === 'CANCELLED' || (errorCode !== null && errorTraits[errorCode].fault !== 'upstream')) return;
  const failed = outcome === 'FAILED';
  health.observe(offer.id, { failed, firstTokenMs, durationMs, outputTokens: usage?.outputTokens ?? null });
  if (usage?.basis !== 'MEASURED') return;
  if (usage.inputTokens !== null) estimate.learnInput(model.slug, likelyBytes, usage.inputTokens);
  if (usage.outputTokens !== null && !failed) estimate.learnOutput(model.slug, usage.outputTokens);
}
