import { GatewayError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';

/** A provider that was told to stop stops at once; one that does not hear it may not keep a call, its holds and its place for ever. */
const leftAfterMs = 5000;

/** The work's result; rejects some time after the signal's abort if the work goes on all the same. */
export async function withPatience<Result>(clock: Clock, signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const { promise: left, reject } = Promise.withResolvers<never>();
  let stopWaiting = () => {};
  const wait = () => {
    const timer = clock.timer(leftAfterMs, () => reject(new GatewayError('INTERNAL', 'The provider did not hear that it was left.')));
    stopWaiting = () => timer.clear();
  };
  if (signal.aborted) wait();
  else signal.addEventListener('abort', wait, { once: true });
  try {
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', wait);
    stopWaiting();
  }
}
