import type { Budget } from '../../src/domain/budget.ts';
import { toId } from '../../src/domain/id.ts';
import type { Hold, QuotaPool } from '../../src/gateway/quota.ts';
import { createQuotaPool } from '../../src/gateway/quota.ts';
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

export function quotaWorld({ budgets: changes, pools: count = 1 }: QuotaWorldSettings): QuotaWorld {
  const clock = createManualClock(Date.UTC(2026, 0, 1, 12, 0, 30));
  const budgets = changes.map((each, index): Budget => ({ ...budget, window: 'TOTAL', id: toId(`b${index}`), ...each }));
  const store = createFakeQuotaStore(() => budgets);
  let skewMs = 0;
  const wall = { ...clock, now: () => clock.now() + skewMs };
  const pools = Array.from({ length: count }, (_, index) =>
    createQuotaPool({ store, replicaId: toId(`replica ${index}`), clock: wall, log: silentLog }),
  );
  const accountsOf = (index: number) => store.accounts.filter(({ budgetId }) => budgetId === budgets[index]?.id);
  return {
    clock,
    store,
    budgets,
    pools,
    skew(ms) {
      skewMs += ms;
    },
    async hold(index, ...amounts) {
      const pool = pools[index];
      if (pool === undefined) throw new Error('There is no such pool.');
      const claims = budgets.flatMap((each, place) => {
        const amount = amounts[place];
        return amount === undefined ? [] : [{ budget: each, amount }];
      });
      return pool.hold(claims);
    },
    booked: (index) => accountsOf(index).reduce((sum, { spent }) => sum + spent, 0n),
    leased: (index) => accountsOf(index).reduce((sum, account) => sum + outstanding(account), 0n),
  };
}
