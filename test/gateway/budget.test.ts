import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import { noPreferences as noSort } from '../../src/domain/route.ts';
import type { Tag } from '../../src/domain/tag.ts';
import type { CallSubject } from '../../src/gateway/callAdmission.ts';
import { started, whole } from '../support/fakeAdapter.ts';
import { house } from '../support/house.ts';
import { apiKey } from '../support/things.ts';

/** What the prompt of a house's call may cost at the most on the cheap offer, in nanodollars: its bytes at a dollar a million. */
const promptCost = 48_000n;
/** Nanodollars a token of output on the cheap offer. */
const tokenCost = 4000n;

describe('a strict money limit', () => {
  it('clamps the answer to what it affords, and sends that to the provider', async () => {
    const { complete, catalog } = house({ budgets: [{ limit: promptCost + 30n * tokenCost }] });
    catalog.one.answer(whole('once'));
    await complete();
    expect(catalog.one.completions[0]?.call.maxOutputTokens).toBe(30);
  });

  it('bounds an answer for which nobody set a bound', async () => {
    const { complete, catalog } = house({ budgets: [{ limit: 10n ** 12n }] });
    catalog.one.answer(whole('once'));
    await complete({ maxOutputTokens: null });
    expect(catalog.one.completions[0]?.call.maxOutputTokens).toBe(1000);
  });

  it('that affords not even the prompt is QUOTA_EXHAUSTED, and nothing is sent', async () => {
    const { complete, catalog, gateway } = house({ budgets: [{ limit: promptCost }] });
    await expect(complete()).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED', retryable: true, details: { budget: 'b1', meter: 'SPEND' } });
    expect([catalog.one.completions.length, gateway.inFlight]).toEqual([0, 0]);
  });

  it('admits only what can be priced', async () => {
    const { complete, catalog } = house({ budgets: [{}] });
    catalog.change('acme/chat', (offer) => ({ price: { ...offer.price, output: null } }));
    await expect(complete()).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED', retryable: false, details: { reason: 'UNPRICED' } });
  });

  it('moves a call to the next offer that it affords', async () => {
    const { complete, catalog } = house({ budgets: [{}] });
    catalog.change('acme/chat', ({ provider, price }) => (provider === 'one' ? { price: { ...price, request: 10n ** 15n } } : {}));
    catalog.two.answer(whole('there'));
    expect(await complete({ route: { ...noSort, order: ['one'] } })).toMatchObject({ offer: { provider: 'two' } });
  });

  it('is charged what was used, and the rest is free for the next call', async () => {
    const { complete, catalog, gateway, caller } = house({ budgets: [{}] });
    catalog.one.answer(whole('once', 10, 5));
    await complete();
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: 30_000n, held: 0n }]);
  });

  it('gives everything back after a failure that cost nothing', async () => {
    const { complete, catalog, gateway, caller } = house({ budgets: [{}] });
    catalog.one.answer(new GatewayError('CONTENT_FILTERED', 'No.'));
    await expect(complete()).rejects.toMatchObject({ code: 'CONTENT_FILTERED' });
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: 0n, held: 0n }]);
  });
});

describe('a token limit', () => {
  it('clamps the answer and is charged input and output', async () => {
    const { complete, catalog, gateway, caller } = house({ budgets: [{ meter: 'TOKENS', limit: 60n }] });
    catalog.one.answer(whole('once', 10, 5));
    await complete();
    expect(catalog.one.completions[0]?.call.maxOutputTokens).toBe(12);
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: 15n, held: 0n }]);
  });
});

describe('a soft limit', () => {
  it('refuses nothing and clamps nothing', async () => {
    const { complete, catalog, gateway, caller } = house({ budgets: [{ policy: 'SOFT', limit: 1n }] });
    catalog.one.answer(whole('once', 10, 5));
    await complete({ maxOutputTokens: null });
    expect(catalog.one.completions[0]?.call.maxOutputTokens).toBeNull();
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: 30_000n }]);
  });
});

