import { describe, expect, it } from 'vitest';
import type { Budget, Quota } from '../../src/domain/budget.ts';
import { toId } from '../../src/domain/id.ts';
import { watchQuotas } from '../../src/gateway/quotaWatch.ts';
import { createManualClock } from '../support/manualClock.ts';
import { silentLog } from '../support/silentLog.ts';
import { budget } from '../support/things.ts';

const other: Budget = { ...budget, id: toId('b2') };

function quotaOf(one: Budget, used: bigint): Quota {
  return { budget: one, used, held: 0n, resetsAt: 100, wouldRefuse: { count: 0n, amount: 0n } };
}

/** Two budgets of which nothing is used. */
function world() {
  const clock = createManualClock();
  const states = new Map<Budget, Quota | null>([budget, other].map((one) => [one, quotaOf(one, 0n)]));
  const source: { budgets: readonly Budget[]; failure: Error | null } = { budgets: [budget, other], failure: null };
  const cursor = watchQuotas(
    { pool: { glance: (budgets) => budgets.map((one) => states.get(one) ?? null) }, clock, log: silentLog },
    {
      present: [quotaOf(budget, 0n), quotaOf(other, 0n)],
      async budgets() {
        if (source.failure !== null) throw source.failure;
        return source.budgets;
      },
    },
  );
  const use = (one: Budget, used: bigint) => void states.set(one, quotaOf(one, used));
  const read = () => cursor.read().map(({ budget: { id }, used }) => [id, used]);
  return { clock, states, source, cursor, use, read };
}

describe('watched quotas', () => {
  it('are told as they stand, then each that changed, as it is last', async () => {
    const { clock, use, read } = world();
    expect(read()).toEqual([
      ['b1', 0n],
      ['b2', 0n],
    ]);
    use(budget, 1n);
    await clock.advance(100);
    use(budget, 2n);
    await clock.advance(149);
    expect(read()).toEqual([]);
    await clock.advance(1);
    expect(read()).toEqual([['b1', 2n]]);
    await clock.advance(10_000);
    expect(read()).toEqual([]);
  });

  it('are told no oftener than every quarter second, however often they change', async () => {
    const { clock, cursor, use, read } = world();
    read();
    let told = 0;
    for (let step = 1; step <= 100; step++) {
      use(budget, BigInt(step));
      await clock.advance(10);
      told += read().length;
    }
    expect([told, cursor.ended]).toEqual([4, false]);
  });

  it('keep for a slow reader one state a budget', async () => {
    const { clock, use, read } = world();
    for (let step = 1n; step <= 20n; step++) {
      use(budget, step);
      use(other, step);
      await clock.advance(250);
    }
    expect(read()).toEqual([
      ['b1', 20n],
      ['b2', 20n],
    ]);
  });

  it('wake who waits', async () => {
    const { clock, cursor, use } = world();
    cursor.read();
    let woken = 0;
    cursor.wait(() => woken++);
    await clock.advance(250);
    expect(woken).toBe(0);
    use(other, 1n);
    await clock.advance(250);
    use(other, 2n);
    await clock.advance(250);
    expect(woken).toBe(1);
  });

  it('follow the budgets that are made, deleted and edited', async () => {
    const { clock, source, states, read } = world();
    read();
    const [made, edited] = [
      { ...budget, id: toId<Budget['id']>('b3') },
      { ...budget, limit: 1n },
    ];
    source.budgets = [edited, made];
    states.set(made, quotaOf(made, 5n));
    states.set(edited, quotaOf(edited, 0n));
    await clock.advance(250);
    expect(read()).toEqual([
      ['b1', 0n],
      ['b3', 5n],
    ]);
    source.budgets = [edited, made, other];
    await clock.advance(250);
    expect(read()).toEqual([['b2', 0n]]);
  });

  it('are silent about what is not known yet, and while budgets cannot be read', async () => {
    const { clock, source, states, use, read } = world();
    read();
    states.set(budget, null);
    await clock.advance(250);
    use(budget, 7n);
    source.failure = new Error('away');
    await clock.advance(1000);
    expect(read()).toEqual([]);
    source.failure = null;
    await clock.advance(250);
    expect(read()).toEqual([['b1', 7n]]);
  });

  it('leave nothing behind when their reader leaves', async () => {
    const { clock, cursor } = world();
    cursor.close();
    await clock.advance(1000);
    expect([cursor.ended, cursor.read(), clock.waiting]).toEqual([true, [], 0]);
  });
});
