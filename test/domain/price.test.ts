import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Price } from '../../src/domain/price.ts';
import { addCost, costOf, noCost, shareCost, unknownPrice } from '../../src/domain/price.ts';
import { noUsage } from '../../src/domain/usage.ts';
import { price, prices, tokens, usages } from '../support/pricedUsage.ts';

const cheap: Price = { ...unknownPrice, input: 150_000n, output: 600_000n };

describe('a cost', () => {
  it('has parts that sum to its total exactly, none of them below nothing', async () => {
    await fc.assert(
      fc.property(usages, prices, (usage, each) => {
        const { total, ...parts } = costOf(usage, each) ?? noCost;
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0n)).toBe(total);
        expect(Object.values(parts).every((part) => part >= 0n)).toBe(true);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('is rounded up once, not once a part', () => {
    const picodollar: Price = { ...unknownPrice, input: 1n, output: 1n, request: 1n };
    expect(costOf({ ...noUsage, inputTokens: 1, outputTokens: 1 }, picodollar)).toMatchObject({ total: 1n });
  });

  it('never differs from the exact sum by a nanodollar or more', async () => {
    await fc.assert(
      fc.property(tokens, tokens, fc.tuple(price, price), (inputTokens, outputTokens, [input, output]) => {
        const exact = BigInt(inputTokens) * input + BigInt(outputTokens) * output;
        const total = costOf({ ...noUsage, inputTokens, outputTokens }, { ...unknownPrice, input, output })?.total ?? -1n;
        expect(total * 1000n - exact).toBeGreaterThanOrEqual(0n);
        expect(total * 1000n - exact).toBeLessThan(1000n);
      }),
      { seed: 3 },
    );
  });

  it('bills cached, cache-written and reasoning tokens once, at their own prices', () => {
    const usage = { ...noUsage, inputTokens: 100, cachedInputTokens: 60, cacheWriteTokens: 10, outputTokens: 50, reasoningTokens: 20 };
    const each: Price = { input: 10_000n, output: 20_000n, cachedInput: 1000n, cacheWrite: 30_000n, reasoning: 40_000n, request: 5000n };
    expect(costOf(usage, each)).toEqual({
      total: 2065n,
      input: 300n,
      cachedInput: 60n,
      cacheWrite: 300n,
      output: 600n,
      reasoning: 800n,
      request: 5n,
    });
  });

  it('is unknown where the price of something used is, and known where it was not used', () => {
    expect(costOf({ ...noUsage, inputTokens: 1 }, unknownPrice)).toBeNull();
    expect(costOf({ ...noUsage, inputTokens: 5, outputTokens: 0 }, { ...cheap, output: null })?.total).toBe(750n);
  });

  it('that several share is divided to the last nanodollar, and nobody’s part is above its own ceiling', async () => {
    const weights = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.property(usages, prices, weights, (usage, each, shares) => {
        const whole = costOf(usage, each);
        const parts = shareCost(usage, each, shares);
        if (whole === null || parts === null) return expect(parts).toEqual(whole);
        expect(parts.reduce((sum, { total }) => sum + total, 0n)).toBe(whole.total);
        for (const { total, ...rest } of parts) expect(Object.values(rest).reduce((sum, part) => sum + part, 0n)).toBe(total);
        const all = BigInt(shares.reduce((a, b) => a + b));
        // At most one picodollar more for each of the six parts, rounded up once.
        for (const [index, { total }] of parts.entries())
          expect(total * all * 1000n).toBeLessThan(whole.total * 1000n * BigInt(shares[index] ?? 0) + all * 1006n);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('of several attempts is the sum of theirs', () => {
    const one = costOf({ ...noUsage, inputTokens: 1000, outputTokens: 7 }, cheap) ?? noCost;
    expect(addCost(one, one).total).toBe(one.total * 2n);
    expect(addCost(one, noCost)).toEqual(one);
  });
});
