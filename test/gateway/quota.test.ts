import { describe, expect, it } from 'vitest';
import { quotaWorld } from '../support/quotaWorld.ts';

const refusal = (code: string, reason: string) => expect.objectContaining({ code, details: expect.objectContaining({ reason }) });

describe('a hold', () => {
  it('takes from all budgets or from none', async () => {
    const { hold, pools, budgets } = quotaWorld({ budgets: [{ limit: 1000n }, { limit: 10n }] });
    await expect(hold(0, 100n, 11n)).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'EXHAUSTED'));
    expect(await pools[0]?.quotas(budgets)).toMatchObject([{ held: 0n }, { held: 0n }]);
  });

  it('is settled once, however often', async () => {
    const { hold, clock, booked } = quotaWorld({ budgets: [{ limit: 1000n }] });
    const held = await hold(0, 100n);
    expect([held.settle({ SPEND: 40n }), held.settle({ SPEND: 90n })]).toMatchObject([[{ amount: 40n }], [{ amount: 40n }]]);
    await clock.advance(1000);
    expect(booked(0)).toBe(40n);
  });

  it('gives back what was not used', async () => {
    const { hold } = quotaWorld({ budgets: [{ limit: 100n }] });
    (await hold(0, 100n)).settle({ SPEND: 40n });
    await expect(hold(0, 61n)).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'EXHAUSTED'));
    await expect(hold(0, 60n)).resolves.toMatchObject({ draws: [{ amount: 60n }] });
  });

  it('of the last unit is given to one of two that want it at once', async () => {
    const { hold, clock } = quotaWorld({ budgets: [{ limit: 1n }], pools: 2 });
    const results = await clock.until(Promise.allSettled([hold(0, 1n), hold(1, 1n), hold(0, 1n)]));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is refused as HELD while calls under way hold what is left, and as EXHAUSTED when it is used up', async () => {
    const { hold } = quotaWorld({ budgets: [{ limit: 100n }] });
    const held = await hold(0, 100n);
    await expect(hold(0, 1n)).rejects.toMatchObject({
      code: 'QUOTA_EXHAUSTED',
      retryAfterMs: 1000,
      details: { reason: 'HELD', budget: 'b0' },
    });
    held.settle({ SPEND: 100n });
    await expect(hold(0, 1n)).rejects.toMatchObject({ retryAfterMs: null, details: { reason: 'EXHAUSTED' } });
  });

  it('is refused at once when the limit is lowered below what is used, whatever was leased ahead', async () => {
    const { hold, edit, clock, leased, booked } = quotaWorld({ budgets: [{ limit: 1000n }], pools: 2 });
    for (const pool of [0, 1, 0, 1]) {
      (await clock.until(hold(pool, 10n))).settle({ SPEND: 10n });
      await clock.advance(150);
    }
    expect(leased(0)).toBeGreaterThan(0n);
    edit(0, 30n);
    for (const pool of [0, 1]) await expect(clock.until(hold(pool, 1n))).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'EXHAUSTED'));
    edit(0, 41n);
    await clock.until(hold(1, 1n)).then(({ settle }) => settle({ SPEND: 1n }));
    await clock.advance(1000);
    expect(booked(0)).toBe(41n);
  });

  it('fits at once when the limit is raised', async () => {
    const { hold, edit } = quotaWorld({ budgets: [{ limit: 100n }] });
    (await hold(0, 100n)).settle({ SPEND: 100n });
    await expect(hold(0, 1n)).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'EXHAUSTED'));
    edit(0, 101n);
    await expect(hold(0, 1n)).resolves.toBeDefined();
  });

  it('may be asked for again when the period ends', async () => {
    const { hold, clock } = quotaWorld({ budgets: [{ meter: 'REQUESTS', window: 'HOUR', limit: 1n }] });
    const untilOne = 59.5 * 60_000;
    (await hold(0, 1n)).settle({ REQUESTS: 1n });
    await expect(hold(0, 1n)).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED', retryAfterMs: untilOne, details: { reason: 'EXHAUSTED' } });
    await clock.advance(untilOne);
    await expect(hold(0, 1n)).resolves.toBeDefined();
  });

  it('of a place for parallel calls is refused as RATE_LIMITED until one is given back', async () => {
    const { hold } = quotaWorld({ budgets: [{ meter: 'PARALLEL', limit: 1n }] });
    const place = await hold(0, 1n);
    await expect(hold(0, 1n)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1000, details: { reason: 'HELD' } });
    place.settle({});
    await expect(hold(0, 1n)).resolves.toBeDefined();
  });

  it('is never refused by a SOFT budget', async () => {
    const { hold, clock, booked } = quotaWorld({ budgets: [{ policy: 'SOFT', limit: 10n }] });
    (await hold(0, 1000n)).settle({ SPEND: 1000n });
    (await hold(0, 1000n)).settle({ SPEND: 1000n });
    await clock.advance(1000);
    expect(booked(0)).toBe(2000n);
  });

  it('of what a period gone by was held from is booked there', async () => {
    const { hold, clock, store } = quotaWorld({ budgets: [{ window: 'HOUR', limit: 100n }] });
    const held = await hold(0, 50n);
    await clock.advance(3_600_000);
    await hold(0, 100n);
    held.settle({ SPEND: 30n });
    await clock.advance(1000);
    expect(store.accounts.map(({ spent }) => spent)).toEqual([30n, 0n]);
  });

  it('of a period that is left is not given anew when the clock is set back', async () => {
    const { hold, clock, skew, store } = quotaWorld({ budgets: [{ window: 'HOUR', limit: 100n }] });
    (await hold(0, 100n)).settle({ SPEND: 100n });
    await clock.advance(59.5 * 60_000 + 1000);
    (await hold(0, 100n)).settle({ SPEND: 100n });
    await clock.advance(1000);
    skew(-5000);
    await expect(hold(0, 50n)).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'EXHAUSTED'));
    expect(store.accounts.every(({ granted, spent, returned }) => spent + returned <= granted)).toBe(true);
  });
});

