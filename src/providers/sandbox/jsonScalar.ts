import type { JsonObject } from '../../domain/json.ts';
import type { Random } from './random.ts';
import { numberOf } from './schemaKeywords.ts';
import { word } from './words.ts';

/** How wide a range is of which one end or both are open. */
const span = 100;

/** Longer texts are asked for only by slips and by those who try what happens. */
const mostCharacters = 2000;

/** Texts of the formats that JSON Schema names and people use. */
const formats: Readonly<Record<string, (random: Random) => string>> = {
  date: (random) => `2026-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`,
  time: (random) => `${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:00Z`,
  'date-time': (random) => `2026-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}T${two(random.integer(0, 23))}:00:00Z`,
  email: (random) => `${word(random)}@example.com`,
  hostname: (random) => `${word(random)}.example.com`,
  ipv4: (random) => `192.0.2.${random.integer(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.integer(1, 9)}`,
  uri: (random) => `https://example.com/${word(random)}`,
  uuid: (random) => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`,
};

export function textWithin(schema: JsonObject, random: Random): string {
  const { format } = schema;
  const written = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format]?.(random) : undefined;
  if (written !== undefined) return written;
  const least = Math.min(numberOf(schema, 'minLength') ?? 0, mostCharacters);
  let text = word(random);
  while (text.length < least) text += ` ${word(random)}`;
  return text.slice(0, Math.max(least, numberOf(schema, 'maxLength') ?? text.length));
}

export function integerWithin(schema: JsonObject, random: Random): number {
  const step = Math.max(1, Math.ceil(stepOf(schema) ?? 1));
  const least = largest(numberOf(schema, 'minimum'), above(numberOf(schema, 'exclusiveMinimum')));
  const most = smallest(numberOf(schema, 'maximum'), below(numberOf(schema, 'exclusiveMaximum')));
  const [from, to] = closeRange(least, most, span * step);
  const first = Math.ceil(from / step);
  return random.integer(first, Math.max(first, Math.floor(to / step))) * step;
}

export function numberWithin(schema: JsonObject, random: Random): number {
  const step = stepOf(schema);
  const least = largest(numberOf(schema, 'minimum'), numberOf(schema, 'exclusiveMinimum'));
  const most = smallest(numberOf(schema, 'maximum'), numberOf(schema, 'exclusiveMaximum'));
  const [from, to] = closeRange(least, most, span * (step ?? 1));
  if (step !== null) return multipleWithin(schema, [Math.ceil(from / step), Math.floor(to / step)], random) * step;
  // From the middle half: exclusive bounds are then kept as well.
  const drawn = from + (to - from) * (0.25 + random.fraction() / 2);
  const rounded = Math.round(drawn * 100) / 100;
  return rounded > from && rounded < to ? rounded : drawn;
}

/** A factor within the range; an end that an exclusive bound takes away is left out. */
function multipleWithin(schema: JsonObject, range: readonly [number, number], random: Random): number {
  const step = stepOf(schema) ?? 1;
  const first = range[0] * step === numberOf(schema, 'exclusiveMinimum') ? range[0] + 1 : range[0];
  const last = range[1] * step === numberOf(schema, 'exclusiveMaximum') ? range[1] - 1 : range[1];
  return random.integer(first, Math.max(first, last));
}

function stepOf(schema: JsonObject): number | null {
  const step = numberOf(schema, 'multipleOf');
  return step !== null && step > 0 ? step : null;
}

function closeRange(least: number | null, most: number | null, width: number): readonly [number, number] {
  const from = least ?? (most === null ? 0 : most - width);
  return [from, Math.max(from, most ?? from + width)];
}

function largest(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.max(left, right);
}

function smallest(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.min(left, right);
}

function above(bound: number | null): number | null {
  return bound === null ? null : Math.floor(bound) + 1;
}

function below(bound: number | null): number | null {
  return bound === null ? null : Math.ceil(bound) - 1;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => random.integer(0, 15).toString(16)).join('');
}
