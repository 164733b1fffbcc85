import type { Clock, Timer } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Ingest } from './ingest.ts';

/** An ended call on its way into the database. */
export interface QueuedRow {
  json(): string;
  ingested(): void;
}

/** Hands rows to the database in batches, in order, and keeps trying while it does not answer. */
export interface IngestQueue {
  push(row: QueuedRow): void;
  length(): number;
  /** Resolves when all rows pushed before are in the database; throws when it refuses now. */
  drain(): Promise<void>;
  stop(): void;
}

export interface IngestQueueOptions {
  readonly ingest: Ingest;
  readonly batchRows: number;
  readonly batchMs: number;
  /** The longest pause between two tries. */
  readonly mostBackoffMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

const leastBackoffMs = 100;

export function createIngestQueue({ ingest, batchRows, batchMs, mostBackoffMs, clock, log }: IngestQueueOptions): IngestQueue {
  let rows: QueuedRow[] = [];
  let pushed = 0;
  let running: Promise<void> | null = null;
  let timer: Timer | null = null;
  let failures = 0;
  let stopped = false;

  /** One batch; one at a time. */
  function step(): Promise<void> {
    running ??= runBatch().finally(() => {
      running = null;
    });
    return running;
  }

  async function runBatch(): Promise<void> {
    const batch = rows.slice(0, batchRows);
    await ingest(batch.map((row) => row.json()));
    rows = rows.slice(batch.length);
    failures = 0;
    for (const row of batch) row.ingested();
  }

  function background(): void {
    timer = null;
    step().then(
      () => schedule(),
      (thrown: unknown) => {
        failures += 1;
        if (failures === 1) log.warn('The database takes no usage rows; they are kept in the write-ahead log.', { error: thrown });
        schedule();
      },
    );
  }

  function schedule(): void {
    if (timer !== null || running !== null || stopped || rows.length === 0) return;
    timer = clock.timer(delayMs(), background);
  }

  function delayMs(): number {
    if (failures > 0) return Math.min(mostBackoffMs, leastBackoffMs * 2 ** (failures - 1));
    return rows.length >= batchRows ? 0 : batchMs;
  }

  return {
    push(row) {
      rows.push(row);
      pushed += 1;
      if (rows.length === batchRows && failures === 0) {
        timer?.clear();
        timer = null;
      }
      schedule();
    },
    length: () => rows.length,
    async drain() {
      const target = pushed;
      while (pushed - rows.length < target) await step();
      schedule();
    },
    stop() {
      stopped = true;
      timer?.clear();
    },
  };
}
