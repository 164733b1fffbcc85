import { setTimeout as sleep } from 'node:timers/promises';
import { readCpuSeconds } from '../processes/reading.ts';
import type { Target } from '../targets/target.ts';

export interface WorkReading {
  /** None where no gateway stands between. */
  readonly cpuSeconds: readonly number[];
  readonly elapsedMs: number;
}

/** A gateway that writes its ledger after the answer, or collects its garbage later, did that work for these calls too. */
const afterMs = 700;

/** The processor time that a gateway spent on some work, with what it did soon after it. */
export async function measureWork({ pid }: Target, work: () => Promise<void>): Promise<WorkReading> {
  const before = pid === null ? 0 : await readCpuSeconds(pid);
  const begun = performance.now();
  await work();
  const elapsedMs = performance.now() - begun;
  if (pid === null) return { cpuSeconds: [], elapsedMs };
  await sleep(afterMs);
  return { cpuSeconds: [(await readCpuSeconds(pid)) - before], elapsedMs };
}
