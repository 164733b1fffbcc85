import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/domain/attempt.ts';
import { noUsage } from '../../src/domain/usage.ts';
import { learn } from '../../src/gateway/attemptSettlement.ts';
import { createOfferHealth } from '../../src/gateway/offerHealth.ts';
import type { Route } from '../../src/gateway/router.ts';
import { createTokenEstimate } from '../../src/gateway/tokenEstimate.ts';
import { fakeDefaults } from '../support/fakeGateway.ts';
import { createManualClock } from '../support/manualClock.ts';
import { completion, model, offer } from '../support/things.ts';

const none = { expected: null, least: null, most: null, floor: null };
const route: Route = { model, offer, inputTokens: 250, inputBound: 1000, answers: 1, likelyBytes: 1000, windowTokens: 250, ...none };

function learnt(changes: Partial<Attempt>) {
  const lessons = {
    health: createOfferHealth(createManualClock(), () => fakeDefaults),
    estimate: createTokenEstimate(),
  };
  const [attempt] = completion.attempts;
  if (attempt === undefined) throw new Error('The completion has no attempt.');
  learn(lessons, route, { ...attempt, ...changes });
  return { ...lessons, record: lessons.health.of(offer.id) };
}

describe('an attempt', () => {
  it('that succeeded teaches how many tokens its prompt had, and how long answers are', () => {
    const { estimate, record } = learnt({ usage: { ...noUsage, inputTokens: 500, outputTokens: 40 } });
    expect([estimate.tokens(model.slug, 1000), estimate.outputTokens(model.slug), record.errorRate]).toEqual([500, 40, 0]);
  });

  it('that failed upstream counts against its offer', () => {
    expect(learnt({ outcome: 'FAILED', errorCode: 'UPSTREAM_UNAVAILABLE' }).record.errorRate).toBe(1);
  });

  it.each(['INVALID_REQUEST', 'CONTENT_FILTERED', 'CONTEXT_TOO_LONG', 'OVERLOADED'] as const)(
    'that failed with %s says nothing about its offer',
    (errorCode) => {
      expect(learnt({ outcome: 'FAILED', errorCode }).record.errorRate).toBeNull();
    },
  );

  it('that was cancelled teaches nothing', () => {
    expect(learnt({ outcome: 'CANCELLED', errorCode: 'CANCELLED' }).record.errorRate).toBeNull();
  });
});
