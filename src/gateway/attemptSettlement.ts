import type { Attempt } from '../domain/attempt.ts';
import type { GatewayError } from '../domain/errors.ts';
import { errorTraits } from '../domain/errors.ts';
import type { TokenUsage } from '../domain/usage.ts';
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
export function settleAttempt(lessons: Lessons, ready: ReadyAttempt, end: AttemptEnd): void {
  const { route, reading } = ready;
  const { error, firstTokenMs, fold } = end;
  const attempt = reading.settle({
    outcome: outcomeOf(error),
    errorCode: error?.code ?? null,
    firstTokenMs,
    usage: withinCap(billedUsage(end, route, lessons.estimate), capOf(ready), fold.usage?.outputTokens ?? 0),
    providerRequestId: fold.providerRequestId,
    answeredModel: fold.answeredModel,
  });
  if (fold.limits !== null) lessons.health.limited(route.offer, fold.limits);
  if (error !== null) lessons.health.refused(route.offer, error);
  learn(lessons, route, attempt);
}

/** Of all answers together; null: none. */
function capOf({ route, reading: { maxOutputTokens } }: ReadyAttempt): number | null {
  return maxOutputTokens === null ? null : maxOutputTokens * route.answers;
}

/** What we estimate of an answer is no more than the cap that the provider was sent; what it reports may be. */
function withinCap(usage: TokenUsage | null, cap: number | null, reported: number): TokenUsage | null {
  if (usage === null || usage.basis === 'MEASURED' || usage.outputTokens === null || cap === null) return usage;
  return { ...usage, outputTokens: Math.min(usage.outputTokens, Math.max(cap, reported)) };
}

export function outcomeOf(error: GatewayError | null): 'SUCCEEDED' | 'CANCELLED' | 'FAILED' {
  if (error === null) return 'SUCCEEDED';
  return error.code === 'CANCELLED' ? 'CANCELLED' : 'FAILED';
}

/** A cancelled attempt teaches nothing, and neither does one whose failure was not the provider's. */
export function learn({ health, estimate }: Lessons, { offer, model, likelyBytes, answers }: Route, attempt: Attempt): void {
  const { outcome, errorCode, usage, firstTokenMs, durationMs } = attempt;
  if (outcome === 'CANCELLED' || (errorCode !== null && errorTraits[errorCode].fault !== 'upstream')) {
    health.left(offer.id);
    return;
  }
  health.observe(offer, { errorCode, firstTokenMs, durationMs, outputTokens: usage?.outputTokens ?? null });
  if (usage?.basis !== 'MEASURED') return;
  if (usage.inputTokens !== null) estimate.learnInput(model.slug, likelyBytes, usage.inputTokens);
  if (usage.outputTokens !== null && errorCode === null) estimate.learnOutput(model.slug, Math.ceil(usage.outputTokens / answers));
}
