import type { BudgetDraw } from '../domain/budget.ts';
import type { Tag } from '../domain/tag.ts';
import type { Caller } from './caller.ts';
import type { LimitedCall, PricedCall } from './limitedCall.ts';

/** What a call is counted by before it runs. */
export interface CallSubject {
  /** Tells it from the other calls of its operation. */
  readonly place: string;
  readonly model: string;
  readonly tags: readonly Tag[];
  /** The user that the call itself names; absent: none. */
  readonly endUser?: string | null;
  /** Absent and null: none. */
  readonly idempotencyKey?: string | null;
  /** Null: neither the operation nor the field limits its cost. */
  readonly cost: LimitedCall | null;
}

/** The room one operation was given: requests, places in flight and money under its cost limits, for all of its calls, or none. What is not taken is given back. */
export interface OperationAdmission extends Disposable {
  /** The room of one of the admitted calls. Throws why a limit refused it, and INTERNAL when the operation was not admitted for it. */
  take(place: string): CallAdmission;
  /** Whether the call draws on a cost limit of its operation or field. */
  isLimited(place: string): boolean;
}

/** One call's place in flight and its requests; disposing it gives back what `settle` has not booked. */
export interface CallAdmission extends Disposable {
  /** The offers it was priced for and what it may cost; null: nothing limits its cost beyond its own request. */
  readonly priced: PricedCall | null;
  readonly holds: readonly BudgetDraw[];
  /** From 0 to below 1: which of an alias's weighted models it was admitted for, and is to be made with. */
  readonly draw: number;
  /** Books the request; answers what it drew. Settling twice is settling once. */
  settle(): readonly BudgetDraw[];
}

export interface Admission {
  /** All or none. Throws COST_LIMIT for the operation's limit, FORBIDDEN for a disabled user, QUOTA_EXHAUSTED, RATE_LIMITED, OVERLOADED, STORE_UNAVAILABLE. */
  admit(caller: Caller, calls: readonly CallSubject[]): Promise<OperationAdmission>;
}
