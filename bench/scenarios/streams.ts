import { runConcurrently } from '../load/concurrent.ts';
import type { Plan } from '../plan.ts';
import type { Target } from '../targets/target.ts';
import { measureWork } from './cpu.ts';
import type { Reading } from './figure.ts';

interface StreamsReading {
  readonly cpuMicroseconds: readonly number[];
  readonly messages: readonly number[];
}

async function measureStreams(target: Target, kind: 'burst' | 'paced', { total, width, events }: Plan['bursts']): Promise<StreamsReading> {
  let messages = 0;
  const { cpuSeconds } = await measureWork(target, () =>
    runConcurrently(total, width, async () => {
      const reading = await target.stream({ kind, events });
      messages += reading.messages; // After the wait: others add meanwhile.
    }),
  );
  return { cpuMicroseconds: cpuSeconds.map((seconds) => (seconds * 1e6) / (total * events)), messages: [messages / total] };
}

/** Streams whose events the upstream writes at once: what a gateway gets from a provider that is faster than it. */
export async function measureBursts(target: Target, { bursts }: Plan): Promise<Reading> {
  const { cpuMicroseconds, messages } = await measureStreams(target, 'burst', bursts);
  return { burstCpuMicroseconds: cpuMicroseconds, burstMessages: messages };
}

/** Streams whose events are a write each: what a gateway gets from a model that speaks. */
export async function measurePaced(target: Target, { paced }: Plan): Promise<Reading> {
  const { cpuMicroseconds, messages } = await measureStreams(target, 'paced', paced);
  return { pacedCpuMicroseconds: cpuMicroseconds, pacedMessages: messages };
}
