import type { Config } from '../config.ts';
import type { MetricsPage, Telemetry, Vitals } from '../ports/telemetry.ts';
import { readPackageVersion } from '../system/packageRoot.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { silentTelemetry } from '../telemetry/silent.ts';

export interface ConfiguredMetrics {
  readonly telemetry: Telemetry;
  /** The page of a gateway that is now so; null: nothing is measured. */
  reader(vitals: () => Vitals): (() => Promise<MetricsPage>) | null;
}

/** What is measured, unless the operator wants none of it. */
export function createConfiguredMetrics({ server }: Pick<Config, 'server'>): ConfiguredMetrics {
  if (server.metrics === 'off') return { telemetry: silentTelemetry, reader: () => null };
  const metrics = createMetrics({ version: readPackageVersion() });
  return { telemetry: metrics.telemetry, reader: (vitals) => () => metrics.read(vitals()) };
}
