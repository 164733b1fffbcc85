import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';

export type SchemaList = readonly [JsonValue, ...JsonValue[]];

export function isSchemaList(value: JsonValue | undefined): value is SchemaList {
  return Array.isArray(value) && value.length > 0;
}

export function numberOf(schema: JsonObject, keyword: string): number | null {
  const value = schema[keyword];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function propertiesOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema['properties']) ? schema['properties'] : {};
}

export function requiredOf(schema: JsonObject): readonly string[] {
  const required = schema['required'];
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

/** A schema that leads round in circles through references and lists is read this far. */
const mostParts = 64;

/**
 * The schema without `$ref`, `allOf`, `anyOf` and `oneOf`: what they refer to, all of them, or the one that `choose` picks, merged in.
 * `true`, `false` and what is no schema become the schema that asks for nothing.
 */
export function flattenSchema(part: JsonValue, root: JsonValue, choose: (choices: SchemaList) => JsonValue): JsonObject {
  let parts = 0;
  const flatten = (schema: JsonValue): JsonObject => {
    parts += 1;
    if (!isJsonObject(schema) || parts > mostParts) return {};
    const { $ref, allOf, anyOf, oneOf, ...own } = schema;
    const added = [
      ...(typeof $ref === 'string' ? [resolvePointer(root, $ref)] : []),
      ...(isSchemaList(allOf) ? allOf : []),
      ...(isSchemaList(anyOf) ? [choose(anyOf)] : []),
      ...(isSchemaList(oneOf) ? [choose(oneOf)] : []),
    ];
    let merged: JsonObject = own;
    for (const next of added) merged = merge(merged, flatten(next));
    return merged;
  };
  return flatten(part);
}

function merge(left: JsonObject, right: JsonObject): JsonObject {
  const required = [...new Set([...requiredOf(left), ...requiredOf(right)])];
  return { ...left, ...right, ...bounds(left, right), properties: mergeProperties(left, right), required };
}

/** A property that both describe must satisfy both. */
function mergeProperties(left: JsonObject, right: JsonObject): JsonObject {
  const merged = new Map(Object.entries(propertiesOf(left)));
  for (const [name, schema] of Object.entries(propertiesOf(right))) {
    const known = merged.get(name);
    merged.set(name, known === undefined || schema === undefined ? schema : { allOf: [known, schema] });
  }
  return Object.fromEntries(merged);
}

const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'] as const;
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'] as const;

/** The narrower of two bounds. */
function bounds(left: JsonObject, right: JsonObject): JsonObject {
  const both = (keyword: string): boolean => numberOf(left, keyword) !== null && numberOf(right, keyword) !== null;
  const narrower = (keyword: string, pick: (...values: number[]) => number): readonly [string, number] => [
    keyword,
    pick(...[numberOf(left, keyword), numberOf(right, keyword)].filter((value) => value !== null)),
  ];
  return Object.fromEntries([
    ...lowerBounds.filter(both).map((keyword) => narrower(keyword, Math.max)),
    ...upperBounds.filter(both).map((keyword) => narrower(keyword, Math.min)),
  ]);
}

/** `#/$defs/city` -> that part of the document; null, which asks for nothing, when there is none or it lies outside. */
function resolvePointer(root: JsonValue, reference: string): JsonValue {
  if (reference !== '#' && !reference.startsWith('#/')) return null;
  let part: JsonValue = root;
  for (const step of reference.split('/').slice(1)) {
    const name = decodeStep(step);
    // A pointer may name any own member, and nothing that JavaScript adds to it. Both objects and lists have theirs by name.
    const member: JsonValue | undefined =
      isContainer(part) && Object.hasOwn(part, name) ? Object.getOwnPropertyDescriptor(part, name)?.value : undefined;
    if (member === undefined) return null;
    part = member;
  }
  return part;
}

function isContainer(value: JsonValue): value is JsonObject | readonly JsonValue[] {
  return typeof value === 'object' && value !== null;
}

function decodeStep(step: string): string {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    // A bare per cent sign is a name like any other.
    return plain;
  }
}
