import type { Clock } from '../../ports/clock.ts';

/** Resolves after `delayMs`; rejects with the signal's reason at once when it is aborted. */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const leave = (): void => {
      timer.clear();
      reject(signal.reason);
    };
    const timer = clock.timer(delayMs, () => {
      signal.removeEventListener('abort', leave);
      resolve();
    });
    signal.addEventListener('abort', leave, { once: true });
  });
}

/** Never resolves; rejects with the signal's reason once it is aborted. */
export function waitForAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/**
 * A generator that waits does not notice `return()`: this iterable's `return()` aborts the signal that the generator's waits listen to.
 * A `next()` that is under way then ends without a value; after an abort from outside it rejects with that signal's reason.
 */
export function endOnReturn<T>(signal: AbortSignal, start: (signal: AbortSignal) => AsyncGenerator<T, void>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const leaving = new AbortController();
      const generator = start(AbortSignal.any([signal, leaving.signal]));
      return {
        async next() {
          try {
            return await generator.next();
          } catch (thrown) {
            if (leaving.signal.aborted && !signal.aborted) return { done: true, value: undefined };
            throw thrown;
          }
        },
        async return() {
          leaving.abort();
          return await generator.return();
        },
      };
    },
  };
}
