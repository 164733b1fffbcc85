import { GatewayError } from '../../src/domain/errors.ts';
import type { AttemptStart, CallStart, UsageEvent } from '../../src/domain/usageEvent.ts';
import type { Ledger } from '../../src/ports/ledger.ts';

/** A ledger that records, refuses and lets wait. */
export interface FakeLedger extends Ledger {
  readonly begun: readonly CallStart[];
  readonly attempts: readonly AttemptStart[];
  readonly ended: readonly UsageEvent[];
  /** Calls that began and have not ended. */
  readonly open: number;
  readonly flushes: number;
  /** True: nothing can be written, but for what has begun. */
  refusing: boolean;
  /** True: not even an end can be written. */
  broken: boolean;
  /** While set, a write waits for it. */
  gate: Promise<void> | null;
}

export function createFakeLedger(onEnd: (event: UsageEvent) => void): FakeLedger {
  const begun: CallStart[] = [];
  const attempts: AttemptStart[] = [];
  const ended: UsageEvent[] = [];
  let flushes = 0;
  const ledger: FakeLedger = {
    begun,
    attempts,
    ended,
    refusing: false,
    broken: false,
    gate: null,
    get open() {
      return begun.length - ended.length;
    },
    get flushes() {
      return flushes;
    },
    async begin(start, attempt) {
      await ledger.gate;
      if (ledger.refusing) throw new GatewayError('STORE_UNAVAILABLE', 'The write-ahead log cannot be written.');
      begun.push(start);
      attempts.push(attempt);
    },
    async attempt(attempt) {
      await ledger.gate;
      if (ledger.refusing) throw new GatewayError('STORE_UNAVAILABLE', 'The write-ahead log cannot be written.');
      attempts.push(attempt);
    },
    async end(event) {
      await ledger.gate;
      if (ledger.broken) throw new GatewayError('STORE_UNAVAILABLE', 'The write-ahead log cannot be written.');
      if (ended.some(({ id }) => id === event.id)) return;
      ended.push(event);
      onEnd(event);
    },
    async flush() {
      flushes++;
    },
    state: () => ({ accepting: !ledger.refusing, pendingEvents: 0, bytes: 0 }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return ledger;
}
