import type { Budget } from '../../src/domain/budget.ts';
import type { ReplicaId } from '../../src/domain/id.ts';
import type { LeaseGrant, LeaseReport, QuotaStore } from '../../src/ports/store.ts';

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
}

export interface FakeQuotaStore extends QuotaStore {
  /** How the next syncs fail, until it is set to null. */
  failure: SyncFailure | null;
  /** While set, a sync waits for it before and after it is booked. */
  pause: (() => Promise<void>) | null;
  readonly accounts: readonly LeaseAccount[];
  /** How many syncs were asked for. */
  readonly syncs: number;
}

/** Grants as the database does: a lease at most what its limit has left, whoever asks; totals only grow. */
export function createFakeQuotaStore(budgets: () => readonly Budget[]): FakeQuotaStore {
  const accounts = new Map<string, LeaseAccount>();
  let syncs = 0;

  function windowOf({ budgetId, periodStart }: LeaseReport): readonly LeaseAccount[] {
    return [...accounts.values()].filter((account) => account.budgetId === budgetId && account.periodStart === periodStart);
  }

  function accountOf(replicaId: ReplicaId, { budgetId, periodStart }: LeaseReport): LeaseAccount {
    const name = `${budgetId}:${periodStart}:${replicaId}`;
    const account = accounts.get(name) ?? { budgetId, periodStart, replicaId, granted: 0n, spent: 0n, overrun: 0n, returned: 0n };
    accounts.set(name, account);
    return account;
  }

  function book(replicaId: ReplicaId, report: LeaseReport): LeaseGrant | null {
    const budget = budgets().find(({ id }) => id === report.budgetId);
    if (budget === undefined) return null;
    const account = accountOf(replicaId, report);
    account.spent = most(account.spent, report.spent);
    account.overrun = most(account.overrun, report.overrun);
    account.returned = most(account.returned, least(report.returned, account.granted));
    const left = budget.limit - sum(windowOf(report), ({ spent }) => spent) - sum(windowOf(report), outstanding);
    account.granted += budget.policy === 'SOFT' ? report.want : least(report.want, most(0n, left));
    return {
      budgetId: budget.id,
      periodStart: report.periodStart,
      granted: account.granted,
      limit: budget.limit,
      spentByAll: sum(windowOf(report), ({ spent }) => spent),
      leasedByAll: sum(windowOf(report), outstanding),
    };
  }

  const store: FakeQuotaStore = {
    failure: null,
    pause: null,
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

/** Granted, and neither spent nor returned. */
export function outstanding({ granted, spent, returned }: LeaseAccount): bigint {
  return most(0n, granted - spent - returned);
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
