import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWhole } from '../../src/domain/split.ts';

describe('a split', () => {
  it('has parts that sum to the whole, each within one of its share', async () => {
    await fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.array(fc.nat(100_000), { minLength: 1, maxLength: 40 }), (whole, weights) => {
        const parts = splitWhole(whole, weights);
        const sum = BigInt(weights.reduce((total, weight) => total + weight, 0));
        expect(parts.reduce((total, part) => total + part, 0n)).toBe(whole);
        if (sum === 0n) return;
        for (const [index, part] of parts.entries()) {
          const over = part * sum - whole * BigInt(weights[index] ?? 0);
          expect(over < sum && over > -sum).toBe(true);
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('gives what rounding leaves to the largest remainders', () => {
    expect(splitWhole(10n, [1, 1, 1])).toEqual([4n, 3n, 3n]);
    expect(splitWhole(10n, [5, 1, 1])).toEqual([7n, 2n, 1n]);
  });

  it('is even where nothing weighs anything', () => {
    expect(splitWhole(5n, [0, 0])).toEqual([3n, 2n]);
  });
});
