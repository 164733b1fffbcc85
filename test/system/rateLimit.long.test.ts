import { beforeEach, expect, it } from 'vitest';
import { minuteMs } from '../../src/domain/period.ts';
import { whyNot } from '../support/database.ts';
import { slidingMost } from '../support/quotaTruth.ts';
import { runRates } from '../support/rateReplicas.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

it('three processes use more than nine tenths of a limit in every minute, and never more than all of it', async () => {
  const runMs = 3.2 * minuteMs;
  const limits = [
    { meter: 'REQUESTS', limit: 1200n },
    { meter: 'TOKENS', limit: 1_000_000n },
  ] as const;
  const [requests = []] = await runRates({ limits, slidingMs: minuteMs, parallel: 20, runMs });
  expect(slidingMost(requests, minuteMs)).toBeLessThanOrEqual(1200n);
  const times = requests.map(({ at }) => at).sort((left, right) => left - right);
  const from = times[0] ?? 0;
  for (const minute of [0, 1, 2]) {
    const inIt = times.filter((at) => at >= from + minute * minuteMs * 1.03 && at < from + (minute + 1) * minuteMs * 1.03);
    expect(inIt.length).toBeGreaterThan(1200 * 0.9);
  }
});
