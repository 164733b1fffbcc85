import type { Registry } from 'prom-client';
import { Counter } from 'prom-client';
import { createSeries } from './labels.ts';

/** What has been counted of one set of labels. */
export interface Tally {
  add(amount?: number): void;
}

export interface TallySettings {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}

/** A counter that is told only when somebody collects: it works its labels out each time, and a call counts half a dozen of them. */
export function createTallies<Names extends readonly string[]>(registry: Registry, settings: TallySettings): (...names: Names) => Tally {
  const flushes: (() => void)[] = [];
  const counter = new Counter({
    ...settings,
    registers: [registry],
    collect() {
      for (const flush of flushes) flush();
    },
  });
  return createSeries((...names: Names) => {
    const child = counter.labels(...names);
    let pending = 0;
    flushes.push(() => {
      child.inc(pending);
      pending = 0;
    });
    return {
      add(amount = 1) {
        pending += amount;
      },
    };
  });
}
