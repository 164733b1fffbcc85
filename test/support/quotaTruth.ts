import type { BudgetDraw } from '../../src/domain/budget.ts';
import type { Hold } from '../../src/gateway/quota.ts';
import type { LeaseAccount } from './fakeQuotaStore.ts';
import type { QuotaWorld } from './quotaWorld.ts';

interface OpenHold {
  readonly hold: Hold;
  readonly replicaId: string;
  readonly at: number;
}

/** What was used within what was held, or is held yet, and when that was held. */
export interface Moment {
  readonly budgetId: string;
  readonly at: number;
  readonly amount: bigint;
}

type Named = Pick<LeaseAccount, 'budgetId' | 'periodStart'>;

/** What is truly held and drawn, told apart by budget and period: what the books are measured by. */
export interface QuotaTruth {
  readonly open: readonly OpenHold[];
  opened(hold: Hold, replicaId: string, at: number): void;
  /** Settles one of the open holds at so many percent of what it held. */
  settle(which: number, percent: number): void;
  /** Nobody knows how its calls went: each is charged what it held. */
  crash(replicaId: string): void;
  /** What the ledger says that the replica drew. */
  drawn(replicaId: string, account: Named): bigint;
  /** Held now and spent within what was held, by budget and period. */
  within(): ReadonlyMap<string, bigint>;
  /** In the order in which it was settled; what is open last. */
  moments(): readonly Moment[];
  /** Drawn from a budget by all, of all periods. */
  drawnFrom(budgetId: string): bigint;
}

export function createQuotaTruth(): QuotaTruth {
  const open: OpenHold[] = [];
  /** By replica, then by budget and period. */
  const spent = new Map<string, Map<string, bigint>>();
  const overrun = new Map<string, bigint>();
  const settled: Moment[] = [];

  function draw({ hold: { draws }, replicaId, at }: OpenHold, amountOf: (draw: BudgetDraw) => bigint): void {
    const own = spent.get(replicaId) ?? new Map<string, bigint>();
    spent.set(replicaId, own);
    for (const each of draws) {
      const amount = amountOf(each);
      settled.push({ budgetId: each.budgetId, at, amount: amount < each.amount ? amount : each.amount });
      add(own, nameOf(each), amount);
      if (amount > each.amount) add(overrun, nameOf(each), amount - each.amount);
    }
  }

  return {
    open,
    opened: (hold, replicaId, at) => void open.push({ hold, replicaId, at }),
    settle(which, percent) {
      const [found] = open.splice(which % Math.max(1, open.length), 1);
      if (found === undefined) return;
      const { draws } = found.hold;
      const most = draws.reduce((largest, { amount }) => (amount > largest ? amount : largest), 0n);
      const actual = (most * BigInt(percent)) / 100n;
      found.hold.settle({ SPEND: actual });
      draw(found, () => actual);
    },
    crash(replicaId) {
      for (const lost of open.filter((each) => each.replicaId === replicaId)) {
        open.splice(open.indexOf(lost), 1);
        draw(lost, ({ amount }) => amount);
      }
    },
    drawn: (replicaId, account) => spent.get(replicaId)?.get(nameOf(account)) ?? 0n,
    within() {
      const sums = new Map<string, bigint>();
      for (const own of spent.values()) for (const [name, amount] of own) add(sums, name, amount);
      for (const [name, amount] of overrun) add(sums, name, -amount);
      for (const each of open.flatMap(({ hold }) => hold.draws)) add(sums, nameOf(each), each.amount);
      return sums;
    },
    moments: () => [...settled, ...open.flatMap(({ hold, at }) => hold.draws.map(({ budgetId, amount }) => ({ budgetId, at, amount })))],
    drawnFrom(budgetId) {
      const all = [...spent.values()].flatMap((own) => [...own]);
      return all.filter(([name]) => name.startsWith(`${budgetId}:`)).reduce((sum, [, amount]) => sum + amount, 0n);
    },
  };
}

/** Takes over the log of a replica that is gone. */
export function adopt({ store }: QuotaWorld, truth: QuotaTruth, replicaId: string): void {
  store.settle(replicaId, (account: LeaseAccount) => truth.drawn(replicaId, account));
}

function nameOf({ budgetId, periodStart }: Named): string {
  return `${budgetId}:${periodStart}`;
}

function add(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount);
}

/** The most that was used in any span of this length, however it lies. */
export function slidingMost(moments: readonly Pick<Moment, 'at' | 'amount'>[], lengthMs: number): bigint {
  const sorted = moments.toSorted((left, right) => left.at - right.at);
  let first = 0;
  let sum = 0n;
  let most = 0n;
  for (const { at, amount } of sorted) {
    sum += amount;
    for (let oldest = sorted[first]; oldest !== undefined && oldest.at < at - lengthMs; oldest = sorted[++first]) sum -= oldest.amount;
    if (sum > most) most = sum;
  }
  return most;
}
