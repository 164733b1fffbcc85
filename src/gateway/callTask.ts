import type { CompletionRequest } from '../domain/completion.ts';
import type { CompletionId } from '../domain/id.ts';
import type { CatalogSnapshot } from '../ports/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { CallAccount } from './account.ts';
import type { AttemptOrder, ReadyAttempt } from './attemptOrder.ts';
import type { Lessons } from './attemptSettlement.ts';
import type { CallEvents } from './callEvents.ts';
import type { Ranking } from './router.ts';

export interface CallParts extends Lessons {
  readonly clock: Clock;
  readonly log: Log;
}

/** A call that has been admitted: its account is open, its first attempt ready. */
export interface CallPlan {
  readonly id: CompletionId;
  readonly request: CompletionRequest;
  readonly streamed: boolean;
  readonly startedAt: number;
  readonly snapshot: CatalogSnapshot;
  readonly ranking: Ranking;
  readonly account: CallAccount;
  readonly order: AttemptOrder;
  readonly first: ReadyAttempt;
}

/** What a running call shares among its steps. */
export interface CallTask {
  readonly parts: CallParts;
  readonly plan: CallPlan;
  readonly events: CallEvents;
  /** Monotonic time at which the call must be done. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}
