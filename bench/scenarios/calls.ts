import { runConcurrently } from '../load/concurrent.ts';
import type { Plan } from '../plan.ts';
import type { Target } from '../targets/target.ts';
import { measureWork } from './cpu.ts';
import type { Reading } from './figure.ts';

/** Calls that are not streamed, several at a time. */
export async function measureCalls(target: Target, { calls: { total, width, events } }: Plan): Promise<Reading> {
  const { cpuSeconds, elapsedMs } = await measureWork(target, () => runConcurrently(total, width, () => target.complete(events)));
  return {
    callCpuSeconds: cpuSeconds.map((seconds) => (seconds / total) * 1000),
    callsPerSecond: [(total / elapsedMs) * 1000],
  };
}
