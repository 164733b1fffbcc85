import type { BudgetDraw } from '../../src/domain/budget.ts';
import type { Hold } from '../../src/gateway/quota.ts';
import type { LeaseAccount } from './fakeQuotaStore.ts';
import type { QuotaWorld } from './quotaWorld.ts';

interface OpenHold {
  readonly hold: Hold;
  readonly replicaId: string;
}

type Named = Pick<LeaseAccount, 'budgetId' | 'periodStart'>;

/** What is truly held and drawn, told apart by budget and period: what the books are measured by. */
export interface QuotaTruth {
  readonly open: readonly OpenHold[];
  opened(hold: Hold, replicaId: string): void;
  /** Settles one of the open holds at so many percent of what it held. */
  settle(which: number, percent: number): void;
  /** Nobody knows how its calls went: each is charged what it held. */
  crash(replicaId: string): void;
  /** What the ledger says that the replica drew. */
  drawn(replicaId: string, account: Named): bigint;
  /** Held now and spent within what was held, by budget and period. */
  within(): ReadonlyMap<string, bigint>;
  /** Drawn from a budget by all, of all periods. */
  drawnFrom(budgetId: string): bigint;
}

export function createQuotaTruth(): QuotaTruth {
  const open: OpenHold[] = [];
  /** By replica, then by budget and period. */
  const spent = new Map<string, Map<string, bigint>>();
  const overrun = new Map<string, bigint>();

  function draw(replicaId: string, draws: readonly BudgetDraw[], amountOf: (draw: BudgetDraw) => bigint): void {
    const own = spent.get(replicaId) ?? new Map<string, bigint>();
    spent.set(replicaId, own);
    for (const each of draws) {
      const amount = amountOf(each);
      add(own, nameOf(each), amount);
      if (amount > each.amount) add(overrun, nameOf(each), amount - each.amount);
    }
  }

  return {
    open,
    opened: (hold, replicaId) => void open.push({ hold, replicaId }),
    settle(which, percent) {
      const [found] = open.splice(which % Math.max(1, open.length), 1);
      if (found === undefined) return;
      const { draws } = found.hold;
      const most = draws.reduce((largest, { amount }) => (amount > largest ? amount : largest), 0n);
      const actual = (most * BigInt(percent)) / 100n;
      found.hold.settle({ SPEND: actual });
      draw(found.replicaId, draws, () => actual);
    },
    crash(replicaId) {
      for (const lost of open.filter((each) => each.replicaId === replicaId)) {
        open.splice(open.indexOf(lost), 1);
        draw(replicaId, lost.hold.draws, ({ amount }) => amount);
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
