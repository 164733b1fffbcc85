import type { JsonObject, JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';

/** A column's title, and where its value stands in a row: `team.name`. */
export type Column = readonly [title: string, path: string];

/** Rows under each other, for people. */
export function writeTable(rows: readonly JsonObject[], columns: readonly Column[]): string {
  if (rows.length === 0) return 'There are none.';
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, path]) => write(valueAt(row, path))))];
  const widths = columns.map((_column, index) => Math.max(...cells.map((line) => (line[index] ?? '').length)));
  return cells
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** One thing, a line a field. */
export function writeThing(thing: JsonObject, columns: readonly Column[]): string {
  const width = Math.max(...columns.map(([title]) => title.length));
  return columns.map(([title, path]) => `${title.padEnd(width)}  ${write(valueAt(thing, path))}`).join('\n');
}

function valueAt(row: JsonObject, path: string): JsonValue {
  return path.split('.').reduce<JsonValue>((value, name) => (isJsonObject(value) ? (value[name] ?? null) : null), row);
}

function write(value: JsonValue): string {
  if (value === null) return '-';
  if (Array.isArray(value)) return value.map(write).join(',');
  if (isJsonObject(value)) return write(Object.values(value).flatMap((part) => (part === null || part === undefined ? [] : [part])));
  return String(value);
}
