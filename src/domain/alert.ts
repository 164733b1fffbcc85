import type { Budget } from './budget.ts';
import type { AlertId } from './id.ts';
import type { Period } from './period.ts';

/** BUDGET_THRESHOLD: what was used has reached a part of the limit. BUDGET_OVERRUN: a call drew more than was held for it. */
export const alertKinds = ['BUDGET_THRESHOLD', 'BUDGET_OVERRUN'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** What an operator is told: once for each budget, period, kind and percentage, over all replicas. */
export interface Alert {
  readonly id: AlertId;
  readonly kind: AlertKind;
  /** When it was raised, by the database's clock. */
  readonly at: number;
  /** As it is now; it may have been deleted since. */
  readonly budget: Budget;
  readonly period: Period;
  /** The threshold reached, of several at once the highest; null where it is about none. */
  readonly percent: number | null;
  /** As it was then, like the limit, in the meter's unit. */
  readonly used: bigint;
  readonly limit: bigint;
}

/** PENDING: to be tried, or tried again. FAILED: given up. */
export const deliveryStates = ['PENDING', 'DELIVERED', 'FAILED'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** An alert on its way to one webhook. */
export interface AlertDelivery {
  readonly alertId: AlertId;
  /** The webhook's name. */
  readonly webhook: string;
  /** Of the webhook's address; nothing else of it, because some carry a secret. */
  readonly host: string;
  readonly state: DeliveryState;
  /** How often it was tried. */
  readonly attempts: number;
  /** What was answered last; null: nothing. */
  readonly status: number | null;
  /** When it is tried again, or whether its replica lives is looked at; null: never. */
  readonly nextAt: number | null;
}
