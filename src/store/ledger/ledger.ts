import type { CompletionId, ReplicaId } from '../../domain/id.ts';
import type { UsageEvent } from '../../domain/usageEvent.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Database } from '../database.ts';
import { storeUnavailable } from '../sqlError.ts';
import { openAdoption } from './adoption.ts';
import { createIngest, ensurePartitions } from './ingest.ts';
import type { Journal } from './journal.ts';
import { createJournal } from './journal.ts';
import { openOrphanWatch } from './orphans.ts';
import type { IngestQueue } from './queue.ts';
import { createIngestQueue } from './queue.ts';
import { endPrefixBytes, toAttemptLine, toBeginLine, toEndLine, toRowJson } from './record.ts';
import { openReplicaFolder, settleReplica } from './replica.ts';
import type { Segment } from './segment.ts';
import { openSegments } from './segment.ts';

export interface LedgerSettings {
  /** Waits for the disk at each write: a loss of power then loses nothing either, for about a millisecond a write. */
  readonly sync: boolean;
  /** How large the write-ahead log may grow while the database is away; beyond it no call is admitted. */
  readonly mostBytes: number;
  readonly segmentBytes: number;
  readonly batchRows: number;
  readonly batchMs: number;
  /** The longest pause between two tries while the database is away. */
  readonly mostBackoffMs: number;
}

export const defaultLedgerSettings: LedgerSettings = {
  sync: false,
  mostBytes: 1024 ** 3,
  segmentBytes: 4 * 1024 ** 2,
  batchRows: 500,
  batchMs: 100,
  mostBackoffMs: 5000,
};

export interface LedgerOptions {
  /** Holds one folder a replica: `wal` in the data folder. */
  readonly folder: string;
  readonly replicaId: ReplicaId;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings?: Partial<LedgerSettings>;
}

/** A call that has a record in the log. */
interface Call {
  readonly segments: Segment[];
  ended: Promise<void> | null;
}

/** So many rows that wait for the database stay in memory; the others are read from the log again. */
const mostRowsInMemory = 10_000;

/** The others see from the lock of the log that this replica lives. */
const nobodyAsks = () => Promise.resolve();

/** Takes over what dead replicas left, then opens a log of its own. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { folder, replicaId, database, clock, log } = options;
  const settings = { ...defaultLedgerSettings, ...options.settings };
  await ensurePartitions(database, clock.now());
  const ingest = createIngest({ database, folder, log });
  const own = openReplicaFolder(folder, replicaId, clock);
  const adoption = await openAdoption({ folder, own: own.path, database, ingest, clock, log });
  // Replicas on the same database may keep their calls there. The embedded one is for this process alone.
  const orphans = database.engine === 'postgres' ? await openOrphanWatch({ database, replicaId, ingest, clock, log }, nobodyAsks) : null;
  const segments = openSegments(own.path, settings.segmentBytes);
  const journal = createJournal({ segments, sync: settings.sync, clock, log });
  const queue = createIngestQueue({ ...settings, ingest, clock, log });
  const calls = new Map<CompletionId, Call>();

  async function close(): Promise<void> {
    await adoption[Symbol.asyncDispose]();
    await orphans?.[Symbol.asyncDispose]();
    queue.stop();
    try {
      await queue.drain();
      if (calls.size === 0) await settleReplica(database, replicaId, clock.now());
    } catch (thrown) {
      log.warn('The database took not all usage rows; the next start takes them from the write-ahead log.', { error: thrown });
    }
    const done = calls.size === 0 && queue.length() === 0;
    journal[Symbol.dispose]();
    own.leave({ done });
  }

  return { ...createAccounts({ journal, queue, calls, mostBytes: settings.mostBytes }), [Symbol.asyncDispose]: close };
}

interface Parts {
  readonly journal: Journal;
  readonly queue: IngestQueue;
  readonly calls: Map<CompletionId, Call>;
  readonly mostBytes: number;
}

function createAccounts({ journal, queue, calls, mostBytes }: Parts): Omit<Ledger, typeof Symbol.asyncDispose> {
  const accepting = () => journal.writable() && journal.bytes() < mostBytes;

  return {
    begin(start, attempt) {
      if (!accepting()) return Promise.reject(refusal());
      const call = callOf(calls, start.id);
      return write(journal, call, toBeginLine(start, attempt)).catch((thrown: unknown) => {
        calls.delete(start.id);
        throw thrown;
      });
    },
    attempt(attempt) {
      if (!journal.writable()) return Promise.reject(refusal());
      return write(journal, callOf(calls, attempt.id), toAttemptLine(attempt));
    },
    end(event) {
      const call = callOf(calls, event.id);
      call.ended ??= writeEnd({ journal, queue, calls, mostBytes }, call, event);
      return call.ended;
    },
    flush: queue.drain,
    state: () => ({ accepting: accepting(), pendingEvents: queue.length(), bytes: journal.bytes() }),
  };
}

function callOf(calls: Map<CompletionId, Call>, id: CompletionId): Call {
  const known = calls.get(id);
  if (known !== undefined) return known;
  const call: Call = { segments: [], ended: null };
  calls.set(id, call);
  return call;
}

function refusal(): Error {
  return storeUnavailable(new Error('The write-ahead log is full or cannot be written.'));
}

function write(journal: Journal, call: Call, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    journal.append({
      line,
      kept: false,
      abandoned: false,
      refused: reject,
      written(segment) {
        call.segments.push(segment);
        resolve();
      },
    });
  });
}

/** Resolves when the row is in the log or, where that cannot be written, in the database: either survives this process. */
function writeEnd({ journal, queue, calls }: Parts, call: Call, event: UsageEvent): Promise<void> {
  const json = toRowJson(event);
  const { promise, resolve } = Promise.withResolvers<void>();
  let readJson = () => json;
  let ingested = false;
  queue.push({
    json: () => readJson(),
    ingested() {
      ingested = true;
      for (const segment of call.segments) segment.release();
      calls.delete(event.id);
      resolve();
    },
  });
  journal.append({
    line: toEndLine(json),
    kept: true,
    get abandoned() {
      return ingested;
    },
    refused: () => undefined,
    written(segment, offset, length) {
      if (ingested) {
        segment.release();
        return;
      }
      call.segments.push(segment);
      if (queue.length() > mostRowsInMemory) readJson = () => segment.read(offset + endPrefixBytes, length - endPrefixBytes - 1);
      resolve();
    },
  });
  return promise;
}
