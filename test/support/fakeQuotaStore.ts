import type { Budget } from '../../src/domain/budget.ts';
import type { ReplicaId } from '../../src/domain/id.ts';
import type { LeaseGrant, LeaseReport, QuotaStore, RecallListener } from '../../src/ports/quota.ts';
import { createFakeSlides } from './fakeSlides.ts';

/** AWAY: nothing is booked. LOST: everything is booked, and the answer is lost on the way. */
export type SyncFailure = 'AWAY' | 'LOST';

/** What one replica was granted for one period, and how it stands. */
export interface LeaseAccount {
  readonly budgetId: string;
  readonly periodStart: number;
  readonly replicaId: string;
  granted: bigint;
  spent: bigint;
  overrun: bigint;
  returned: bigint;
  /** Counted as spent since its replica fell silent. */
  lost: bigint;
  /** Settled, and grows no more. */
  closed: boolean;
  refused: bigint;
  refusedAmount: bigint;
  /** What was overrun stays beside the lease. */
  slides: boolean;
}

export interface FakeQuotaStore extends QuotaStore {
  /** How the next syncs fail, until it is set to null. */
  failure: SyncFailure | null;
  /** While set, a sync waits for it before and after it is booked. */
  pause: (() => Promise<void>) | null;
  /** Whether recalls are heard, or only seen in the answers. */
  listening: boolean;
  /** Recalls are heard again, and all that listen are told so. */
  reconnect(): void;
  readonly accounts: readonly LeaseAccount[];
  /** How often somebody asked the others to give back. */
  readonly recalls: number;
  /** As another replica does for one that has been silent too long. */
  charge(replicaId: string): void;
  /** As the next start on a dead replica's folder does: what it drew is spent, the rest goes back. */
  settle(replicaId: string, drawn: (account: LeaseAccount) => bigint): void;
  /** How many syncs were asked for. */
  readonly syncs: number;
}

interface Wish {
  readonly budget: Budget;
  readonly report: LeaseReport;
  readonly spentByAll: bigint;
}

/** So long a replica is not heard before others may charge it. */
const silentMs = 30_000;

