import type { AlertDelivery } from '../domain/alert.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { ModelSlug, ProviderId } from '../domain/id.ts';
import type { Operation, UsageEvent } from '../domain/usageEvent.ts';
import type { LedgerState } from './ledger.ts';

/** What a transport keeps open for its clients. */
export type OpenThing = 'WEBSOCKET' | 'WEBSOCKET_SUBSCRIPTION' | 'EVENT_STREAM_SUBSCRIPTION';

/** What the gateway says of its work while it works. Telling costs next to nothing and never throws; nothing is told for each token. */
export interface Telemetry {
  /** Once a call, when its account is closed. */
  callEnded(event: UsageEvent): void;
  /** These calls were refused before a provider was asked. */
  callsRefused(code: ErrorCode, count: number): void;
  /** Once an attempt, when it is settled. */
  attemptEnded(operation: Operation, attempt: Attempt): void;
  /** The leases of budgets were told to the store, or could not be. */
  quotasSynced(outcome: 'SUCCEEDED' | 'FAILED', durationMs: number): void;
  /** What became of an alert's delivery after a try. PENDING: it is tried again. */
  webhookTold(state: AlertDelivery['state']): void;
  /** To be called when it is closed; closing twice is closing once. */
  opened(thing: OpenThing): () => void;
}

/** CLOSED: asked as usual. OPEN: left alone. HALF_OPEN: one call may try it. */
export interface OfferVitals {
  readonly provider: ProviderId;
  readonly model: ModelSlug;
  readonly breaker: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
}

/** How the gateway is at one moment. */
export interface Vitals {
  readonly callsInFlight: number;
  readonly ledger: LedgerState;
  /** Budget periods of which this replica has a part, and how many of them hold something for calls under way. */
  readonly leases: { readonly all: number; readonly held: number };
  /** The offers that calls have tried in this process. */
  readonly offers: readonly OfferVitals[];
}

/** A page for whoever collects. */
export interface MetricsPage {
  readonly contentType: string;
  readonly text: string;
}
