import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Budget } from '../../src/domain/budget.ts';
import type { Hold } from '../../src/gateway/quota.ts';
import type { QuotaWorld } from '../support/quotaWorld.ts';
import { quotaWorld } from '../support/quotaWorld.ts';

type Step =
  | { readonly type: 'hold'; readonly pool: number; readonly amounts: readonly number[] }
  | { readonly type: 'settle'; readonly which: number; readonly percent: number }
  | { readonly type: 'advance'; readonly ms: number }
  | { readonly type: 'skew'; readonly ms: number }
  | { readonly type: 'slow'; readonly ms: number }
  | { readonly type: 'failure'; readonly failure: 'AWAY' | 'LOST' | null };

const poolCount = 3;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('hold' as const),
      pool: fc.nat(poolCount - 1),
      amounts: fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('settle' as const), which: fc.nat(20), percent: fc.nat(150) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('advance' as const), ms: fc.constantFrom(0, 50, 300, 1000, 20_000, 70_000) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('skew' as const), ms: fc.constantFrom(-70_000, -5000, 5000, 70_000) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('slow' as const), ms: fc.constantFrom(0, 40, 400) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('failure' as const), failure: fc.constantFrom('AWAY' as const, 'LOST' as const, null) }),
  },
);
const budgets: fc.Arbitrary<readonly Partial<Budget>[]> = fc.array(
  fc.record({ limit: fc.bigInt({ min: 0n, max: 1000n }), window: fc.constantFrom<Budget['window']>('TOTAL', 'MINUTE', 'HOUR') }),
  { minLength: 1, maxLength: 3 },
);

/** What is truly held and drawn, told apart by budget and period. */
class Truth {
  readonly open: Hold[] = [];
  readonly spent = new Map<string, bigint>();
  readonly overrun = new Map<string, bigint>();

  settle(which: number, percent: number): void {
    const [hold] = this.open.splice(which % Math.max(1, this.open.length), 1);
    if (hold === undefined) return;
    const most = hold.draws.reduce((found, { amount }) => (amount > found ? amount : found), 0n);
    const actual = (most * BigInt(percent)) / 100n;
    hold.settle({ SPEND: actual });
    for (const { budgetId, periodStart, amount } of hold.draws) {
      const key = `${budgetId}:${periodStart}`;
      this.spent.set(key, (this.spent.get(key) ?? 0n) + actual);
      if (actual > amount) this.overrun.set(key, (this.overrun.get(key) ?? 0n) + actual - amount);
    }
  }

  /** Held now and spent within what was held. */
  within(): ReadonlyMap<string, bigint> {
    const sums = new Map<string, bigint>();
    for (const [key, spent] of this.spent) sums.set(key, spent - (this.overrun.get(key) ?? 0n));
    for (const { budgetId, periodStart, amount } of this.open.flatMap(({ draws }) => draws)) {
      const key = `${budgetId}:${periodStart}`;
      sums.set(key, (sums.get(key) ?? 0n) + amount);
    }
    return sums;
  }
}

async function take(world: QuotaWorld, truth: Truth, each: Step): Promise<void> {
  if (each.type === 'hold') {
    const held = world.hold(each.pool, ...each.amounts.map(BigInt));
    held.then((hold) => truth.open.push(hold)).catch(() => undefined);
    await world.clock.advance(0);
  } else if (each.type === 'settle') truth.settle(each.which, each.percent);
  else if (each.type === 'advance') await world.clock.advance(each.ms);
  else if (each.type === 'failure') world.store.failure = each.failure;
  else if (each.type === 'slow') world.store.pause = pauseOf(world, each.ms);
  else world.skew(each.ms);
}

/** A store that takes its time. */
function pauseOf({ clock }: QuotaWorld, ms: number): (() => Promise<void>) | null {
  if (ms === 0) return null;
  return () => new Promise<void>((resolve) => void clock.timer(ms, resolve));
}

function check(world: QuotaWorld, truth: Truth): void {
  for (const [key, amount] of truth.within()) {
    const limit = world.budgets.find(({ id }) => key.startsWith(`${id}:`))?.limit ?? 0n;
    expect(amount, key).toBeLessThanOrEqual(limit);
  }
}

it('never lends more than the limit, leaks no hold and books all that was drawn, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(budgets, fc.array(step, { minLength: 1, maxLength: 40 }), async (limits, steps) => {
      const world = quotaWorld({ budgets: limits, pools: poolCount });
      const truth = new Truth();
      for (const each of steps) {
        await take(world, truth, each);
        check(world, truth);
      }
      world.store.failure = null;
      await world.clock.advance(10_000);
      while (truth.open.length > 0) truth.settle(0, 50);
      for (const pool of world.pools) {
        expect((await world.clock.until(pool.quotas(world.budgets))).every(({ held }) => held === 0n)).toBe(true);
        await world.clock.until(Promise.resolve(pool[Symbol.asyncDispose]()));
      }
      check(world, truth);
      for (const [index, { id }] of world.budgets.entries()) {
        const drawn = [...truth.spent].filter(([key]) => key.startsWith(`${id}:`)).reduce((sum, [, spent]) => sum + spent, 0n);
        expect(world.booked(index)).toBe(drawn);
        expect(world.leased(index)).toBe(0n);
      }
      expect(world.clock.waiting).toBe(0);
    }),
    { seed: 11, numRuns: 300 },
  );
}, 60_000);
