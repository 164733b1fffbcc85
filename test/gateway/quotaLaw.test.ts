import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Budget } from '../../src/domain/budget.ts';
import type { Step } from '../support/quotaSteps.ts';
import { poolCount, step, take } from '../support/quotaSteps.ts';
import type { QuotaTruth } from '../support/quotaTruth.ts';
import { createQuotaTruth } from '../support/quotaTruth.ts';
import type { QuotaWorld } from '../support/quotaWorld.ts';
import { quotaWorld } from '../support/quotaWorld.ts';

const budgets: fc.Arbitrary<readonly Partial<Budget>[]> = fc.array(
  fc.record({ limit: fc.bigInt({ min: 0n, max: 1000n }), window: fc.constantFrom<Budget['window']>('TOTAL', 'HOUR') }),
  { minLength: 1, maxLength: 3 },
);

interface Edit {
  readonly type: 'edit';
  readonly which: number;
  readonly limit: bigint;
}

const edit = fc.record({ type: fc.constant('edit' as const), which: fc.nat(2), limit: fc.bigInt({ min: 0n, max: 1000n }) });
const steps: fc.Arbitrary<readonly (Step | Edit)[]> = fc.array(fc.oneof({ weight: 20, arbitrary: step }, { weight: 1, arbitrary: edit }), {
  minLength: 1,
  maxLength: 50,
});

/** What the periods of edited budgets may come to: the limit in force, or what had been granted when it was lowered. By budget and period. */
type Caps = Map<string, bigint>;

function change(world: QuotaWorld, caps: Caps, { which, limit }: Edit): void {
  const id = world.budgets[which]?.id;
  const granted = new Map<string, bigint>();
  for (const { budgetId, periodStart, ...account } of world.store.accounts) {
    const name = `${budgetId}:${periodStart}`;
    if (budgetId === id) granted.set(name, (granted.get(name) ?? 0n) + account.granted - account.returned);
  }
  for (const [name, amount] of granted) caps.set(name, amount > limit ? amount : limit);
  world.edit(which, limit);
}

function check(world: QuotaWorld, truth: QuotaTruth, caps: Caps): void {
  for (const [name, amount] of truth.within()) {
    const limit = world.budgets.find(({ id }) => name.startsWith(`${id}:`))?.limit ?? 0n;
    expect(amount, name).toBeLessThanOrEqual(caps.get(name) ?? limit);
  }
}

it('never lends more than the limit, leaks no hold and books all that was drawn, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(budgets, steps, async (limits, taken) => {
      const world = quotaWorld({ budgets: limits, pools: poolCount });
      const truth = createQuotaTruth();
      const run = { world, truth, dead: [] };
      const caps: Caps = new Map();
      for (const each of taken) {
        if (each.type === 'edit') change(world, caps, each);
        else await take(run, each);
        check(world, truth, caps);
      }
      world.store.failure = null;
      await world.clock.advance(10_000);
      await take(run, { type: 'adopt' });
      while (truth.open.length > 0) truth.settle(0, 50);
      for (const pool of world.pools) {
        expect((await world.clock.until(pool.quotas(world.budgets))).every(({ held }) => held === 0n)).toBe(true);
        await world.clock.until(Promise.resolve(pool[Symbol.asyncDispose]()));
      }
      check(world, truth, caps);
      for (const [index, { id }] of world.budgets.entries()) {
        expect(world.booked(index)).toBe(truth.drawnFrom(id));
        expect(world.leased(index)).toBe(0n);
      }
      expect(world.clock.waiting).toBe(0);
    }),
    { seed: 11, numRuns: 400 },
  );
}, 60_000);
