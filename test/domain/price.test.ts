import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Price } from '../../src/domain/price.ts';
import { addCost, costOf, noCost, unknownPrice } from '../../src/domain/price.ts';
import type { TokenUsage } from '../../src/domain/usage.ts';
import { noUsage } from '../../src/domain/usage.ts';

const price = fc.bigInt({ min: 0n, max: 200_000_000n });
const refinement = fc.option(price);
const prices: fc.Arbitrary<Price> = fc.record({
  input: price,
  output: price,
  cachedInput: refinement,
  cacheWrite: refinement,
  reasoning: refinement,
  request: refinement,
});
const tokens = fc.nat(2_000_000);
const usages: fc.Arbitrary<TokenUsage> = fc.record({
  inputTokens: fc.option(tokens),
  cachedInputTokens: fc.option(tokens),
  cacheWriteTokens: fc.option(tokens),
  outputTokens: fc.option(tokens),
  reasoningTokens: fc.option(tokens),
  basis: fc.constant('MEASURED' as const),
});

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

  it('of several attempts is the sum of theirs', () => {
    const one = costOf({ ...noUsage, inputTokens: 1000, outputTokens: 7 }, cheap) ?? noCost;
    expect(addCost(one, one).total).toBe(one.total * 2n);
    expect(addCost(one, noCost)).toEqual(one);
  });
});
