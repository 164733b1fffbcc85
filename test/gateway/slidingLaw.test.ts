import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { minuteMs } from '../../src/domain/period.ts';
import type { Step } from '../support/quotaSteps.ts';
import { pool, poolCount, step, take, typed } from '../support/quotaSteps.ts';
import { createQuotaTruth, slidingMost } from '../support/quotaTruth.ts';
import { quotaWorld } from '../support/quotaWorld.ts';

/** Amounts that fill a limit to the last unit, again and again. */
const limits = fc.array(fc.constantFrom(100n, 200n, 310n), { minLength: 1, maxLength: 2 });
const amounts = fc.array(fc.constantFrom(5, 10, 50, 100), { minLength: 1, maxLength: 2 });
/** Much is held, and time goes by as it must for what was held to come back, or a replica to be given up. */
const busy: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: typed('hold'), pool, times: fc.integer({ min: 1, max: 8 }), amounts }) },
  { weight: 4, arbitrary: fc.record({ type: typed('settle'), which: fc.nat(5), percent: fc.constantFrom(0, 20, 100, 100, 120) }) },
  {
    weight: 6,
    arbitrary: fc.record({ type: typed('advance'), ms: fc.constantFrom(0, 300, 1000, 10_000, 24_000, 31_000, 50_000, 59_000) }),
  },
  { weight: 2, arbitrary: fc.record({ type: typed('cut'), pool, off: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ type: typed('charge'), which: fc.nat(5) }) },
  { weight: 2, arbitrary: step },
);

/** Few amounts and few moments, so that calls that outlive the window meet others that fill it. */
const long: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ type: typed('hold'), pool: fc.nat(1), times: fc.constant(1), amounts: fc.constantFrom([50], [100]) }),
  },
  { weight: 2, arbitrary: fc.record({ type: typed('settle'), which: fc.nat(2), percent: fc.constantFrom(100, 150) }) },
  { weight: 2, arbitrary: fc.record({ type: typed('advance'), ms: fc.constantFrom(300, 31_000, 62_000) }) },
);

const cases = [
  { name: 'whatever fails', limit: limits, next: busy, numRuns: 500 },
  { name: 'however long calls take', limit: fc.constant([100n]), next: long, numRuns: 1500 },
];

it.each(cases)(
  'never lets more than the limit be used in any minute, over all replicas, $name',
  async ({ limit, next, numRuns }) => {
    await fc.assert(
      fc.asyncProperty(limit, fc.array(next, { minLength: 1, maxLength: 60 }), async (most, steps) => {
        const world = quotaWorld({ budgets: most.map((limit) => ({ limit, window: 'MINUTE' })), pools: poolCount });
        const truth = createQuotaTruth();
        const run = { world, truth, dead: [] };
        for (const each of steps) await take(run, each);
        for (const { id, limit } of world.budgets) {
          const moments = truth.moments().filter(({ budgetId }) => budgetId === id);
          expect(slidingMost(moments, minuteMs)).toBeLessThanOrEqual(limit);
        }
        world.store.failure = null;
        for (const index of world.pools.keys()) world.cut(index, false);
        await world.clock.advance(10_000);
        await take(run, { type: 'adopt' });
        while (truth.open.length > 0) truth.settle(0, 50);
        for (const replica of world.pools) await world.clock.until(Promise.resolve(replica[Symbol.asyncDispose]()));
        for (const [index, { id }] of world.budgets.entries()) {
          expect(world.booked(index)).toBe(truth.drawnFrom(id));
          expect(world.leased(index)).toBe(0n);
        }
      }),
      { seed: 3, numRuns },
    );
  },
  60_000,
);
