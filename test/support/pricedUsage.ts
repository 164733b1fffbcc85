import * as fc from 'fast-check';
import type { Price } from '../../src/domain/price.ts';
import type { TokenUsage } from '../../src/domain/usage.ts';

export const price = fc.bigInt({ min: 0n, max: 200_000_000n });
const refinement = fc.option(price);
/** Whatever an offer may ask for. */
export const prices: fc.Arbitrary<Price> = fc.record({
  input: price,
  output: price,
  cachedInput: refinement,
  cacheWrite: refinement,
  reasoning: refinement,
  request: refinement,
});
export const tokens = fc.nat(2_000_000);
/** Whatever an attempt may use, also what no provider should report. */
export const usages: fc.Arbitrary<TokenUsage> = fc.record({
  inputTokens: fc.option(tokens),
  cachedInputTokens: fc.option(tokens),
  cacheWriteTokens: fc.option(tokens),
  outputTokens: fc.option(tokens),
  reasoningTokens: fc.option(tokens),
  basis: fc.constant('MEASURED' as const),
});
