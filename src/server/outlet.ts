import type { Clock, Timer } from '../ports/clock.ts';

/** What of a stream an outlet needs: a socket, or the answer to an HTTP request. */
export interface Sink {
  readonly writableLength: number;
  write(bytes: string | Uint8Array, flushed: (error?: Error | null) => void): unknown;
}

export interface OutletOptions {
  readonly clock: Clock;
  readonly slowReaderBytes: number;
  readonly slowReaderMs: number;
  /** The reader has been slow for too long. */
  readonly onStuck: () => void;
}

/** The way to one reader. It holds at most `slowReaderBytes` and what was written at once beyond them; who writes must stop while it is full. */
export interface Outlet {
  readonly full: boolean;
  write(bytes: string | Uint8Array): void;
  /** Calls `listener` once, when there is room again. */
  onceRoomy(listener: () => void): void;
  /** To be called after something was written past the outlet. */
  watch(): void;
  /** The reader is gone: no listener will be called any more. */
  close(): void;
}

export function createOutlet(sink: Sink, { clock, slowReaderBytes, slowReaderMs, onStuck }: OutletOptions): Outlet {
  let waiting: (() => void)[] = [];
  let timer: Timer | null = null;
  let closed = false;

  const isFull = (): boolean => sink.writableLength > slowReaderBytes;
  const close = (): void => {
    closed = true;
    timer?.clear();
    waiting = [];
  };
  const stick = (): void => {
    close();
    onStuck();
  };
  const watch = (): void => {
    if (timer === null && !closed && isFull()) timer = clock.timer(slowReaderMs, stick);
  };
  const flushed = (error?: Error | null): void => {
    if (timer === null && waiting.length === 0) return;
    // What was not written because the reader is gone leaves no room.
    if (closed || (error !== undefined && error !== null) || isFull()) return;
    timer?.clear();
    timer = null;
    const listeners = waiting;
    waiting = [];
    for (const listener of listeners) listener();
  };

  return {
    get full() {
      return isFull();
    },
    write(bytes) {
      if (closed) return;
      sink.write(bytes, flushed);
      watch();
    },
    onceRoomy(listener) {
      waiting.push(listener);
      watch();
      // Something else may have filled it, whose end nobody tells us: an empty write is told.
      if (waiting.length === 1 && !closed) sink.write('', flushed);
    },
    watch,
    close,
  };
}
