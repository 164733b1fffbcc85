import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { noRules } from '../../src/domain/keyRules.ts';
import { noPreferences } from '../../src/domain/route.ts';
import type { CallSubject } from '../../src/gateway/callAdmission.ts';
import { started, whole } from '../support/fakeAdapter.ts';
import type { House } from '../support/house.ts';
import { embeddingOf, house, requestOf } from '../support/house.ts';
import type { LimitedChanges } from '../support/limits.ts';
import { field, operation, subjectOf } from '../support/limits.ts';
import { promptOf } from '../support/providerCall.ts';

const away = new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.');
/** What a house's call can cost at the most where it is cheapest: 48 bytes of prompt at 1,000 nanodollars, 100 tokens of answer at 4,000. */
const worst = 448_000n;

/** Admits an operation of these calls, to be started by their index. */
async function admitted({ gateway, caller, clock }: House, ...asked: readonly LimitedChanges[]) {
  const requests = asked.map(({ limits: _, ...changes }) => requestOf(changes));
  const subjects = requests.map((request, index) => subjectOf(request, String(index), asked[index]?.limits ?? []));
  const admission = await gateway.admission.admit(caller, subjects);
  const complete = async (index: number) => {
    const options = { streamed: false, admission, place: String(index) };
    const running = await gateway.completions.start(caller, requests[index] ?? requestOf(), options);
    return clock.until(running.answer);
  };
  return { admission, complete, all: () => Promise.allSettled(requests.map((_, index) => complete(index))) };
}

