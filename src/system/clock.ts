import type { Clock, Timer } from '../ports/clock.ts';

/** The longest delay that Node keeps; it would take a longer one for 1 ms. */
const longestDelayMs = 2 ** 31 - 1;

/** The machine's clock. */
export function createClock(): Clock {
  return { now: () => Date.now(), monotonic: () => performance.now(), timer };
}

function timer(delayMs: number, listener: () => void): Timer {
  let running: NodeJS.Timeout;
  const wait = (leftMs: number): void => {
    const stepMs = Math.min(leftMs, longestDelayMs);
    running = setTimeout(() => (leftMs > stepMs ? wait(leftMs - stepMs) : listener()), stepMs);
    running.unref();
  };
  wait(delayMs);
  return { clear: () => clearTimeout(running) };
}
