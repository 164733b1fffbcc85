import type { ProviderSettings } from '../ports/providerSettings.ts';
import { featureTable } from './featureTable.ts';
import type { FormatName } from './formatNames.ts';
import { formatNames } from './formatNames.ts';
import { knownProviders, localServers } from './known.ts';
import { kinQuirks } from './openaiChat/quirks.ts';
import type { Features } from './wire/features.ts';

/** A row of the table: a provider, as its adapter takes it. */
interface FeatureRow {
  readonly name: string;
  readonly format: FormatName;
  readonly subject: Pick<ProviderSettings, 'id' | 'kin'>;
}

/** How a feature is shown: what is done by other means says by which. */
const marks: Readonly<Record<string, string>> = { true: '✓', false: '–', TOOL: 'by a tool', PROMPT: 'in words' };

/** What callers can ask of each provider's format, as Markdown: made of the rows that the adapters work by, so that it says what they do. */
export function featureDocument(): string {
  const rows = featureRows();
  const columns = rows.map(({ format, subject }) => featureTable[format](subject));
  const names = Object.keys(columns[0] ?? {}) as (keyof Features)[];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = ['Feature', ...rows.map(({ name }) => name)];
  return [
    line(head),
    line(head.map(() => '---')),
    ...names.map((feature) => line([`\`${feature}\``, ...columns.map((features) => marks[String(features[feature])] ?? '')])),
    '',
  ].join('\n');
}

/** The known providers and local servers, kin of chat completions that have rows of their own, and formats that are named in the configuration only. */
function featureRows(): readonly FeatureRow[] {
  const known = [...knownProviders, ...localServers].map(({ id, name, kin, format }) => ({
    name,
    format: toFormat(format),
    subject: { id: id as ProviderSettings['id'], kin },
  }));
  const unique = known.filter(
    ({ subject }, place) => subject.kin === null || known.findIndex((other) => other.subject.kin === subject.kin) === place,
  );
  const kins = Object.keys(kinQuirks).filter((kin) => !unique.some(({ subject }) => subject.kin === kin));
  const formats = formatNames.filter((format) => !unique.some((row) => row.format === format));
  return [
    ...unique,
    ...kins.map((kin) => ({ name: kin, format: 'openai-chat' as const, subject: { id: kin as ProviderSettings['id'], kin } })),
    ...formats.map((format) => ({ name: format, format, subject: { id: format as ProviderSettings['id'], kin: null } })),
  ];
}

function toFormat(name: string): FormatName {
  const format = formatNames.find((one) => one === name);
  if (format === undefined) throw new Error(`No format is called ${name}.`);
  return format;
}

/** The providers that need only their key. */
export function knownDocument(): string {
  const rows = knownProviders.map(({ id, name, variable, credentials = {}, options = {}, format }) => {
    const variables = [variable, ...Object.values(credentials), ...Object.values(options)];
    const shown = variables.map((text) => `\`${text.replace(/\?$/, '')}\``);
    return `| ${name} | \`${id}\` | ${shown.join(', ')} | \`${format}\` |`;
  });
  return ['| provider | id | environment | format |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}
