import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import { instanceOfType } from './jsonByType.ts';
import type { Maker } from './jsonMaker.ts';
import { isEndless, isLean } from './jsonMaker.ts';
import type { Random } from './random.ts';
import type { SchemaList } from './schemaKeywords.ts';
import { flattenSchema, isSchemaList } from './schemaKeywords.ts';

/**
 * A seeded instance of a JSON Schema: type, enum, const, properties, required, items, prefixItems, bounds, format, `$ref` within the
 * document, allOf, anyOf, and oneOf taken for anyOf. Other keywords, `pattern` among them, are ignored. Deep, wide and endless
 * schemas are cut short: first to what is required, then to null.
 */
export function instanceOfSchema(schema: JsonValue, random: Random): JsonValue {
  const maker: Maker = {
    random,
    nodes: 0,
    make(part, depth) {
      maker.nodes += 1;
      if (isEndless(maker, depth)) return null;
      const flat = flattenSchema(part, schema, (choices) => choose(choices, maker, depth));
      return instanceOfFlat(flat, maker, depth);
    },
  };
  return maker.make(schema, 0);
}

function instanceOfFlat(schema: JsonObject, maker: Maker, depth: number): JsonValue {
  const { const: fixed, enum: listed } = schema;
  if (fixed !== undefined) return fixed;
  if (isSchemaList(listed)) return maker.random.pick(listed);
  return instanceOfType(schema, maker, depth);
}

/** Any of them; when lean the one that looks shortest, so that a recursive type finds its end. */
function choose(choices: SchemaList, maker: Maker, depth: number): JsonValue {
  if (!isLean(maker, depth)) return maker.random.pick(choices);
  return choices.reduce((shortest, next) => (weight(next) < weight(shortest) ? next : shortest));
}

function weight(schema: JsonValue): number {
  const refers = isJsonObject(schema) && schema['$ref'] !== undefined;
  return refers ? Number.POSITIVE_INFINITY : JSON.stringify(schema).length;
}