/** Grants as the database does: a lease at most what its limit has left, whoever asks; totals only grow. */
export function createFakeQuotaStore(budgets: () => readonly Budget[], now: () => number = () => 0): FakeQuotaStore {
  const slides = createFakeSlides(now);
  const heardAt = new Map<string, number>();
  const gone = new Set<string>();
  const accounts = new Map<string, LeaseAccount>();
  const listeners = new Map<RecallListener, ReplicaId>();
  const recalls = new Map<string, bigint>();
  const alerted = new Map<string, number>();
  let recallCount = 0;
  let syncs = 0;

  function windowOf({ budgetId, periodStart }: LeaseReport): readonly LeaseAccount[] {
    return [...accounts.values()].filter((account) => account.budgetId === budgetId && account.periodStart === periodStart);
  }

  /** Null: the replica was settled for good, and has none. */
  function accountOf(replicaId: ReplicaId, { budgetId, periodStart, slidingMs }: LeaseReport): LeaseAccount | null {
    const name = `${budgetId}:${periodStart}:${replicaId}`;
    if (gone.has(replicaId) && !accounts.has(name)) return null;
    const account = accounts.get(name) ?? {
      budgetId,
      periodStart,
      replicaId,
      granted: 0n,
      spent: 0n,
      overrun: 0n,
      returned: 0n,
      lost: 0n,
      closed: false,
      refused: 0n,
      refusedAmount: 0n,
      slides: slidingMs !== null,
    };
    accounts.set(name, account);
    return account;
  }

  function book(replicaId: ReplicaId, report: LeaseReport): LeaseGrant | null {
    const budget = budgets().find(({ id }) => id === report.budgetId);
    if (budget === undefined) return null;
    const account = accountOf(replicaId, report);
    if (account === null) return null;
    heardAt.set(replicaId, now());
    account.lost = 0n;
    if (report.slidingMs !== null) slides.spend(budget.id, { before: account.spent, report, slidingMs: report.slidingMs });
    account.spent = most(account.spent, report.spent);
    account.overrun = most(account.overrun, report.overrun);
    account.returned = most(account.returned, least(report.returned, account.granted));
    account.granted = most(account.granted, account.spent - account.overrun + account.returned);
    account.refused = most(account.refused, report.refused);
    account.refusedAmount = most(account.refusedAmount, report.refusedAmount);
    const comingBack = slides.comingBack(budget.id);
    const spentByAll =
      report.slidingMs === null
        ? sum(windowOf(report), ({ spent, lost }) => spent + lost)
        : comingBack.reduce((total, { amount }) => total + amount, 0n);
    const granted = grant(account, { budget, report, spentByAll });
    const leasedByAll = sum(windowOf(report), outstanding);
    if (report.recall && !granted && leasedByAll > outstanding(account)) recallFor(replicaId, report);
    return {
      budgetId: budget.id,
      periodStart: report.periodStart,
      granted: account.granted,
      returned: account.returned,
      limit: budget.limit,
      spentByAll,
      leasedByAll,
      replicas: windowOf(report).filter(({ closed }) => !closed).length,
      recalls: recalls.get(windowName(report)) ?? 0n,
      crossed: crossedBy(report, budget.limit),
      comingBack,
      refused: sum(windowOf(report), ({ refused }) => refused),
      refusedAmount: sum(windowOf(report), ({ refusedAmount }) => refusedAmount),
    };
  }

  /** What slides comes back, so that only the silent may be charged: they hold nothing more. */
  function chargeSliding(account: LeaseAccount, slidingMs: number): void {
    if (now() - (heardAt.get(account.replicaId) ?? 0) < silentMs) return;
    slides.add(account.budgetId, { slidingMs, ageMs: 0, amount: outstanding(account) });
    account.returned += outstanding(account);
  }

  /** Answers whether all that was wanted was there. */
  function grant(account: LeaseAccount, { budget, report, spentByAll }: Wish): boolean {
    const missing = report.granted + report.want - account.granted;
    if (missing <= 0n) return true;
    if (account.closed) return false;
    const left = most(0n, budget.limit - spentByAll - sum(windowOf(report), outstanding));
    const room = budget.policy === 'SOFT' ? missing : left;
    if (room >= report.granted + report.least - account.granted) account.granted += least(missing, room);
    return room >= missing;
  }

  function crossedBy(report: LeaseReport, limit: bigint): number | null {
    const spent = sum(windowOf(report), (account) => account.spent + account.lost);
    const before = alerted.get(windowName(report)) ?? 0;
    const reached = [100, 80, 50].find((percent) => limit > 0n && spent * 100n >= limit * BigInt(percent)) ?? 0;
    alerted.set(windowName(report), Math.max(before, reached));
    return reached > before ? reached : null;
  }

  function recallFor(replicaId: ReplicaId, report: LeaseReport): void {
    recalls.set(windowName(report), (recalls.get(windowName(report)) ?? 0n) + 1n);
    recallCount++;
    if (!store.listening) return;
    for (const [listener, by] of listeners) if (by !== replicaId) queueMicrotask(() => listener(report.budgetId));
  }

  const store: FakeQuotaStore = {
    failure: null,
    pause: null,
    listening: true,
    get recalls() {
      return recallCount;
    },
    reconnect() {
      store.listening = true;
      for (const listener of listeners.keys()) listener(null);
    },
    charge(replicaId) {
      for (const account of accounts.values()) {
        if (account.replicaId !== replicaId || account.closed) continue;
        const slidingMs = slides.lengthOf(account.budgetId);
        if (slidingMs === null) account.lost += outstanding(account);
        else chargeSliding(account, slidingMs);
      }
    },
    settle(replicaId, drawn) {
      gone.add(replicaId);
      for (const account of accounts.values()) {
        if (account.replicaId !== replicaId || account.closed) continue;
        account.lost = 0n;
        const slidingMs = slides.lengthOf(account.budgetId);
        const unbooked = most(0n, drawn(account) - account.spent);
        if (slidingMs !== null) slides.add(account.budgetId, { slidingMs, ageMs: 0, amount: unbooked });
        account.spent += unbooked;
        if (!account.slides) account.overrun = most(account.overrun, account.spent - (account.granted - account.returned));
        account.returned += outstanding(account);
        account.closed = true;
      }
    },
    onRecall(replicaId, listener) {
      listeners.set(listener, replicaId);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    prune: async () => 0,
    get accounts() {
      return [...accounts.values()];
    },
    get syncs() {
      return syncs;
    },
    async sync(replicaId, reports) {
      syncs++;
      await store.pause?.();
      if (store.failure === 'AWAY') throw new Error('The database does not answer.');
      const grants = reports.map((report) => book(replicaId, report)).filter((grant) => grant !== null);
      await store.pause?.();
      if (store.failure === 'LOST') throw new Error('The connection broke after the commit.');
      return grants;
    },
  };
  return store;
}

/** Granted, and neither spent nor returned nor charged. */
export function outstanding({ granted, spent, overrun, returned, lost, slides }: LeaseAccount): bigint {
  return most(0n, granted - spent + (slides ? overrun : 0n) - returned - lost);
}

function windowName({ budgetId, periodStart }: LeaseReport): string {
  return `${budgetId}:${periodStart}`;
}

function sum(accounts: readonly LeaseAccount[], part: (account: LeaseAccount) => bigint): bigint {
  return accounts.reduce((total, account) => total + part(account), 0n);
}

function most(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
