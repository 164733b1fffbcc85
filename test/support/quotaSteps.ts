import * as fc from 'fast-check';
import type { QuotaTruth } from './quotaTruth.ts';
import { adopt } from './quotaTruth.ts';
import type { QuotaWorld } from './quotaWorld.ts';

/** What may happen to the replicas of a world. */
export type Step =
  | { readonly type: 'hold'; readonly pool: number; readonly times: number; readonly amounts: readonly number[] }
  | { readonly type: 'settle'; readonly which: number; readonly percent: number }
  | { readonly type: 'advance'; readonly ms: number }
  | { readonly type: 'skew'; readonly ms: number }
  | { readonly type: 'slow'; readonly ms: number }
  | { readonly type: 'failure'; readonly failure: 'AWAY' | 'LOST' | null }
  | { readonly type: 'listening'; readonly listening: boolean }
  | { readonly type: 'crash'; readonly pool: number }
  | { readonly type: 'charge'; readonly which: number }
  | { readonly type: 'adopt' }
  | { readonly type: 'cut'; readonly pool: number; readonly off: boolean };

export const poolCount = 3;
export const pool = fc.nat(poolCount - 1);
export const typed = <Type extends Step['type']>(type: Type) => fc.constant(type);
export const step: fc.Arbitrary<Step> = fc.oneof(
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
export interface Run {
  readonly world: QuotaWorld;
  readonly truth: QuotaTruth;
  /** Replicas that are gone and whose logs nobody has taken over. */
  readonly dead: string[];
}

export async function take({ world, truth, dead }: Run, each: Step): Promise<void> {
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
    case 'cut':
      return world.cut(each.pool, each.off);
    default:
      return each satisfies never;
  }
}

function holdIn({ world, truth, dead }: Run, index: number, amounts: readonly number[]): void {
  const replicaId = world.replicaOf(index);
  world.hold(index, ...amounts.map(BigInt)).then(
    (hold) => (dead.includes(replicaId) ? undefined : truth.opened(hold, replicaId, world.clock.monotonic())),
    () => undefined,
  );
}

/** A store that takes its time. */
function pauseOf({ clock }: QuotaWorld, ms: number): (() => Promise<void>) | null {
  if (ms === 0) return null;
  return () => new Promise<void>((resolve) => void clock.timer(ms, resolve));
}
