import type { TargetName } from '../targets/target.ts';

/** All that is measured, by name; a scenario answers some of them, the readings keep every value of every round. */
export const figures = {
  callCpuSeconds: 'CPU seconds of the gateway per 1,000 calls that are not streamed',
  callsPerSecond: 'calls a second',
  burstCpuMicroseconds: 'CPU microseconds of the gateway per event, 500 events in one burst',
  burstMessages: 'messages or reads in which the client got a burst',
  pacedCpuMicroseconds: 'CPU microseconds of the gateway per event, one write an event',
  pacedMessages: 'messages or reads in which the client got a paced stream',
  firstTokenMs: 'milliseconds from the request to the first text',
  residentMebibytes100: 'resident MiB of the gateway with 100 streams held open',
  residentMebibytes500: 'resident MiB of the gateway with 500 streams held open',
  readyNewMs: 'milliseconds from the start in a new folder to the first sandbox answer',
  readyOldMs: 'the same in a folder that was used before',
} as const;

export type Figure = keyof typeof figures;
export type Reading = Partial<Record<Figure, readonly number[]>>;

export interface Readings {
  add(target: TargetName, reading: Reading): void;
  of(target: TargetName, figure: Figure): readonly number[];
  all(): Readonly<Record<string, Reading>>;
}

const figureNames = Object.keys(figures) as readonly Figure[]; // The keys of the table above, no others.

export function createReadings(): Readings {
  const kept = new Map<TargetName, Map<Figure, number[]>>();
  const listOf = (target: TargetName, figure: Figure): number[] => {
    const ofTarget = kept.get(target) ?? new Map<Figure, number[]>();
    const list = ofTarget.get(figure) ?? [];
    kept.set(target, ofTarget.set(figure, list));
    return list;
  };
  return {
    add(target, reading) {
      for (const figure of figureNames) listOf(target, figure).push(...(reading[figure] ?? []));
    },
    of: listOf,
    all: () => Object.fromEntries([...kept].map(([target, lists]) => [target, Object.fromEntries(lists)])),
  };
}
