import type { Figure, Readings } from '../scenarios/figure.ts';
import type { TargetName } from '../targets/target.ts';
import { targetNames } from '../targets/target.ts';
import { median, percentile } from './statistics.ts';

/** The readings as a table in Markdown: the median of the rounds, in brackets the least and the most. */
interface Row {
  readonly label: string;
  readonly cell: (readings: Readings, target: TargetName) => string;
}

function round(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function spread(figure: Figure, digits: number) {
  return (readings: Readings, target: TargetName) => {
    const values = readings.of(target, figure);
    if (values.length === 0) return '–';
    if (values.length === 1) return round(median(values), digits);
    return `${round(median(values), digits)} (${round(Math.min(...values), digits)}–${round(Math.max(...values), digits)})`;
  };
}

export function addedFirstTokenMs(readings: Readings, target: TargetName, share: number): number {
  return percentile(readings.of(target, 'firstTokenMs'), share) - percentile(readings.of('direct', 'firstTokenMs'), share);
}

function firstToken(share: number) {
  return (readings: Readings, target: TargetName) => round(percentile(readings.of(target, 'firstTokenMs'), share), 2);
}

function added(share: number) {
  return (readings: Readings, target: TargetName) => (target === 'direct' ? '–' : round(addedFirstTokenMs(readings, target, share), 2));
}

const rows: readonly Row[] = [
  { label: 'CPU per 1,000 calls, s', cell: spread('callCpuSeconds', 3) },
  { label: 'calls a second, 16 at a time', cell: spread('callsPerSecond', 0) },
  { label: 'CPU per event, burst, µs', cell: spread('burstCpuMicroseconds', 2) },
  { label: 'messages (reads) a stream, burst', cell: spread('burstMessages', 0) },
  { label: 'CPU per event, one write each, µs', cell: spread('pacedCpuMicroseconds', 1) },
  { label: 'messages (reads) a stream, one write each', cell: spread('pacedMessages', 0) },
  { label: 'first token p50, ms', cell: firstToken(0.5) },
  { label: 'first token p99, ms', cell: firstToken(0.99) },
  { label: 'added to the first token p50, ms', cell: added(0.5) },
  { label: 'added to the first token p99, ms', cell: added(0.99) },
  { label: 'RSS with 100 streams, MiB', cell: spread('residentMebibytes100', 0) },
  { label: 'RSS with 500 streams, MiB', cell: spread('residentMebibytes500', 0) },
  { label: 'ready, new folder, ms', cell: spread('readyNewMs', 0) },
  { label: 'ready, old folder, ms', cell: spread('readyOldMs', 0) },
];

export function toTable(readings: Readings): string {
  const lines = rows.map(({ label, cell }) => [label, ...targetNames.map((target) => cell(readings, target))]);
  const head = ['', ...targetNames];
  return [head, ['---', ...targetNames.map(() => '---:')], ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
