import type { Budget } from '../../src/domain/budget.ts';
import type { ReplicaId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { LeaseGrant, LeaseReport } from '../../src/ports/quota.ts';
import type { OpenedStore } from '../../src/store/store.ts';
import { newAct, newBudget, nextId, seedTenancy } from './tenancySeed.ts';

/** Of the first period of a budget without end. */
export const nothingToReport: Omit<LeaseReport, 'budgetId'> = {
  periodStart: 0,
  periodEnd: null,
  spent: 0n,
  overrun: 0n,
  returned: 0n,
  granted: 0n,
  want: 0n,
  least: 0n,
  recall: false,
  slidingMs: null,
  held: [],
  refused: 0n,
  refusedAmount: 0n,
};

export function newReplica(): ReplicaId {
  return toId(nextId());
}

/** Makes budgets of 1,000 and reports on them one at a time, as whatever replica. */
export function createReporter(store: () => OpenedStore) {
  return {
    async seedBudget(changes: Partial<Budget> = {}): Promise<Budget> {
      const budget = newBudget(await seedTenancy(store()), changes);
      await store().budgets.create(budget, newAct('CREATE_BUDGET'));
      return budget;
    },
    async report(budget: Budget, replicaId: ReplicaId, changes: Partial<LeaseReport>): Promise<LeaseGrant | undefined> {
      const [grant] = await store().quotas.sync(replicaId, [{ ...nothingToReport, budgetId: budget.id, ...changes }]);
      return grant;
    },
  };
}
