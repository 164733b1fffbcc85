import type { CompletionId, ReplicaId } from '../../domain/id.ts';
import type { UsageEvent } from '../../domain/usageEvent.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Database } from '../database.ts';
import { storeUnavailable } from '../sqlError.ts';
import { adoptLeftBehind } from './adoption.ts';
import { createIngest, ensurePartitions } from './ingest.ts';
import type { Openings } from './openings.ts';
import { createOpenings } from './openings.ts';
import { openOrphanWatch, takeOver } from './orphans.ts';
import { beatOwner, registerOwner } from './owner.ts';
import type { IngestQueue } from './queue.ts';
import { createIngestQueue } from './queue.ts';
import { toAttemptLine, toBeginLine, toRowJson } from './record.ts';

export interface DatabaseLedgerOptions {
  /** Where a ledger in files may have left something before; it is not made. */
  readonly folder: string;
  readonly replicaId: ReplicaId;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** This replica was taken for dead and its calls were booked: it can begin none from now on. Called once. */
  readonly onDisowned: () => void;
}

/** A call that has begun and is not yet in the database as ended. */
interface Call {
  /** Its attempts, the first included. */
  attempts: number;
  ended: Promise<void> | null;
}

/** An end that the database does not take within this time is told as unknown; it is booked all the same when the database is back. */
const endWithinMs = 10_000;
const batchRows = 500;
const mostBackoffMs = 500;

/**
 * A ledger without a disk: what a crash must not take stands in the database before it is promised. Calls begin and end with a round trip
 * that they share with all others of its time; while the database is away none begins.
 */
export async function openDatabaseLedger(options: DatabaseLedgerOptions): Promise<Ledger> {
  const { folder, replicaId, database, clock, log } = options;
  await ensurePartitions(database, clock.now());
  const ingest = createIngest({ database, folder: null, log, statement: 'select end_calls($1)' });
  await adoptLeftBehind({ folder, database, ingest, clock, log });
  await registerOwner(database, replicaId);
  const disown = once(options.onDisowned);
  const orphans = { database, replicaId, ingest, clock, log };
  const watch = await openOrphanWatch(orphans, async () => {
    if (!(await beatOwner(database, replicaId))) disown();
  });
  const openings = createOpenings({ database, replicaId, clock, log, onDisowned: disown });
  const queue = createIngestQueue({ ingest, batchRows, batchMs: 0, mostBackoffMs, clock, log });
  const calls = new Map<CompletionId, Call>();

  async function close(): Promise<void> {
    openings[Symbol.dispose]();
    await watch[Symbol.asyncDispose]();
    queue.stop();
    try {
      await queue.drain();
      await takeOver(orphans, replicaId);
    } catch (error) {
      const lost = queue.length();
      log.error('The database did not take the last usage rows; another replica books their calls at what they held.', { lost, error });
    }
  }

  return { ...createAccounts({ openings, queue, calls, clock }), [Symbol.asyncDispose]: close };
}

interface Parts {
  readonly openings: Openings;
  readonly queue: IngestQueue;
  readonly calls: Map<CompletionId, Call>;
  readonly clock: Clock;
}

function createAccounts({ openings, queue, calls, clock }: Parts): Omit<Ledger, typeof Symbol.asyncDispose> {
  let bytes = 0;

  function callOf(id: CompletionId): Call {
    const known = calls.get(id);
    if (known !== undefined) return known;
    const call: Call = { attempts: 0, ended: null };
    calls.set(id, call);
    return call;
  }

  /** Resolves when the row is in the database. */
  function writeEnd(event: UsageEvent): Promise<void> {
    const json = toRowJson(event);
    bytes += json.length;
    return new Promise((resolve) => {
      queue.push({
        json: () => json,
        ingested() {
          bytes -= json.length;
          calls.delete(event.id);
          resolve();
        },
      });
    });
  }

  return {
    async begin(start, attempt) {
      callOf(start.id).attempts = 1;
      try {
        await openings.write({ id: start.id, number: 0, record: toBeginLine(start, attempt) });
      } catch (thrown) {
        calls.delete(start.id);
        throw thrown;
      }
    },
    attempt(attempt) {
      const call = callOf(attempt.id);
      const number = call.attempts;
      call.attempts += 1;
      return openings.write({ id: attempt.id, number, record: toAttemptLine(attempt) });
    },
    end(event) {
      const call = callOf(event.id);
      call.ended ??= writeEnd(event);
      return within(clock, call.ended);
    },
    flush: queue.drain,
    state: () => ({ accepting: openings.accepting(), pendingEvents: queue.length(), bytes }),
  };
}

/** Throws when it takes too long; what was to be done goes on. */
function within(clock: Clock, done: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = clock.timer(endWithinMs, () => reject(storeUnavailable(new Error('The end of a call could not be written yet.'))));
    void done.then(() => {
      timer.clear();
      resolve();
    });
  });
}

function once(listener: () => void): () => void {
  let told = false;
  return () => {
    if (told) return;
    told = true;
    listener();
  };
}
