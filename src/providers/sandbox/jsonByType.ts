import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Maker } from './jsonMaker.ts';
import { isLean } from './jsonMaker.ts';
import { integerWithin, numberWithin, textWithin } from './jsonScalar.ts';
import { isSchemaList, numberOf, propertiesOf, requiredOf } from './schemaKeywords.ts';

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';

const makers: Readonly<Record<TypeName, (schema: JsonObject, maker: Maker, depth: number) => JsonValue>> = {
  object: makeObject,
  array: makeArray,
  string: (schema, { random }) => textWithin(schema, random),
  integer: (schema, { random }) => integerWithin(schema, random),
  number: (schema, { random }) => numberWithin(schema, random),
  boolean: (_schema, { random }) => random.fraction() < 0.5,
  null: () => null,
};

/** What a keyword says of the type where `type` itself is left out. */
const hints: readonly (readonly [keyword: string, type: TypeName])[] = [
  ['properties', 'object'],
  ['required', 'object'],
  ['additionalProperties', 'object'],
  ['items', 'array'],
  ['prefixItems', 'array'],
  ['minItems', 'array'],
  ['minimum', 'number'],
  ['maximum', 'number'],
  ['exclusiveMinimum', 'number'],
  ['exclusiveMaximum', 'number'],
  ['multipleOf', 'number'],
];

/** The most items or properties that a lower bound can ask for. */
const mostMembers = 100;

/** An instance of a flat schema, one without references and choices. */
export function instanceOfType(schema: JsonObject, maker: Maker, depth: number): JsonValue {
  return makers[typeOf(schema, maker, depth)](schema, maker, depth);
}

function typeOf(schema: JsonObject, maker: Maker, depth: number): TypeName {
  const named: JsonValue = schema['type'] ?? null;
  const names = (Array.isArray(named) ? named : [named]).filter(isTypeName);
  const [first, ...others] = names;
  if (first === undefined) return hints.find(([keyword]) => nonEmpty(schema[keyword]))?.[1] ?? 'string';
  if (isLean(maker, depth)) return names.find((name) => name !== 'object' && name !== 'array') ?? first;
  return maker.random.pick([first, ...others]);
}

/** Merged schemas carry empty lists and objects that say nothing. */
function nonEmpty(value: JsonValue | undefined): boolean {
  return value !== undefined && (!(Array.isArray(value) || isJsonObject(value)) || Object.keys(value).length > 0);
}

function isTypeName(value: JsonValue): value is TypeName {
  return typeof value === 'string' && Object.hasOwn(makers, value);
}

function makeObject(schema: JsonObject, maker: Maker, depth: number): JsonValue {
  const properties = propertiesOf(schema);
  const additional = schema['additionalProperties'] ?? null;
  const required = requiredOf(schema);
  const optional = isLean(maker, depth) ? [] : Object.keys(properties);
  const names = [...new Set([...required, ...optional])].slice(
    0,
    Math.max(required.length, numberOf(schema, 'maxProperties') ?? mostMembers),
  );
  const fewest = additional === false ? 0 : Math.min(numberOf(schema, 'minProperties') ?? 0, mostMembers);
  for (let number = 1; names.length < fewest; number++) if (!names.includes(`extra${number}`)) names.push(`extra${number}`);
  return Object.fromEntries(
    names.map((name) => [name, maker.make((Object.hasOwn(properties, name) ? properties[name] : undefined) ?? additional, depth + 1)]),
  );
}

function makeArray(schema: JsonObject, maker: Maker, depth: number): JsonValue {
  const { first, rest } = itemSchemas(schema);
  const fewest = Math.min(numberOf(schema, 'minItems') ?? 0, mostMembers);
  const most = Math.min(numberOf(schema, 'maxItems') ?? mostMembers, rest === false ? first.length : mostMembers);
  const wanted = isLean(maker, depth) ? fewest : Math.max(fewest, first.length, maker.random.integer(1, 3));
  const count = Math.min(wanted, most);
  const distinct = schema['uniqueItems'] === true;
  const items = new Map<string, JsonValue>();
  // A list of distinct items may find no new one; it then stays shorter.
  for (let attempt = 0; items.size < count && attempt < count * 20; attempt++) {
    const item = maker.make(first[items.size] ?? rest, depth + 1);
    const key = distinct ? JSON.stringify(item) : String(attempt);
    if (!items.has(key)) items.set(key, item);
  }
  return [...items.values()];
}

/** The schemas of the first items, one each, and that of all others; a list under `items` is how older schemas write the first. */
function itemSchemas({ items, prefixItems, additionalItems }: JsonObject): {
  readonly first: readonly JsonValue[];
  readonly rest: JsonValue;
} {
  if (isSchemaList(prefixItems)) return { first: prefixItems, rest: items ?? null };
  return isSchemaList(items) ? { first: items, rest: additionalItems ?? null } : { first: [], rest: items ?? null };
}
