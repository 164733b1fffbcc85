import type { AttemptStart, CallStart, UsageEvent } from '../domain/usageEvent.ts';

export interface LedgerState {
  /** False: the write-ahead log is full or cannot be written; no call may be admitted. */
  readonly accepting: boolean;
  /** Ended calls that are in the write-ahead log but not yet in the database. */
  readonly pendingEvents: number;
  readonly bytes: number;
}

/**
 * The account of every call: a write-ahead log, ingested into the store in batches. Each promise resolves when the record is written
 * where a crash of the process cannot take it. Begin and attempt throw STORE_UNAVAILABLE when it cannot be; then no provider may be asked.
 */
export interface Ledger extends AsyncDisposable {
  begin(start: CallStart, attempt: AttemptStart): Promise<void>;
  /** A further attempt of a call that has begun. */
  attempt(attempt: AttemptStart): Promise<void>;
  /** To be awaited before the last event or the answer leaves. Never refused for want of room: what began may end. Ending twice is ending once. */
  end(event: UsageEvent): Promise<void>;
  /** Resolves when all that ended before is in the store; throws STORE_UNAVAILABLE when that is out of reach. */
  flush(): Promise<void>;
  state(): LedgerState;
}