describe('a request limit', () => {
  it('counts calls and refuses the one too many before anything is sent', async () => {
    const { complete, catalog } = house({ budgets: [{ meter: 'REQUESTS', window: 'DAY', limit: 1n }] });
    catalog.one.answer(whole('once'));
    await complete();
    await expect(complete()).rejects.toMatchObject({
      code: 'QUOTA_EXHAUSTED',
      retryAfterMs: expect.any(Number),
      details: { meter: 'REQUESTS' },
    });
    expect(catalog.one.completions).toHaveLength(1);
  });

  it('does not count a call that was never started', async () => {
    const { complete, catalog } = house({ budgets: [{ meter: 'REQUESTS', limit: 1n }] });
    await expect(complete({ model: 'acme/none' })).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' });
    catalog.one.answer(whole('once'));
    expect(await complete()).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('of a model or a tag counts only its calls', async () => {
    const scopes = [
      { type: 'MODEL', slug: 'acme/chat' },
      { type: 'TAG', tag: { name: 'feature', value: 'search' } },
    ] as const;
    const { complete, catalog } = house({ budgets: scopes.map((scope) => ({ meter: 'REQUESTS', limit: 1n, scope })) });
    catalog.one.answer(whole('once'));
    await complete();
    await expect(complete()).rejects.toMatchObject({ details: { scope: 'MODEL' } });
    await complete({ model: 'sandbox/chat', tags: [{ name: 'feature', value: 'search' }] });
    await expect(complete({ model: 'sandbox/chat', tags: [{ name: 'feature', value: 'search' }] })).rejects.toMatchObject({
      details: { scope: 'TAG' },
    });
  });
});

describe('a limit of parallel calls', () => {
  it('admits the next call when one has ended', async () => {
    const { start, complete, catalog, clock } = house({ budgets: [{ meter: 'PARALLEL', limit: 1n }] });
    catalog.one.answer([started], { waitMs: 100 }, whole('once'));
    const running = await start();
    await expect(start()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1000, details: { reason: 'HELD' } });
    await clock.until(running.answer);
    catalog.one.answer(whole('again'));
    expect(await complete()).toMatchObject({ text: 'again' });
  });
});

describe('an operation', () => {
  const call = (place: string, tags: readonly Tag[] = []): CallSubject => ({ place, model: 'acme/chat', tags, cost: null });
  const two = [call('a'), call('b')];

  it('of several calls is admitted whole or not at all', async () => {
    const { gateway, caller } = house({ budgets: [{ meter: 'REQUESTS', limit: 2n }] });
    await expect(gateway.admission.admit(caller, [...two, call('c')])).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: 0n, held: 0n }]);
    expect(gateway.inFlight).toBe(0);
  });

  it('of several calls beside another gets all of its places, or leaves them to the other', async () => {
    const { gateway, caller } = house({
      budgets: [
        { meter: 'REQUESTS', limit: 3n },
        { meter: 'PARALLEL', limit: 3n },
      ],
    });
    const outcomes = await Promise.allSettled([gateway.admission.admit(caller, two), gateway.admission.admit(caller, two)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ held: 2n }, { held: 2n }]);
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') outcome.value[Symbol.dispose]();
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ held: 0n }, { held: 0n }]);
  });

  it('gives back the places it did not take', async () => {
    const { gateway, caller } = house({ budgets: [{ meter: 'REQUESTS', limit: 2n }] });
    const admission = await gateway.admission.admit(caller, two);
    const taken = admission.take('a');
    admission[Symbol.dispose]();
    expect(gateway.inFlight).toBe(1);
    taken[Symbol.dispose]();
    taken[Symbol.dispose]();
    expect(gateway.inFlight).toBe(0);
    expect(() => admission.take('b')).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it('takes each place for the call it was admitted for', async () => {
    const { gateway, caller } = house();
    const admission = await gateway.admission.admit(caller, two);
    expect(admission.take('a')).not.toBe(admission.take('b'));
    expect(() => admission.take('a')).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    admission[Symbol.dispose]();
  });

  it('beyond what the process takes is OVERLOADED', async () => {
    const { gateway, caller } = house({ maxInFlight: 1 });
    await expect(gateway.admission.admit(caller, two)).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterMs: 1000 });
    expect(gateway.inFlight).toBe(0);
  });

  it('counts at once on a budget that was made here', async () => {
    const { gateway, caller, complete, catalog } = house();
    catalog.one.answer(whole('once'));
    await complete();
    const limits = {
      meter: 'REQUESTS',
      window: 'TOTAL',
      timeZone: 'UTC',
      limit: 0n,
      policy: 'STRICT',
      shadow: false,
      organizationId: null,
    } as const;
    await gateway.administration.createBudget(caller, { ...limits, scope: { type: 'API_KEY', id: apiKey.id } });
    await expect(complete()).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
  });

  it('counts on a budget that was made here while the old ones were being read', async () => {
    const { gateway, caller, store } = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    store.gate = promise;
    const reading = gateway.admission.admit(caller, [call('a')]);
    const limits = {
      meter: 'REQUESTS',
      window: 'TOTAL',
      timeZone: 'UTC',
      limit: 0n,
      policy: 'STRICT',
      shadow: false,
      organizationId: null,
    } as const;
    await gateway.administration.createBudget(caller, { ...limits, scope: { type: 'ORGANIZATION', id: toId('o1') } });
    resolve();
    (await reading)[Symbol.dispose]();
    await expect(gateway.admission.admit(caller, [call('a')])).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
  });
});
