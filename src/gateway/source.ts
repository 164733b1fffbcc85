import type { ReplicaId } from '../domain/id.ts';
import type { Catalog } from '../ports/catalog.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { AccountParts } from './account.ts';
import type { CallParts } from './call.ts';
import type { Router } from './router.ts';

/** What every kind of call is made from. */
export interface CallSources extends AccountParts, CallParts {
  readonly catalog: Catalog;
  readonly router: Router;
  readonly ids: IdSource;
  readonly replicaId: ReplicaId;
  /** A number from 0 to below 1, for weighted choices. */
  readonly draw: () => number;
  /** Aborted, by the error that calls then end with, when the process goes down and waits no longer. */
  readonly closing: AbortSignal;
}
