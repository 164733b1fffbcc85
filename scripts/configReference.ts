import type { SettingSchema } from '../src/config/settingSchema.ts';
import { configSchema, entriesOf } from '../src/config/settingSchema.ts';

export const schemaFile = 'modelgraph.config.schema.json';
export const referenceFile = 'docs/configuration.md';

const begin = '<!-- settings: written by "npm run config:schema" -->';
const end = '<!-- end of settings -->';

/** The JSON Schema as it stands in the repository. */
export function schemaText(): string {
  return `${JSON.stringify(configSchema(), null, 2)}\n`;
}

/** The page with its tables of settings made anew. */
export function withReference(page: string): string {
  const [before, rest] = splitOnce(page, begin);
  const [, after] = splitOnce(rest, end);
  return `${before}${begin}\n\n${tables()}\n\n${end}${after}`;
}

function splitOnce(text: string, mark: string): readonly [string, string] {
  const place = text.indexOf(mark);
  if (place < 0) throw new Error(`${referenceFile} lacks the line ${mark}`);
  return [text.slice(0, place), text.slice(place + mark.length)];
}

interface Row {
  readonly path: string;
  readonly schema: SettingSchema;
}

function tables(): string {
  const sections = Object.entries(configSchema().properties ?? {}).filter(([name]) => name !== '$schema');
  return sections.map(([name, schema]) => table(name, schema)).join('\n\n');
}

function table(name: string, schema: SettingSchema): string {
  const rows = leaves(name, schema).map(
    ({ path, schema: leaf }) => `| \`${path}\` | ${kindOf(leaf)} | ${byDefault(leaf)} | ${cell(leaf.description ?? '')} |`,
  );
  return [
    `### ${name}`,
    '',
    schema.description ?? '',
    '',
    '| setting | kind | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function leaves(path: string, schema: SettingSchema): readonly Row[] {
  const listed = [schema, ...(schema.anyOf ?? [])].map(({ items }) => items).find((items) => items?.properties !== undefined);
  const entries = entriesOf(schema);
  const own = schema.anyOf !== undefined || schema.description !== undefined ? [{ path, schema }] : [];
  if (schema.properties !== undefined)
    return Object.entries(schema.properties).flatMap(([name, inner]) => leaves(`${path}.${name}`, inner));
  if (listed !== undefined) return [...own, ...leaves(`${path}[]`, listed)];
  const open = entries?.properties !== undefined || entries?.anyOf?.some(({ items }) => items !== undefined) === true;
  return open && entries !== undefined ? leaves(`${path}.<${placeholders[path] ?? 'name'}>`, entries) : [{ path, schema }];
}

const placeholders: Partial<Record<string, string>> = { providers: 'id', models: 'vendor/name', aliases: 'name' };

function kindOf(schema: SettingSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(' ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(kindOf))].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items === undefined ? 'anything' : kindOf(schema.items)}`;
  return (
    [schema.type ?? []]
      .flat()
      .map((type) => kinds[type] ?? type)
      .join(' or ') || 'anything'
  );
}

const kinds: Partial<Record<string, string>> = {
  boolean: '`true` or `false`',
  integer: 'whole number',
  null: '`null`',
  number: 'number',
  object: 'group',
  string: 'text',
};

function byDefault(schema: SettingSchema): string {
  return schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
