import type { Figure, Readings } from '../scenarios/figure.ts';
import type { TargetName } from '../targets/target.ts';
import { median, medianRatio } from './statistics.ts';
import { addedFirstTokenMs } from './table.ts';

/** What the project promises itself; a miss is printed, not hidden. */
interface Goal {
  readonly says: string;
  readonly most: number;
  readonly measure: (readings: Readings) => number;
}

const compared: TargetName = 'Modelgraph, PostgreSQL';
const embedded: TargetName = 'Modelgraph, PGlite';

function against(figure: Figure) {
  return (readings: Readings) => medianRatio(readings.of(compared, figure), readings.of('Portkey', figure));
}
function middle(target: TargetName, figure: Figure) {
  return (readings: Readings) => median(readings.of(target, figure));
}

const goals: readonly Goal[] = [
  { says: "CPU per call, times Portkey's", most: 0.5, measure: against('callCpuSeconds') },
  { says: "CPU per event in bursts, times Portkey's", most: 0.5, measure: against('burstCpuMicroseconds') },
  { says: "CPU per event at one write each, times Portkey's", most: 1, measure: against('pacedCpuMicroseconds') },
  { says: 'added to the first token p99, ms', most: 2, measure: (readings) => addedFirstTokenMs(readings, compared, 0.99) },
  { says: 'RSS with 500 streams, MiB', most: 300, measure: middle(compared, 'residentMebibytes500') },
  { says: 'ready in a new folder (PGlite), ms', most: 4000, measure: middle(embedded, 'readyNewMs') },
  { says: 'ready in an old folder (PGlite), ms', most: 1000, measure: middle(embedded, 'readyOldMs') },
];

function judge(value: number, most: number): string {
  if (Number.isNaN(value)) return 'not measured';
  return value <= most ? 'met' : 'MISSED';
}

export function toVerdicts(readings: Readings): string {
  return goals
    .map(({ says, most, measure }) => {
      const value = measure(readings);
      return `- ${judge(value, most)}: ${says}: ${Number.isNaN(value) ? '–' : value.toFixed(2)} (at most ${most})`;
    })
    .join('\n');
}
