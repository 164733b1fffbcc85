import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from '../plan.ts';
import { readResidentBytes } from '../processes/reading.ts';
import type { Target } from '../targets/target.ts';
import type { Reading } from './figure.ts';

const samples = 20;
const sampleEveryMs = 100;

/** The most that was resident while all streams ran. */
async function readPeak(pid: number): Promise<number> {
  let peak = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    await sleep(sampleEveryMs);
    peak = Math.max(peak, await readResidentBytes(pid));
  }
  return peak / 2 ** 20;
}

/** Holds `count` slow streams open, each on a connection of its own; ready when each has brought its first text. */
async function holdStreams(target: Target, count: number, whileHeld: () => Promise<number>): Promise<number> {
  const leaving = new AbortController();
  const spoken = Promise.withResolvers<void>();
  let first = 0;
  const onFirstToken = () => {
    first += 1;
    if (first === count) spoken.resolve();
  };
  const order = { kind: 'slow', events: 500, onFirstToken, signal: leaving.signal } as const;
  const streams = Promise.all(Array.from({ length: count }, () => target.stream(order)));
  try {
    await Promise.race([spoken.promise, streams]); // A stream that fails ends the race.
    return await whileHeld();
  } finally {
    leaving.abort();
    await streams;
  }
}

export async function measureMemory(target: Target, { heldStreams }: Plan): Promise<Reading> {
  const { pid } = target;
  if (pid === null) return {};
  const peaks = new Map<number, number>();
  for (const count of heldStreams) {
    peaks.set(count, await holdStreams(target, count, () => readPeak(pid)));
    await sleep(1000);
  }
  return { residentMebibytes100: [peaks.get(100) ?? Number.NaN], residentMebibytes500: [peaks.get(500) ?? Number.NaN] };
}
