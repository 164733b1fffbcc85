import type { ExecutionResult } from 'graphql';
import type { EventCursor } from '../gateway/cursor.ts';
import type { Outlet } from './outlet.ts';

/** Enough to make a burst one write, few enough to keep what waits for a reader within its limit. */
const mostAtOnce = 64;

export interface PumpOptions {
  readonly outlet: Outlet;
  /** The events as they are written. */
  readonly encode: (results: readonly ExecutionResult[]) => string | Uint8Array;
  /** Called once: nothing more will be written. With what was thrown, where the cursor could not go on. */
  readonly onEnd: (thrown?: unknown) => void;
}

/** Writes whatever a cursor has to say, as soon as it says it and the reader has room: one write a batch, no promise an event. */
export function pump(cursor: EventCursor<ExecutionResult>, { outlet, encode, onEnd }: PumpOptions): void {
  const run = (): void => {
    try {
      if (!writeAll()) return;
    } catch (thrown) {
      cursor.close('CUT');
      onEnd(thrown);
      return;
    }
    if (cursor.ended) onEnd();
    else cursor.wait(run);
  };
  /** False: the reader has no room, and `run` goes on when it has. */
  const writeAll = (): boolean => {
    for (;;) {
      if (outlet.full) {
        outlet.onceRoomy(run);
        return false;
      }
      const results = cursor.read(mostAtOnce);
      if (results.length === 0) return true;
      outlet.write(encode(results));
    }
  };
  run();
}
