import type { JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Environment } from './environment.ts';
import type { Path } from './problem.ts';

export interface Interpolated {
  readonly value: JsonValue;
  /** Variables that are asked for, have no default and are not set. */
  readonly missing: readonly { readonly path: Path; readonly variable: string }[];
  /** Places where `${` begins something that is no variable. */
  readonly malformed: readonly Path[];
}

/** `$${` stands for a `${` that is meant as it is; `:-` begins a default, as in a shell. */
const reference = /\$\$\{|\$\{(?:([A-Za-z_]\w*)(?::-([^}]*))?\})?/g;

/** Puts the environment's values into every text of the document; names of settings stay as they are. */
export function interpolate(document: JsonValue, env: Environment): Interpolated {
  const missing: { path: Path; variable: string }[] = [];
  const malformed: Path[] = [];
  const fill = (text: string, path: Path): string =>
    text.replace(reference, (whole: string, variable?: string, byDefault?: string) => {
      if (whole === '$${') return '${';
      if (variable === undefined) malformed.push(path);
      const value = variable === undefined ? '' : env[variable] || byDefault;
      if (value === undefined && variable !== undefined) missing.push({ path, variable });
      return value ?? '';
    });
  return { value: mapTexts(document, [], fill), missing, malformed };
}

function mapTexts(value: JsonValue | undefined, path: Path, fill: (text: string, path: Path) => string): JsonValue {
  if (typeof value === 'string') return fill(value, path);
  if (Array.isArray(value)) return value.map((item, place) => mapTexts(item, [...path, place], fill));
  if (!isJsonObject(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, [...path, name], fill)]));
}
