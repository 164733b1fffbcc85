import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../src/domain/period.ts';
import { slidingMost } from '../support/quotaTruth.ts';
import { quotaWorld } from '../support/quotaWorld.ts';

const refusal = (code: string, reason: string) => expect.objectContaining({ code, details: expect.objectContaining({ reason }) });
const rate = (limit: bigint) => ({ meter: 'REQUESTS', window: 'MINUTE', limit }) as const;

describe('a limit of a minute', () => {
  it('gives a burst from idle the whole limit, and nothing more for a minute', async () => {
    const { hold, clock } = quotaWorld({ budgets: [rate(100n)], pools: 2 });
    for (let call = 0; call < 100; call++) (await clock.until(hold(call % 2, 1n))).settle({ REQUESTS: 1n });
    await clock.advance(minuteMs - 1000);
    await expect(clock.until(hold(0, 1n))).rejects.toThrow(refusal('RATE_LIMITED', 'EXHAUSTED'));
    await clock.advance(2500);
    for (let call = 0; call < 100; call++) (await clock.until(hold(call % 2, 1n))).settle({ REQUESTS: 1n });
  });

  it('does not begin anew at the turn of a minute', async () => {
    const { hold, clock } = quotaWorld({ budgets: [rate(10n)] });
    await clock.advance(29_000);
    (await hold(0, 10n)).settle({ REQUESTS: 10n });
    await clock.advance(2000);
    await expect(hold(0, 1n)).rejects.toThrow(refusal('RATE_LIMITED', 'EXHAUSTED'));
  });

  it('says when there is room again, and then there is', async () => {
    const { hold, clock } = quotaWorld({ budgets: [rate(10n)] });
    (await hold(0, 4n)).settle({ REQUESTS: 4n });
    await clock.advance(20_000);
    (await hold(0, 6n)).settle({ REQUESTS: 6n });
    await clock.advance(5000);
    for (const amount of [4n, 10n]) {
      const refused = await hold(0, amount).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number), details: { window: 'MINUTE' } });
      const { retryAfterMs } = refused as { readonly retryAfterMs: number };
      await clock.advance(retryAfterMs - 1000);
      await expect(hold(0, amount)).rejects.toThrow(refusal('RATE_LIMITED', 'EXHAUSTED'));
      await clock.advance(1000);
      (await hold(0, amount)).settle({});
      await clock.advance(500);
    }
  });

  it('promises no room for what exceeds it', async () => {
    const { hold } = quotaWorld({ budgets: [rate(10n)] });
    await expect(hold(0, 11n)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: null });
  });

  it('gives back at once what a call did not use', async () => {
    const { hold } = quotaWorld({ budgets: [{ meter: 'TOKENS', window: 'MINUTE', limit: 1000n }] });
    const held = await hold(0, 1000n);
    await expect(hold(0, 1n)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1000, details: { reason: 'HELD' } });
    held.settle({ TOKENS: 100n });
    await expect(hold(0, 900n)).resolves.toBeDefined();
  });

  it('counts a call from its admission, however long it takes', async () => {
    const { hold, clock, pools, budgets, booked } = quotaWorld({ budgets: [rate(1n)] });
    const long = await hold(0, 1n);
    await clock.advance(72_000);
    expect(await pools[0]?.quotas(budgets)).toMatchObject([{ used: 0n, held: 0n, resetsAt: null }]);
    const next = await hold(0, 1n);
    long.settle({ REQUESTS: 1n });
    await clock.advance(1000);
    await expect(hold(0, 1n)).rejects.toThrow(refusal('RATE_LIMITED', 'HELD'));
    next.settle({ REQUESTS: 1n });
    await clock.advance(1000);
    expect(booked(0)).toBe(2n);
  });

  it('uses nine tenths of the limit and more under a continuous load, by three replicas', async () => {
    const { hold, clock } = quotaWorld({ budgets: [rate(600n)], pools: 3 });
    const moments: { readonly at: number; readonly amount: bigint }[] = [];
    for (let round = 0; round < 3000; round++) {
      const take = (pool: number) =>
        hold(pool, 1n).then(
          (held) => {
            moments.push({ at: clock.monotonic(), amount: 1n });
            held.settle({ REQUESTS: 1n });
          },
          () => undefined,
        );
      void Promise.all([0, 1, 2].map(take));
      await clock.advance(100);
    }
    expect(slidingMost(moments, minuteMs)).toBeLessThanOrEqual(600n);
    expect(moments.length).toBeGreaterThan((600 * 5 * 9) / 10);
  });

  it('is held by nobody who has not reached the store for 25 seconds', async () => {
    const { hold, clock, cut } = quotaWorld({ budgets: [rate(1000n)] });
    const held = await hold(0, 500n);
    cut(0, true);
    await clock.advance(24_000);
    held.settle({});
    (await hold(0, 200n)).settle({});
    await clock.advance(2000);
    await expect(hold(0, 1n)).rejects.toThrow('The database does not answer.');
    cut(0, false);
    await expect(hold(0, 1n)).resolves.toBeDefined();
  });

  it('shows what was used in the last minute, and when all of it has come back', async () => {
    const { hold, clock, pools, budgets } = quotaWorld({ budgets: [rate(10n)], pools: 2 });
    (await hold(0, 3n)).settle({ REQUESTS: 3n });
    await clock.advance(1000);
    const [quota] = (await pools[1]?.quotas(budgets)) ?? [];
    expect(quota).toMatchObject({ used: 3n, held: 0n });
    expect((quota?.resetsAt ?? 0) - clock.now()).toBeGreaterThan(59_000);
    expect((quota?.resetsAt ?? 0) - clock.now()).toBeLessThanOrEqual(62_000);
    await clock.advance(62_000);
    expect(await pools[1]?.quotas(budgets)).toMatchObject([{ used: 0n, resetsAt: null }]);
  });
});
