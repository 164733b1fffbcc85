import type { Budget } from '../domain/budget.ts';
import type { Period } from '../domain/period.ts';
import type { Log } from '../ports/log.ts';

/** What was used of a budget has reached a part of its limit. */
export interface ThresholdCrossing {
  readonly budget: Budget;
  readonly period: Period;
  /** Of the limit; where several were reached at once, the highest. */
  readonly percent: number;
  readonly used: bigint;
  readonly limit: bigint;
}

export type ThresholdListener = (crossing: ThresholdCrossing) => void;

/** Tells the operator. */
export function logThresholds(log: Log): ThresholdListener {
  return ({ budget, period, percent, used, limit }) => {
    const { id, scope, meter, window } = budget;
    const fields = {
      budgetId: id,
      scope: scope.type,
      meter,
      window,
      percent,
      used: String(used),
      limit: String(limit),
      resetsAt: period.end,
    };
    log.warn('A budget has reached a threshold.', fields);
  };
}
