import type { BudgetId, ReplicaId } from '../domain/id.ts';

/** One replica's account with one period of one budget. Totals only grow, so a report that is repeated or lost books nothing twice. */
export interface LeaseReport {
  readonly budgetId: BudgetId;
  readonly periodStart: number;
  readonly periodEnd: number | null;
  readonly spent: bigint;
  /** The part of `spent` that exceeded what was held for it; of a sliding window also what was used by what has outlived it. */
  readonly overrun: bigint;
  readonly returned: bigint;
  /** The total granted as far as the replica knows. What is wanted counts from there, so that a grant whose answer was lost is not given again. */
  readonly granted: bigint;
  /** How much more is asked for; 0 or more. */
  readonly want: bigint;
  /** With less than this no waiting call can go on, so that less is not granted; 0 when none waits. */
  readonly least: bigint;
  /** Asks the others to give back what they do not use, where the limit does not leave all that is wanted. */
  readonly recall: boolean;
  /** The length of a window that slides: what was spent counts for so long. Null: for as long as the period. */
  readonly slidingMs: number | null;
  /** Of a sliding window: how long ago what was spent was held, in the order of the totals; what they do not cover, now. */
  readonly held: readonly SpentBefore[];
  /** Of a shadow budget: how many holds it would have refused, and what they would have held. */
  readonly refused: bigint;
  readonly refusedAmount: bigint;
}

/** Up to this total it was held at least so long ago: a duration, so that no two clocks are compared. */
export interface SpentBefore {
  readonly upto: bigint;
  readonly ageMs: number;
}

export interface LeaseGrant {
  readonly budgetId: BudgetId;
  readonly periodStart: number;
  /** Total granted to this replica for this period so far; spent + returned + held may not exceed it. */
  readonly granted: bigint;
  /** The limit in force. */
  readonly limit: bigint;
  /** Spent by all replicas, as far as they have reported; of a sliding window, what of it still counts. */
  readonly spentByAll: bigint;
  /** Granted to all replicas and neither spent nor returned. */
  readonly leasedByAll: bigint;
  /** Total returned by this replica, as the store has it. */
  readonly returned: bigint;
  /** How many replicas share the window, this one included. */
  readonly replicas: number;
  /** How often somebody lacked what others hold. Grows when what this replica does not use is wanted elsewhere. */
  readonly recalls: bigint;
  /** The highest of the budget's thresholds, in percent, that what was used has newly reached; told to one replica. */
  readonly crossed: number | null;
  /** Of a sliding window: what of `spentByAll` no longer counts after how long, soonest first. */
  readonly comingBack: readonly ComingBack[];
  /** Of a shadow budget: what it would have refused of all replicas' holds in this period. */
  readonly refused: bigint;
  readonly refusedAmount: bigint;
}

export interface ComingBack {
  readonly amount: bigint;
  readonly afterMs: number;
}

/** Null: any budget may have been recalled while nobody listened. */
export type RecallListener = (budgetId: BudgetId | null) => void;

export interface QuotaStore {
  /** Books the reports and grants what there is, all in one transaction. Unknown budgets are left out of the answer. */
  sync(replicaId: ReplicaId, reports: readonly LeaseReport[]): Promise<readonly LeaseGrant[]>;
  /**
   * Removes some of what no account needs any more: periods that ended before this moment, what counted of budgets that were deleted before it, and the
   * leases of replicas that were settled before it. Answers how much; 0 when there is none, or while another does it.
   */
  prune(before: number): Promise<number>;
  /** Hears soon of what other replicas recall. A hint: notices get lost, and `LeaseGrant.recalls` tells the same more slowly. */
  onRecall(replicaId: ReplicaId, listener: RecallListener): Disposable;
}
