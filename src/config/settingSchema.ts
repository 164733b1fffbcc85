import * as z from 'zod';
import { fileSchema } from './fileSchema.ts';
import type { Path } from './problem.ts';

/** The JSON Schema of a setting: the part of that language that our schema uses. */
export interface SettingSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly additionalProperties?: SettingSchema | boolean;
  readonly items?: SettingSchema;
  readonly anyOf?: readonly SettingSchema[];
  readonly required?: readonly string[];
}

/** The JSON Schema of the configuration file, for editors and for whoever explains a setting. */
export function configSchema(): SettingSchema {
  // Zod types its output as any JSON Schema; ours describes the part that it writes.
  return z.toJSONSchema(fileSchema, { io: 'input' }) as SettingSchema;
}

/** The schema of the setting at a path; undefined where there is none. */
export function settingAt(schema: SettingSchema, path: Path): SettingSchema | undefined {
  let found: SettingSchema | undefined = schema;
  for (const part of path) found = found === undefined ? undefined : stepInto(found, part);
  return found;
}

function stepInto(schema: SettingSchema, part: string | number): SettingSchema | undefined {
  const named = typeof part === 'string' ? (schema.properties?.[part] ?? entriesOf(schema)) : schema.items;
  return named ?? schema.anyOf?.map((one) => stepInto(one, part)).find((one) => one !== undefined);
}

/** What every value of an open record looks like. */
export function entriesOf({ additionalProperties }: SettingSchema): SettingSchema | undefined {
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}
