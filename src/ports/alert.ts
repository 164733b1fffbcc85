import type { Alert, AlertDelivery, AlertKind } from '../domain/alert.ts';
import type { AlertId, BudgetId, OrganizationId, ReplicaId } from '../domain/id.ts';

/** Null: whatever it is. */
export interface AlertFilter {
  readonly organizationId: OrganizationId | null;
  readonly kinds: readonly AlertKind[] | null;
  readonly budgetId: BudgetId | null;
}

/** A webhook as far as the store has to know it. */
export interface DeliveryTarget {
  readonly webhook: string;
  readonly host: string;
  readonly kinds: readonly AlertKind[];
}

export interface DeliveryClaim {
  readonly replicaId: ReplicaId;
  /** Only deliveries to these. */
  readonly webhooks: readonly string[];
  readonly at: number;
  /** Nobody else takes them before; a replica that dies meanwhile loses them then. */
  readonly until: number;
  readonly most: number;
}

/** A delivery that is this replica's to try. `attempts` counts the one that is to be made. */
export interface ClaimedDelivery extends Pick<AlertDelivery, 'webhook' | 'attempts'> {
  readonly alert: Alert;
  readonly createdAt: number;
}

/** How a try went. PENDING: it is tried again at `nextAt`. */
export interface DeliveryOutcome extends Pick<AlertDelivery, 'state' | 'status' | 'nextAt'> {
  /** RELEASED: it was not made, and is not counted. */
  readonly released?: boolean;
}

/** Alerts' way to webhooks, for all replicas. Fails with STORE_UNAVAILABLE. */
export interface AlertDeliveryStore {
  /** Hears soon that alerts were raised, by whichever replica. A hint: notices get lost, and it may hear one too many. */
  onAlert(listener: () => void): Disposable;
  /** Makes the deliveries of alerts that nobody has looked at yet. Answers those alerts: each once over all replicas. */
  plan(targets: readonly DeliveryTarget[], at: number, most: number): Promise<readonly Alert[]>;
  /** Takes deliveries that are due. Of any number of replicas one gets each. */
  claim(claim: DeliveryClaim): Promise<readonly ClaimedDelivery[]>;
  /** Writes down how a try went, unless somebody else has taken the delivery over. */
  settle(claimed: ClaimedDelivery, replicaId: ReplicaId, outcome: DeliveryOutcome): Promise<void>;
  /** When the next delivery to one of these is due; null: there is none. */
  dueAt(webhooks: readonly string[]): Promise<number | null>;
  deliveries(ids: readonly AlertId[]): Promise<readonly AlertDelivery[]>;
}
