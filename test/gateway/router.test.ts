import { describe, expect, it } from 'vitest';
import type { MessagePart } from '../../src/domain/message.ts';
import type { Offer } from '../../src/domain/model.ts';
import type { RoutePreferences } from '../../src/domain/route.ts';
import { noPreferences } from '../../src/domain/route.ts';
import { createOfferHealth } from '../../src/gateway/offerHealth.ts';
import type { RouteQuestion } from '../../src/gateway/router.ts';
import { createRouter, noRoute, questionOf } from '../../src/gateway/router.ts';
import { createTokenEstimate } from '../../src/gateway/tokenEstimate.ts';
import { fakeDefaults } from '../support/fakeGateway.ts';
import { offerOf } from '../support/houseCatalog.ts';
import { createManualClock } from '../support/manualClock.ts';
import { promptOf } from '../support/providerCall.ts';
import { model } from '../support/things.ts';

type Changes = Partial<Offer>;

/** Ranks offers named `a`, `b`, `c`, each twice as dear as the one before, changed as given. */
function ranked(changes: readonly Changes[], preferences: Partial<RoutePreferences> = {}, question: Partial<RouteQuestion> = {}) {
  const offers = changes.map((change, index) => ({ ...offerOf(model.slug, 'abc'[index] ?? 'z', 2n ** BigInt(index)), ...change }));
  const health = createOfferHealth(createManualClock(), () => fakeDefaults);
  const asked = questionOf(promptOf(), { preferences: { ...noPreferences, ...preferences }, maxOutputTokens: 100, maxCost: null });
  const rank = () => createRouter(createTokenEstimate(), health).rank([{ ...model, offers }], { ...asked, ...question });
  const order = () => rank().routes.map(({ offer }) => String(offer.provider));
  return { health, offers, rank, order, reasons: () => rank().considered.map(({ rejected }) => rejected) };
}

const dear = { price: offerOf(model.slug, 'x', 100n).price };
const unpriced = { price: { ...dear.price, output: null } };

describe('the order of offers', () => {
  it('is by price, the cheapest first and an unknown price last', () => {
    expect(ranked([unpriced, dear, {}]).order()).toEqual(['c', 'b', 'a']);
  });

  it('begins with those the route names, in its order', () => {
    expect(ranked([{}, {}, {}], { order: ['c', `b/${model.slug}`] }).order()).toEqual(['c', 'b', 'a']);
  });

  it('has only those the route allows, and none that it ignores', () => {
    expect(ranked([{}, {}, {}], { only: ['a', 'b'], ignore: ['a'] }).order()).toEqual(['b']);
  });

  it('has none above maxPrice, and none whose price is unknown then', () => {
    expect(ranked([unpriced, {}, dear], { maxPrice: { input: null, output: 10_000_000n } }).order()).toEqual(['b']);
  });

  it('by latency tries the untried first and then the fastest', () => {
    const { health, offers, order } = ranked([{}, {}, {}], { sort: 'LATENCY' });
    const observed = (index: number, firstTokenMs: number) => {
      const offer = offers[index] ?? offerOf(model.slug, 'z', 1n);
      health.observe(offer, { errorCode: null, firstTokenMs, durationMs: 1000, outputTokens: 10 });
    };
    observed(0, 500);
    observed(1, 100);
    expect(order()).toEqual(['c', 'b', 'a']);
  });

  it('by throughput prefers the one that writes fastest', () => {
    const { health, offers, order } = ranked([{}, {}], { sort: 'THROUGHPUT' });
    for (const [index, offer] of offers.entries()) {
      health.observe(offer, { errorCode: null, firstTokenMs: 0, durationMs: 1000, outputTokens: 10 + index });
    }
    expect(order()).toEqual(['b', 'a']);
  });

  it('balanced forgives a higher price where the cheap one fails', () => {
    const { health, offers, order } = ranked([{}, {}], { sort: 'BALANCED' });
    expect(order()).toEqual(['a', 'b']);
    if (offers[0] !== undefined)
      health.observe(offers[0], { errorCode: 'UPSTREAM_UNAVAILABLE', firstTokenMs: null, durationMs: 10, outputTokens: null });
    expect(order()).toEqual(['b', 'a']);
  });
});

describe('an offer', () => {
  it('that lacks what the call needs is rejected; one of which nothing is known is tried', () => {
    const { order, reasons } = ranked([{ capabilities: ['STREAMING'] }, {}], {}, { needed: ['TOOLS'] });
    expect([order(), reasons()]).toEqual([['b'], ['It lacks TOOLS.', null]]);
  });

  it('must know every parameter when the route requires it', () => {
    const question = { wished: ['SEED' as const] };
    expect(ranked([{ capabilities: [] }, {}], {}, question).order()).toEqual(['a', 'b']);
    expect(ranked([{ capabilities: ['SEED'] }, { capabilities: [] }, {}], { requireParameters: true }, question).order()).toEqual(['a']);
  });

  it('whose context window the prompt exceeds is rejected', () => {
    const { rank, order } = ranked([{ contextWindow: 5 }, { contextWindow: null }]);
    expect(order()).toEqual(['b']);
    expect(noRoute(rank().considered.slice(0, 1))).toMatchObject({ code: 'CONTEXT_TOO_LONG' });
  });

  it('is not taken for too small because an image has many bytes', () => {
    const image: MessagePart = { type: 'image', detail: null, url: null, data: 'x'.repeat(1_000_000), mediaType: 'image/png' };
    const prompt = promptOf({ messages: [{ role: 'USER', parts: [image], name: null }] });
    const question = questionOf(prompt, { preferences: noPreferences, maxOutputTokens: 100, maxCost: null });
    expect(ranked([{}], {}, question).order()).toEqual(['a']);
    expect(question.bytes).toBeGreaterThan(1_000_000);
  });

  it('on which the call could cost more than maxCost is rejected with a hint', () => {
    const { rank, order } = ranked([dear, {}], {}, { maxCost: 1_000_000n });
    expect(order()).toEqual(['b']);
    expect(noRoute(rank().considered.slice(0, 1))).toMatchObject({
      code: 'COST_LIMIT',
      message: expect.stringContaining('maxOutputTokens'),
    });
  });

  it('without a price is rejected under maxCost, one without a bound is not: its answer is shortened', () => {
    const limited = { maxCost: 1_000_000n, maxOutputTokens: null };
    const { rank, order } = ranked([unpriced, { maxOutputTokens: null }], {}, limited);
    expect(order()).toEqual(['b']);
    expect(noRoute(rank().considered.slice(0, 1))).toMatchObject({ code: 'COST_LIMIT', details: { reason: 'UNPRICED' } });
  });

  it('is named with its reason where none can serve', () => {
    const { rank } = ranked([{}, {}], { ignore: ['a'], maxPrice: { input: 1n, output: null } });
    expect(noRoute(rank().considered)).toMatchObject({
      code: 'NO_ROUTE',
      details: { offers: [`a/${model.slug}: It is ignored by the route.`, expect.any(String)] },
    });
  });
});
