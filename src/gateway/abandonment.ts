import type { OnDisconnect } from '../domain/completion.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Leaving } from './cursor.ts';

/** Decides what becomes of a call whose last reader has gone. */
export interface Abandonment extends Disposable {
  readerLeft(leaving: Leaving): void;
}

export interface AbandonmentSettings {
  readonly onDisconnect: OnDisconnect;
  readonly clock: Clock;
  readonly readers: () => number;
  readonly cancel: () => void;
}

export function watchReaders({ onDisconnect, clock, readers, cancel }: AbandonmentSettings): Abandonment {
  let grace: Timer | null = null;
  return {
    readerLeft(leaving) {
      if (readers() > 0) return;
      grace?.clear();
      const then = leaving === 'LEFT' ? onDisconnect.left : onDisconnect.cut;
      if (then === 'CANCEL') return cancel();
      grace = clock.timer(onDisconnect.graceMs, () => {
        if (readers() === 0) cancel();
      });
    },
    [Symbol.dispose]() {
      grace?.clear();
    },
  };
}
