import type { Config, ConfigReading } from '../config.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';
import { formatProblem, formatProblems } from './problem.ts';

export interface ConfigCheck {
  readonly valid: boolean;
  readonly text: string;
}

/** What `--check-config` prints: the list of problems, or what the configuration amounts to. No secret is in it. */
export function checkConfig(reading: ConfigReading): ConfigCheck {
  if (reading.config === null) return { valid: false, text: formatProblems(reading.problems) };
  const warnings = reading.warnings.length === 0 ? [] : ['', 'Doubtful, but no problem:', '', ...reading.warnings.map(formatProblem)];
  return { valid: true, text: [...summary(reading.config), ...warnings].join('\n') };
}

function summary(config: Config): readonly string[] {
  return [
    'The configuration is valid.',
    '',
    `  file       ${config.file ?? 'none: environment and defaults'}`,
    `  listens    ${config.host}:${config.port === 0 ? 'any free port' : config.port}`,
    `  database   ${config.databaseUrl === null ? `embedded, in ${config.dataFolder}` : 'PostgreSQL'}`,
    `  sandbox    ${config.sandboxEnabled ? 'on' : 'off'}`,
    `  probes     ${config.probeEnabled ? 'on' : 'off'}`,
    ...list('providers', config.providers.map(providerLine)),
    ...list(
      'models',
      config.models.map(({ slug, offers }) => `${slug} (${offers.map(({ provider }) => provider).join(', ')})`),
    ),
    ...list(
      'aliases',
      config.aliases.map(({ name, targets }) => `${name} -> ${targets.map(({ model }) => model).join(', ')}`),
    ),
  ];
}

function providerLine({ id, baseUrl, apiKey, format }: ProviderSettings): string {
  // Without the query, where some providers carry a key.
  return `${id}: ${format} at ${baseUrl.split('?')[0]}, ${apiKey === null ? 'no key' : 'with a key'}`;
}

function list(title: string, lines: readonly string[]): readonly string[] {
  const [first = 'none', ...others] = lines;
  return [`  ${title.padEnd(9)}  ${first}`, ...others.map((line) => `             ${line}`)];
}
