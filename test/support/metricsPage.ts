import type { Vitals } from '../../src/ports/telemetry.ts';

/** One line of a page for Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const line = /^(?<name>[a-z_][a-z0-9_]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/i;

/** The samples of a page. Throws for a line that is none. */
export function readSamples(page: string): readonly Sample[] {
  return page
    .split('\n')
    .filter((text) => text !== '' && !text.startsWith('#'))
    .map((text) => {
      const found = line.exec(text)?.groups;
      if (found === undefined) throw new Error(`This is no sample: ${text}`);
      const labels = [...(found['labels'] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => [name, value]);
      return { name: found['name'] ?? '', labels: Object.fromEntries(labels), value: Number(found['value']?.replace('Nan', 'NaN')) };
    });
}

/** The series of these metrics that are not zero, as `name{labels}`, each with its value. Buckets are left out. */
export function nonZero(page: string, prefix: string): Readonly<Record<string, number>> {
  const told = readSamples(page).filter(({ name, value }) => name.startsWith(prefix) && !name.endsWith('_bucket') && value !== 0);
  return Object.fromEntries(told.map(({ name, labels, value }) => [seriesName(name, labels), value]));
}

function seriesName(name: string, labels: Sample['labels']): string {
  const values = Object.values(labels);
  return values.length === 0 ? name : `${name} ${values.join(' ')}`;
}

/** A gateway to which nothing has happened. */
export const restingVitals: Vitals = {
  callsInFlight: 0,
  ledger: { accepting: true, pendingEvents: 0, bytes: 0 },
  leases: { all: 0, held: 0 },
  offers: [],
};
