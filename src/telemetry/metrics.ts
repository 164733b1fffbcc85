import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { MetricsPage, Telemetry, Vitals } from '../ports/telemetry.ts';
import { createVitalGauges } from './vitals.ts';
import { createWork } from './work.ts';

/** Metrics for Prometheus, in a registry of their own. */
export interface Metrics {
  readonly telemetry: Telemetry;
  read(vitals: Vitals): Promise<MetricsPage>;
}

export interface MetricsParts {
  readonly version: string;
}

/** Measures the process as well: its CPU, its memory, and how late its event loop runs. */
export function createMetrics({ version }: MetricsParts): Metrics {
  const registry = new Registry();
  const labelNames = ['version'];
  new Gauge({ name: 'modelgraph_build_info', help: '1; its label says what runs.', labelNames, registers: [registry] }).set({ version }, 1);
  collectDefaultMetrics({ register: registry });
  const setVitals = createVitalGauges(registry);
  return {
    telemetry: createWork(registry),
    async read(vitals) {
      setVitals(vitals);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
