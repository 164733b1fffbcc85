import { describe, expect, it } from 'vitest';
import { fuzzFormat } from '../support/providerFuzz.ts';
import { streamFormats } from '../support/providerReaders.ts';

/** A sample; `npm run fuzz:providers` runs 100,000. */
describe('a stream that was broken on its way', () => {
  it.each(streamFormats)('is read to its end or refused, never anything else ($folder)', (format) => {
    const { succeeded, refused } = fuzzFormat(format, { cases: 500, seed: 7 });
    expect(refused).toBeGreaterThan(50);
    expect(succeeded + refused).toBe(500);
  });
});
