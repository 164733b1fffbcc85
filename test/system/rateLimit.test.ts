import { beforeEach, expect, it } from 'vitest';
import { whyNot } from '../support/database.ts';
import { slidingMost } from '../support/quotaTruth.ts';
import { runRates } from '../support/rateReplicas.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

it('three processes never use more than the limit in any span of a window that slides, and nearly all of it', async () => {
  const slidingMs = 700;
  const runMs = 1500;
  const limits = [
    { meter: 'REQUESTS', limit: 200n },
    { meter: 'TOKENS', limit: 8000n },
  ] as const;
  const used = await runRates({ limits, slidingMs, parallel: 20, runMs });
  for (const [index, { limit }] of limits.entries()) {
    const most = slidingMost(used[index] ?? [], slidingMs);
    expect(most).toBeLessThanOrEqual(limit);
    expect(most).toBeGreaterThan((limit * 7n) / 10n);
  }
});
