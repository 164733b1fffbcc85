import type { Budget } from '../../src/domain/budget.ts';
import { toId } from '../../src/domain/id.ts';
import type { Hold, QuotaPool } from '../../src/gateway/quota.ts';
import { createQuotaPool } from '../../src/gateway/quota.ts';
import type { Clock, Timer } from '../../src/ports/clock.ts';
import type { FakeQuotaStore } from './fakeQuotaStore.ts';
import { createFakeQuotaStore, outstanding } from './fakeQuotaStore.ts';
import type { ManualClock } from './manualClock.ts';
import { createManualClock } from './manualClock.ts';
import { silentLog } from './silentLog.ts';
import { budget } from './things.ts';

/** Pools of several replicas on one store, and what was truly drawn from them. */
export interface QuotaWorld {
  readonly clock: ManualClock;
  readonly store: FakeQuotaStore;
  readonly budgets: readonly Budget[];
  readonly pools: readonly QuotaPool[];
  /** The replica that has this pool now. */
  replicaOf(pool: number): string;
  /** The replica is gone without a word, and another takes its place. */
  crash(pool: number): void;
  /** The replica does not reach the store, as long as it is cut off. */
  cut(pool: number, off: boolean): void;
  /** Gives a budget another limit; what was used stays. */
  edit(index: number, limit: bigint): void;
  /** Sets the clock of the wall forward or back. */
  skew(ms: number): void;
  /** Holds these amounts, one a budget. */
  hold(pool: number, ...amounts: readonly bigint[]): Promise<Hold>;
  /** Spent as the store has it, of all periods. */
  booked(index: number): bigint;
  /** Leased by the store to some replica, of all periods. */
  leased(index: number): bigint;
}

export interface QuotaWorldSettings {
  readonly budgets: readonly Partial<Budget>[];
  readonly pools?: number;
}

interface Replica {
  readonly id: string;
  readonly pool: QuotaPool;
  /** Its timers fire no more, and nothing that it asks is answered. */
  stop(): void;
  cut(off: boolean): void;
}

export function quotaWorld({ budgets: changes, pools: count = 1 }: QuotaWorldSettings): QuotaWorld {
  const clock = createManualClock(Date.UTC(2026, 0, 1, 12, 0, 30));
  const budgets = changes.map((each, index): Budget => ({ ...budget, window: 'TOTAL', id: toId(`b${index}`), ...each }));
  const store = createFakeQuotaStore(() => budgets, clock.now);
  let skewMs = 0;
  let born = 0;

  function startReplica(): Replica {
    const id = `replica ${born++}`;
    const timers = new Set<Timer>();
    let alive = true;
    let cutOff = false;
    // Each machine counts from a moment of its own.
    const sinceMs = born * 1_234_567;
    const wall: Clock = {
      now: () => clock.now() + skewMs,
      monotonic: () => clock.monotonic() + sinceMs,
      timer(delayMs, listener) {
        const timer = clock.timer(delayMs, listener);
        timers.add(timer);
        return timer;
      },
    };
    const never = new Promise<never>(() => undefined);
    const pool = createQuotaPool({
      store: {
        async sync(replicaId, reports) {
          if (!alive) return never;
          if (cutOff) throw new Error('The database does not answer.');
          try {
            return await store.sync(replicaId, reports);
          } finally {
            // What was on its way when the replica went has arrived; the answer finds nobody.
            if (!alive) await never;
          }
        },
        prune: store.prune,
        onRecall: (replicaId, listener) => store.onRecall(replicaId, (budgetId) => (alive ? listener(budgetId) : undefined)),
      },
      replicaId: toId(id),
      clock: wall,
      log: silentLog,
    });
    return {
      id,
      pool,
      cut(off) {
        cutOff = off;
      },
      stop() {
        alive = false;
        for (const timer of timers) timer.clear();
      },
    };
  }

  const replicas = Array.from({ length: count }, startReplica);
  const accountsOf = (index: number) => store.accounts.filter(({ budgetId }) => budgetId === budgets[index]?.id);
  return {
    clock,
    store,
    budgets,
    get pools() {
      return replicas.map(({ pool }) => pool);
    },
    replicaOf: (index) => replicas[index]?.id ?? '',
    crash(index) {
      replicas[index]?.stop();
      replicas[index] = startReplica();
    },
    cut: (index, off) => replicas[index]?.cut(off),
    edit(index, limit) {
      const old = budgets[index];
      if (old !== undefined) budgets[index] = { ...old, limit };
    },
    skew(ms) {
      skewMs += ms;
    },
    async hold(index, ...amounts) {
      const replica = replicas[index];
      if (replica === undefined) throw new Error('There is no such pool.');
      const claims = budgets.flatMap((each, place) => {
        const amount = amounts[place];
        return amount === undefined ? [] : [{ budget: each, amount }];
      });
      return replica.pool.hold(claims);
    },
    booked: (index) => accountsOf(index).reduce((sum, { spent }) => sum + spent, 0n),
    leased: (index) => accountsOf(index).reduce((sum, account) => sum + outstanding(account), 0n),
  };
}