describe('the limit of an operation', () => {
  it('counts the worst cases of all its calls, and refuses them all before any is made', async () => {
    const world = house({ budgets: [{ meter: 'REQUESTS', limit: 5n }, {}] });
    const limits = [operation(2n * worst - 1n)];
    await expect(admitted(world, { limits }, { limits })).rejects.toMatchObject({
      code: 'COST_LIMIT',
      details: { limit: '0.000895999', worst: '0.000896', reason: 'EXCEEDED' },
    });
    expect(await world.gateway.quotas.quotas(world.caller)).toMatchObject([
      { used: 0n, held: 0n },
      { used: 0n, held: 0n },
    ]);
    expect([world.gateway.inFlight, world.ledger.begun.length]).toEqual([0, 0]);
  });

  it('that is just enough lets all of them run at once, with the caps they ask for', async () => {
    const world = house();
    const limits = [operation(2n * worst)];
    for (const _ of [1, 2]) world.catalog.one.answer(whole('fine'));
    expect(await (await admitted(world, { limits }, { limits })).all()).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
    expect(world.catalog.one.completions.map(({ call }) => call.maxOutputTokens)).toEqual([100, 100]);
  });

  it('shortens answers without a cap to their share of it', async () => {
    const world = house();
    const limits = [operation(1_000_000n)];
    for (const _ of [1, 2]) world.catalog.one.answer(whole('fine'));
    await (await admitted(world, { limits, maxOutputTokens: null }, { limits, maxOutputTokens: null })).all();
    expect(world.catalog.one.completions.map(({ call }) => call.maxOutputTokens)).toEqual([113, 113]);
  });

  it('counts every answer of a call that asks for several', async () => {
    const world = house();
    world.catalog.one.answer(whole('fine'));
    const several = { prompt: promptOf({ choices: 3 }), maxOutputTokens: null };
    await (await admitted(world, { ...several, limits: [operation(1_000_000n)] })).all();
    expect(world.catalog.one.completions[0]?.call.maxOutputTokens).toBe(Math.floor((1_000_000 - 48_000) / 4000 / 3));
    expect(world.ledger.attempts[0]?.mostCost).toBe(48_000n + 3n * 79n * 4000n);
  });

  it('gives a later call what an earlier one has left', async () => {
    const world = house();
    const limits = [operation(1_000_000n)];
    for (const _ of [1, 2]) world.catalog.one.answer(whole('fine', 10, 5));
    const { complete } = await admitted(world, { limits, maxOutputTokens: null }, { limits, maxOutputTokens: null });
    const { cost } = await complete(0);
    expect(cost?.total).toBe(30_000n);
    await complete(1);
    expect(world.catalog.one.completions[1]?.call.maxOutputTokens).toBe((1_000_000 - 30_000 - 48_000) / 4000 - 0.5);
  });

  it('takes the dearer offer that is preferred only where it pays for it', async () => {
    const preferring = { route: { ...noPreferences, order: ['two'] } };
    for (const [most, provider] of [
      [2n * worst, 'two'],
      [2n * worst - 1n, 'one'],
    ] as const) {
      const world = house();
      world.catalog[provider].answer(whole('fine'));
      const { complete } = await admitted(world, { ...preferring, limits: [operation(most)] });
      expect(await complete(0)).toMatchObject({ offer: { provider } });
    }
  });

  it('moves a call to a cheaper offer rather than shorten the answer it asks for', async () => {
    const world = house();
    const limits = [operation(3n * worst)];
    for (const _ of [1, 2]) world.catalog.one.answer(whole('fine'));
    const preferring = { limits, route: { ...noPreferences, order: ['two'] } };
    await (await admitted(world, preferring, preferring)).all();
    const caps = [world.catalog.one, world.catalog.two].map(({ completions }) => completions.map(({ call }) => call.maxOutputTokens));
    expect(caps).toEqual([[100, 100], []]);
  });

  it('bounds a further attempt by what a billed failure has left', async () => {
    const world = house();
    world.catalog.one.answer([started], away);
    world.catalog.two.answer(whole('there'));
    const { complete } = await admitted(world, { limits: [operation(2n * worst)] });
    const { attempts } = await complete(0);
    const spent = attempts[0]?.cost?.total ?? 0n;
    expect(spent).toBeGreaterThan(0n);
    expect(BigInt(world.catalog.two.completions[0]?.call.maxOutputTokens ?? 0)).toBe((2n * worst - spent - 96_000n) / 8000n);
  });

  it('leaves a call at its failure where nothing pays for a further attempt', async () => {
    const world = house();
    world.catalog.one.answer([started], away);
    const { complete } = await admitted(world, { limits: [operation(60_000n)], maxOutputTokens: 1 });
    await expect(complete(0)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(world.catalog.two.completions).toHaveLength(0);
  });

  it('refuses what has no price, unless another offer has', async () => {
    const world = house();
    const unpriced = { price: { input: 1n, output: null, cachedInput: null, cacheWrite: null, reasoning: null, request: null } };
    world.catalog.change('acme/chat', ({ provider }) => (provider === 'one' ? unpriced : {}));
    world.catalog.two.answer(whole('there'));
    const { complete } = await admitted(world, { limits: [operation(2n * worst)] });
    expect(await complete(0)).toMatchObject({ offer: { provider: 'two' } });
    world.catalog.change('acme/chat', () => unpriced);
    await expect(admitted(world, { limits: [operation(worst)] })).rejects.toMatchObject({
      code: 'COST_LIMIT',
      details: { worst: null, reason: 'UNPRICED' },
    });
  });

  it('does not count a call that fails before it could cost anything', async () => {
    const world = house();
    const limits = [operation(worst)];
    world.catalog.one.answer(whole('fine'));
    const { complete } = await admitted(world, { limits, model: 'acme/none' }, { limits });
    await expect(complete(0)).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' });
    expect(await complete(1)).toMatchObject({ text: 'fine' });
  });

  it('keeps a weighted alias at the model it was priced for', async () => {
    const draws = [0, 0.99];
    const world = house({ draw: () => draws.shift() ?? 0.99 });
    const models = [...world.catalog.models.values()].filter(({ slug }) => ['acme/chat', 'sandbox/chat'].includes(slug));
    const slugs = models.map(({ slug }) => slug).toSorted();
    world.catalog.aliases.set('mix', { name: 'mix', targets: slugs.map((model) => ({ model, weight: 1 })) });
    world.catalog.one.answer(whole('fine'));
    const { complete } = await admitted(world, { limits: [operation(worst)], model: 'mix' });
    expect(await complete(0)).toMatchObject({ model: { slug: 'acme/chat' } });
  });
});

describe('the limit of a field', () => {
  it('refuses the field’s calls alone, which draw nothing', async () => {
    const world = house({ budgets: [{ meter: 'REQUESTS', limit: 1n }] });
    const [list, together] = [field(2n * worst - 1n), operation(worst)];
    world.catalog.one.answer(whole('fine'));
    const { complete, admission } = await admitted(
      world,
      { limits: [list, together] },
      { limits: [list, together] },
      { limits: [field(worst), together] },
    );
    for (const index of [0, 1]) await expect(complete(index)).rejects.toMatchObject({ code: 'COST_LIMIT' });
    expect(await complete(2)).toMatchObject({ text: 'fine' });
    admission[Symbol.dispose]();
    expect(await world.gateway.quotas.quotas(world.caller)).toMatchObject([{ used: 1n, held: 0n }]);
    expect(world.gateway.inFlight).toBe(0);
  });

  it('holds for embeddings, which then share no provider call', async () => {
    const { gateway, caller, catalog, clock } = house();
    const vectors = { vectors: [Float32Array.of(1)], usage: { ...noTokens, inputTokens: 3 }, providerRequestId: null };
    for (const _ of [1, 2]) catalog.one.embedded(vectors);
    const asked = ['a', 'b', 'c'].map((place) => ({ place, request: embeddingOf({}) }));
    const shared = field(22_000n);
    const subjects = asked.map(({ place, request }): CallSubject => {
      const limits = [place === 'c' ? field(10_999n) : shared];
      return { place, model: request.model, tags: [], cost: { limits, request: { operation: 'EMBEDDING', request } } };
    });
    using admission = await gateway.admission.admit(caller, subjects);
    const answers = await clock.until(gateway.embeddings.embed(caller, asked, { admission, signal: new AbortController().signal }));
    expect(answers).toMatchObject([{ dimensions: 1 }, { dimensions: 1 }, { code: 'COST_LIMIT', details: { worst: '0.000011' } }]);
    expect(catalog.one.embeddings).toHaveLength(2);
  });
});

const noTokens = { cachedInputTokens: null, cacheWriteTokens: null, outputTokens: 0, reasoningTokens: null, basis: 'MEASURED' } as const;

describe('the limit of one call', () => {
  it('holds without an operation’s, as a key may have it', async () => {
    const world = house();
    await expect(world.complete({ maxCost: worst - 1n })).rejects.toMatchObject({ code: 'COST_LIMIT' });
    world.catalog.one.answer(whole('fine'));
    await world.complete({ maxCost: worst - 1n, maxOutputTokens: null });
    expect(world.catalog.one.completions[0]?.call.maxOutputTokens).toBe(99);
  });

  it('holds beside an operation’s for a key whose rules have one, and so do its other rules', async () => {
    const world = house({ principal: { rules: { ...noRules, maxCost: worst - 1n, maxOutputTokens: 200 } } });
    const limits = [operation(10n * worst)];
    const { admission, complete } = await admitted(world, { limits }, { limits, maxOutputTokens: null });
    for (const index of [0, 1])
      await expect(complete(index)).rejects.toMatchObject({ code: 'COST_LIMIT', details: { limit: '0.000447999' } });
    admission[Symbol.dispose]();
    expect([world.gateway.inFlight, world.ledger.begun.length]).toEqual([0, 0]);
  });

  it('is what an estimate is held against', async () => {
    const { gateway, caller } = house();
    expect(await gateway.estimates.estimate(caller, requestOf({ maxCost: worst - 1n, maxOutputTokens: null }))).toMatchObject({
      maxOutputTokens: 99,
      most: worst - 4000n,
    });
    expect(await gateway.estimates.estimate(caller, requestOf({ maxCost: worst - 1n }))).toMatchObject({ offer: null });
  });
});
