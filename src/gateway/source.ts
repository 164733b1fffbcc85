import type { ReplicaId } from '../domain/id.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { AccountParts } from './account.ts';
import type { AttemptParts } from './attemptOrder.ts';
import type { CallParts } from './callTask.ts';
import type { OfferSources } from './offerQuestion.ts';

/** What every kind of call is made from. */
export interface CallSources extends AccountParts, CallParts, OfferSources {
  readonly ids: IdSource;
  readonly replicaId: ReplicaId;
  /** Aborted, by the error that calls then end with, when the process goes down and waits no longer. */
  readonly closing: AbortSignal;
  /** How calls are tried again, as it is set now. */
  readonly attempts: () => AttemptParts;
}
