import { closeSync, fdatasync, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One file of the write-ahead log. What no call needs any more is deleted from it. */
export interface Segment {
  readonly bytes: number;
  /** Appends all of it, or throws and leaves the file as it was. */
  append(data: Uint8Array): void;
  /** Resolves when what was appended is on the disk. */
  sync(): Promise<void>;
  read(offset: number, length: number): string;
  /** A call has a record here that is still needed. */
  hold(): void;
  release(): void;
  /** Nothing more is appended. */
  seal(): void;
  close(): void;
}

export function openSegment(folder: string, index: number): Segment {
  const path = join(folder, `${String(index).padStart(8, '0')}.log`);
  const file = openSync(path, 'wx+', 0o600);
  let bytes = 0;
  let holders = 0;
  let sealed = false;
  let closed = false;

  function close(): void {
    if (!closed) closeSync(file);
    closed = true;
  }

  /** When no call needs it: a sealed one is deleted, the one in use begins anew. */
  function clearIfDone(): void {
    if (holders > 0 || closed) return;
    bytes = 0;
    if (!sealed) {
      ftruncateSync(file, 0);
      return;
    }
    close();
    unlinkSync(path);
  }

  return {
    get bytes() {
      return bytes;
    },
    append(data) {
      try {
        // The system may take less than it is given.
        for (let written = 0; written < data.length; ) written += writeSync(file, data, written, data.length - written, bytes + written);
      } catch (thrown) {
        ftruncateSync(file, bytes);
        throw thrown;
      }
      bytes += data.length;
    },
    sync: () => new Promise((resolve, reject) => fdatasync(file, (error) => (error === null ? resolve() : reject(error)))),
    read(offset, length) {
      const data = Buffer.allocUnsafe(length);
      readSync(file, data, 0, length, offset);
      return data.toString('utf8');
    },
    hold() {
      holders += 1;
    },
    release() {
      holders -= 1;
      clearIfDone();
    },
    seal() {
      sealed = true;
      clearIfDone();
    },
    close,
  };
}

/** All segments of one folder: what is appended goes to the newest, and a full one makes room for the next. */
export interface Segments {
  append(data: Uint8Array): { readonly segment: Segment; readonly offset: number };
  bytes(): number;
  close(): void;
}

export function openSegments(folder: string, segmentBytes: number): Segments {
  const segments = new Set<Segment>();
  let index = 0;
  let current = next();

  function next(): Segment {
    index += 1;
    const segment = openSegment(folder, index);
    for (const known of segments) if (known.bytes === 0) segments.delete(known);
    segments.add(segment);
    return segment;
  }

  function rotate(): void {
    const full = current;
    current = next();
    full.seal();
  }

  return {
    append(data) {
      if (current.bytes >= segmentBytes) rotate();
      const offset = current.bytes;
      current.append(data);
      return { segment: current, offset };
    },
    bytes() {
      let sum = 0;
      for (const segment of segments) sum += segment.bytes;
      return sum;
    },
    close() {
      for (const segment of segments) segment.close();
    },
  };
}
