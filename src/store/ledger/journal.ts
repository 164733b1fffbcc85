import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { storeUnavailable } from '../sqlError.ts';
import type { Segment, Segments } from './segment.ts';

/** Something to be written. */
export interface Entry {
  readonly line: string;
  /** True: tried again until it is written or abandoned. False: refused when it cannot be written now. */
  readonly kept: boolean;
  readonly abandoned: boolean;
  written(segment: Segment, offset: number, length: number): void;
  refused(error: Error): void;
}

/**
 * The files of the write-ahead log. What comes in one turn of the event loop is written together, with one call to the system:
 * that survives the end of the process in every form, and with `sync` that of the machine.
 */
export interface Journal extends Disposable {
  append(entry: Entry): void;
  /** False: the last write failed. It is tried again of itself. */
  writable(): boolean;
  bytes(): number;
}

export interface JournalOptions {
  readonly segments: Segments;
  readonly sync: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

const retryMs = 200;

export function createJournal({ segments, sync, clock, log }: JournalOptions): Journal {
  let waiting: Entry[] = [];
  let scheduled = false;
  let writable = true;
  let closed = false;

  function schedule(): void {
    if (scheduled || closed) return;
    scheduled = true;
    if (writable) setImmediate(flush);
    else clock.timer(retryMs, flush);
  }

  function flush(): void {
    scheduled = false;
    const entries = waiting.filter(({ abandoned }) => !abandoned);
    waiting = [];
    if (closed) return;
    try {
      write(entries);
    } catch (thrown) {
      fail(entries, thrown);
    }
  }

  function write(entries: readonly Entry[]): void {
    // With nothing to write, an empty line shows whether writing is possible again.
    const { segment, offset } = segments.append(Buffer.from(entries.length === 0 ? '\n' : entries.map(({ line }) => line).join('')));
    // Held at once, so that nobody deletes the file while the disk is waited for.
    for (const _entry of entries) segment.hold();
    if (!sync) {
      succeed(entries, segment, offset);
      return;
    }
    segment.sync().then(
      () => succeed(entries, segment, offset),
      (thrown: unknown) => {
        for (const _entry of entries) segment.release();
        fail(entries, thrown);
      },
    );
  }

  function succeed(entries: readonly Entry[], segment: Segment, start: number): void {
    if (!writable) log.info('The write-ahead log can be written again.');
    writable = true;
    let offset = start;
    for (const entry of entries) {
      const length = Buffer.byteLength(entry.line);
      entry.written(segment, offset, length);
      offset += length;
    }
  }

  function fail(entries: readonly Entry[], thrown: unknown): void {
    if (writable) log.error('The write-ahead log cannot be written; no call is admitted until it can.', { error: thrown });
    writable = false;
    waiting = [...entries.filter(({ kept }) => kept), ...waiting];
    for (const entry of entries) if (!entry.kept) entry.refused(storeUnavailable(thrown));
    schedule();
  }

  return {
    append(entry) {
      waiting.push(entry);
      schedule();
    },
    writable: () => writable,
    bytes: segments.bytes,
    [Symbol.dispose]() {
      closed = true;
      segments.close();
    },
  };
}