describe('without the store', () => {
  it('only the leases at hand are held', async () => {
    const { hold, store, clock } = quotaWorld({ budgets: [{ limit: 1000n }] });
    (await hold(0, 10n)).settle({ SPEND: 0n });
    store.failure = 'AWAY';
    await expect(hold(0, 10n)).resolves.toBeDefined();
    await expect(hold(0, 500n)).rejects.toThrow('The database does not answer.');
    store.failure = null;
    await clock.advance(1000);
    await expect(hold(0, 500n)).resolves.toBeDefined();
  });

  it('nothing is held that was never leased', async () => {
    const { hold, store } = quotaWorld({ budgets: [{ limit: 1000n }] });
    store.failure = 'AWAY';
    await expect(hold(0, 1n)).rejects.toThrow('The database does not answer.');
  });

  it('what was used is told when it is back', async () => {
    const { hold, store, clock, booked } = quotaWorld({ budgets: [{ limit: 1000n }] });
    const held = await hold(0, 10n);
    store.failure = 'LOST';
    held.settle({ SPEND: 7n });
    await clock.advance(2000);
    store.failure = null;
    await clock.advance(1000);
    expect(booked(0)).toBe(7n);
  });
});

describe('a quota', () => {
  it('counts what all replicas have used', async () => {
    const { hold, clock, pools, budgets } = quotaWorld({ budgets: [{ limit: 1000n, window: 'DAY' }], pools: 2 });
    (await hold(0, 100n)).settle({ SPEND: 100n });
    await clock.advance(1000);
    const held = await hold(1, 50n);
    expect(await pools[1]?.quotas(budgets)).toMatchObject([{ used: 100n, held: 50n, resetsAt: Date.UTC(2026, 0, 2) }]);
    held.settle({ SPEND: 20n });
    expect(await pools[1]?.quotas(budgets)).toMatchObject([{ used: 120n, held: 0n }]);
  });
});

describe('a pool that is closed', () => {
  it('has given everything back, and leaves no timer', async () => {
    const { hold, clock, pools, leased, booked } = quotaWorld({ budgets: [{ limit: 1_000_000n }, { limit: 5n }] });
    (await hold(0, 5000n, 2n)).settle({ SPEND: 4000n });
    await pools[0]?.[Symbol.asyncDispose]();
    expect([leased(0), leased(1), booked(0)]).toEqual([0n, 0n, 4000n]);
    expect(clock.waiting).toBe(0);
  });

  it('does not reject when the store is away', async () => {
    const { hold, store, pools } = quotaWorld({ budgets: [{ limit: 1000n }] });
    (await hold(0, 10n)).settle({ SPEND: 10n });
    store.failure = 'AWAY';
    await expect(pools[0]?.[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });
});
