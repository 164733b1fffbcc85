import type { Completion } from '../domain/completion.ts';
import type { RunningCompletion } from '../gateway/gateway.ts';

/**
 * Waits for the whole answer as a reader who may go: when the client's connection breaks, the reader's place is closed as cut, and the
 * call's `onDisconnect` decides what becomes of it.
 */
export async function untilAnswered(running: RunningCompletion, signal: AbortSignal): Promise<Completion> {
  const reader = running.subscribe(0);
  const leave = () => reader.close('CUT');
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    return await running.answer;
  } finally {
    signal.removeEventListener('abort', leave);
    reader.close();
  }
}
