import { describe, expect, it } from 'vitest';
import { addUsage, mergeUsage, noUsage } from '../../src/domain/usage.ts';

describe('usage', () => {
  it('is replaced by a later report field by field, and never summed', () => {
    const early = { ...noUsage, inputTokens: 10, outputTokens: 1 };
    const later = { ...noUsage, outputTokens: 7 };
    expect(mergeUsage(early, later)).toMatchObject({ inputTokens: 10, outputTokens: 7, cachedInputTokens: null });
  });

  it('keeps a zero that was reported', () => {
    expect(mergeUsage({ ...noUsage, cachedInputTokens: 5 }, { ...noUsage, cachedInputTokens: 0 }).cachedInputTokens).toBe(0);
  });

  it('of several attempts is their sum, unknown only where none reported', () => {
    const one = { ...noUsage, inputTokens: 10 };
    expect(addUsage(one, { ...one, outputTokens: 3 })).toMatchObject({ inputTokens: 20, outputTokens: 3, reasoningTokens: null });
  });

  it('is estimated as soon as a part of it is', () => {
    expect(addUsage(noUsage, { ...noUsage, basis: 'ESTIMATED' }).basis).toBe('ESTIMATED');
    expect(addUsage(noUsage, noUsage).basis).toBe('MEASURED');
  });
});
