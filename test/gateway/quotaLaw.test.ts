import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Budget } from '../../src/domain/budget.ts';
import type { QuotaTruth } from '../support/quotaTruth.ts';
import { adopt, createQuotaTruth } from '../support/quotaTruth.ts';
import type { QuotaWorld } from '../support/quotaWorld.ts';
import { quotaWorld } from '../support/quotaWorld.ts';

type Step =
  | { readonly type: 'hold'; readonly pool: number; readonly times: number; readonly amounts: readonly number[] }
  | { readonly type: 'settle'; readonly which: number; readonly percent: number }
  | { readonly type: 'advance'; readonly ms: number }
  | { readonly type: 'skew'; readonly ms: number }
  | { readonly type: 'slow'; readonly ms: number }
  | { readonly type: 'failure'; readonly failure: 'AWAY' | 'LOST' | null }
  | { readonly type: 'listening'; readonly listening: boolean }
  | { readonly type: 'crash'; readonly pool: number }
  | { readonly type: 'charge'; readonly which: number }
  | { readonly type: 'adopt' };

const poolCount = 3;
const pool = fc.nat(poolCount - 1);
const typed = <Type extends Step['type']>(type: Type) => fc.constant(type);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: typed('hold'),
      pool,
      // Several in one moment, as calls come: they must not be given the same room.
      times: fc.integer({ min: 1, max: 6 }),
      amounts: fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ type: typed('settle'), which: fc.nat(20), percent: fc.nat(150) }) },
  { weight: 3, arbitrary: fc.record({ type: typed('advance'), ms: fc.constantFrom(0, 5, 50, 300, 1000, 20_000, 70_000) }) },
  { weight: 1, arbitrary: fc.record({ type: typed('skew'), ms: fc.constantFrom(-70_000, -5000, 5000, 70_000) }) },
  { weight: 1, arbitrary: fc.record({ type: typed('slow'), ms: fc.constantFrom(0, 3, 40, 400) }) },
  { weight: 1, arbitrary: fc.record({ type: typed('failure'), failure: fc.constantFrom('AWAY' as const, 'LOST' as const, null) }) },
  { weight: 1, arbitrary: fc.record({ type: typed('listening'), listening: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: typed('crash'), pool }) },
  // Also of replicas that are only slow: they are heard again.
  { weight: 1, arbitrary: fc.record({ type: typed('charge'), which: fc.nat(10) }) },
  { weight: 1, arbitrary: fc.record({ type: typed('adopt') }) },
);
const budgets: fc.Arbitrary<readonly Partial<Budget>[]> = fc.array(
  fc.record({ limit: fc.bigInt({ min: 0n, max: 1000n }), window: fc.constantFrom<Budget['window']>('TOTAL', 'MINUTE', 'HOUR') }),
  { minLength: 1, maxLength: 3 },
);

interface Run {
  readonly world: QuotaWorld;
  readonly truth: QuotaTruth;
  /** Replicas that are gone and whose logs nobody has taken over. */
  readonly dead: string[];
}

async function take({ world, truth, dead }: Run, each: Step): Promise<void> {
  switch (each.type) {
    case 'hold':
      for (let time = 0; time < each.times; time++) holdIn({ world, truth, dead }, each.pool, each.amounts);
      return world.clock.advance(0);
    case 'settle':
      return truth.settle(each.which, each.percent);
    case 'advance':
      return world.clock.advance(each.ms);
    case 'skew':
      return world.skew(each.ms);
    case 'slow':
      world.store.pause = pauseOf(world, each.ms);
      return;
    case 'failure':
      world.store.failure = each.failure;
      return;
    case 'listening':
      world.store.listening = each.listening;
      return;
    case 'crash':
      dead.push(world.replicaOf(each.pool));
      truth.crash(world.replicaOf(each.pool));
      return world.crash(each.pool);
    case 'charge': {
      const { accounts } = world.store;
      return world.store.charge(accounts[each.which % Math.max(1, accounts.length)]?.replicaId ?? '');
    }
    case 'adopt':
      for (const replicaId of dead.splice(0)) adopt(world, truth, replicaId);
      return;
    default:
      return each satisfies never;
  }
}

function holdIn({ world, truth, dead }: Run, index: number, amounts: readonly number[]): void {
  const replicaId = world.replicaOf(index);
  world.hold(index, ...amounts.map(BigInt)).then(
    (hold) => (dead.includes(replicaId) ? undefined : truth.opened(hold, replicaId)),
    () => undefined,
  );
}

/** A store that takes its time. */
function pauseOf({ clock }: QuotaWorld, ms: number): (() => Promise<void>) | null {
  if (ms === 0) return null;
  return () => new Promise<void>((resolve) => void clock.timer(ms, resolve));
}

function check(world: QuotaWorld, truth: QuotaTruth): void {
  for (const [name, amount] of truth.within()) {
    const limit = world.budgets.find(({ id }) => name.startsWith(`${id}:`))?.limit ?? 0n;
    expect(amount, name).toBeLessThanOrEqual(limit);
  }
}

it('never lends more than the limit, leaks no hold and books all that was drawn, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(budgets, fc.array(step, { minLength: 1, maxLength: 50 }), async (limits, steps) => {
      const world = quotaWorld({ budgets: limits, pools: poolCount });
      const truth = createQuotaTruth();
      const run = { world, truth, dead: [] };
      for (const each of steps) {
        await take(run, each);
        check(world, truth);
      }
      world.store.failure = null;
      await world.clock.advance(10_000);
      await take(run, { type: 'adopt' });
      while (truth.open.length > 0) truth.settle(0, 50);
      for (const pool of world.pools) {
        expect((await world.clock.until(pool.quotas(world.budgets))).every(({ held }) => held === 0n)).toBe(true);
        await world.clock.until(Promise.resolve(pool[Symbol.asyncDispose]()));
      }
      check(world, truth);
      for (const [index, { id }] of world.budgets.entries()) {
        expect(world.booked(index)).toBe(truth.drawnFrom(id));
        expect(world.leased(index)).toBe(0n);
      }
      expect(world.clock.waiting).toBe(0);
    }),
    { seed: 11, numRuns: 400 },
  );
}, 60_000);
