import type { Clock } from '../../ports/clock.ts';
import type { SandboxOptions } from './options.ts';
import type { Random } from './random.ts';
import { wait } from './wait.ts';

/** When tokens arrive. */
export interface Pace {
  /** Waits for the next network read and says how many tokens it brings: 1 to `left`, and 0 only when `left` is 0. */
  read(left: number, signal: AbortSignal): Promise<number>;
}

interface PaceSettings {
  readonly options: Pick<SandboxOptions, 'tokensPerSecond' | 'jitterMs'>;
  readonly firstTokenMs: number;
  /** False: one read brings everything. */
  readonly streamed: boolean;
  readonly random: Random;
}

/** Reads follow each other at this distance at least: at 200 tokens a second a read brings one token, at 2,000 ten. */
const readMs = 5;

/** Begins now. A reader that comes late finds all that has fallen due, as in a socket's buffer. */
export function startPace(clock: Clock, settings: PaceSettings): Pace {
  const { options, streamed, random } = settings;
  // The next token's moment, and that of the last one taken.
  let dueMs = clock.monotonic() + settings.firstTokenMs;
  let takenMs = dueMs;
  let earliestMs = dueMs;

  const gapMs = (): number => {
    if (options.tokensPerSecond === 0) return 0;
    return Math.max(0, 1000 / options.tokensPerSecond + (random.fraction() * 2 - 1) * options.jitterMs);
  };
  const take = (left: number, byMs: number): number => {
    let count = 0;
    while (count < left && (count === 0 || dueMs <= byMs)) {
      count += 1;
      takenMs = dueMs;
      dueMs += gapMs();
    }
    return count;
  };
  const waitUntil = async (atMs: number, signal: AbortSignal): Promise<void> => {
    const waitMs = atMs - clock.monotonic();
    // Without a timer for what is due already: the machine's shortest takes a millisecond.
    if (waitMs > 0) await wait(clock, waitMs, signal);
    signal.throwIfAborted();
  };

  return {
    async read(left, signal) {
      if (!streamed) {
        const count = take(left, Number.POSITIVE_INFINITY);
        await waitUntil(takenMs, signal);
        return count;
      }
      await waitUntil(Math.max(dueMs, earliestMs), signal);
      const nowMs = clock.monotonic();
      earliestMs = nowMs + readMs;
      return take(left, nowMs);
    },
  };
}
