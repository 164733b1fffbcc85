import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromJSONSchema } from 'zod';
import type { JsonObject, JsonValue } from '../../../src/domain/json.ts';
import { instanceOfSchema } from '../../../src/providers/sandbox/jsonBySchema.ts';
import { createRandom } from '../../../src/providers/sandbox/random.ts';

function instances(schema: JsonValue, count = 30): readonly JsonValue[] {
  return Array.from({ length: count }, (_, seed) => instanceOfSchema(schema, createRandom(seed)));
}

/** Judged by zod, which reads JSON Schema by itself. */
function expectValid(schema: JsonObject, value: JsonValue): void {
  const judge = fromJSONSchema({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema });
  const verdict = judge.safeParse(value);
  expect(verdict.success, `${JSON.stringify(value)} by ${JSON.stringify(schema)}`).toBe(true);
}

const name = fc.constantFrom('a', 'b', 'city', 'two words', 'ünï', 'toString');
const range = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 0, max: 50 }));
const sizes = fc.tuple(fc.nat(3), fc.nat(3));

const leaf = fc.oneof(
  fc.constant<JsonObject>({ type: 'null' }),
  fc.constant<JsonObject>({ type: 'boolean' }),
  fc.constantFrom('date', 'date-time', 'email', 'uri', 'uuid', 'ipv4', 'ipv6').map((format): JsonObject => ({ type: 'string', format })),
  fc.tuple(fc.nat(20), fc.nat(20)).map(([least, more]): JsonObject => ({ type: 'string', minLength: least, maxLength: least + more })),
  range.map(([least, width]): JsonObject => ({ type: 'integer', minimum: least, maximum: least + width })),
  range.map(([least, width]): JsonObject => ({ type: 'integer', exclusiveMinimum: least, exclusiveMaximum: least + width + 2 })),
  range.map(([least, width]): JsonObject => ({ type: 'number', exclusiveMinimum: least, maximum: least + width + 1 })),
  range.map(([least, width]): JsonObject => ({ type: 'number', minimum: least, maximum: least + width + 3, multipleOf: 3 })),
  range.map(([least, width]): JsonObject => ({ type: 'integer', minimum: least, maximum: least + width + 7, multipleOf: 7 })),
  range.map(
    ([least, width]): JsonObject => ({ type: 'number', exclusiveMinimum: least * 0.5, maximum: least * 0.5 + width + 1, multipleOf: 0.5 }),
  ),
  range.map(([least]): JsonObject => ({ type: 'integer', minimum: least })),
  range.map(([most]): JsonObject => ({ type: 'number', exclusiveMaximum: most })),
  fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1 }).map((values): JsonObject => ({ enum: values })),
  fc.oneof(fc.string(), fc.integer(), fc.boolean()).map((value): JsonObject => ({ const: value })),
);

const { schema: anySchema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.tuple(fc.dictionary(name, tie('schema')), fc.boolean(), fc.boolean()).map(([properties, all, closed]) => ({
      type: 'object',
      properties,
      required: Object.keys(properties).filter((_, index) => all || index % 2 === 0),
      ...(closed ? { additionalProperties: false } : {}),
    })),
    fc.tuple(tie('schema'), sizes).map(([items, [least, more]]) => ({ type: 'array', items, minItems: least, maxItems: least + more })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  ),
}));

describe('format sandbox', () => {
  describe('JSON by schema', () => {
    it('is valid for random schemas', () => {
      fc.assert(
        fc.property(anySchema, fc.nat(), (schema, seed) => expectValid(schema, instanceOfSchema(schema, createRandom(seed)))),
        { seed: 7, numRuns: 400 },
      );
    });

    it('never throws, whatever stands where a schema is expected', () => {
      fc.assert(
        fc.property(fc.jsonValue(), fc.nat(), (schema, seed) => {
          // fast-check's own type of the same values.
          const value = instanceOfSchema(
            { properties: schema, items: schema, required: schema, anyOf: schema, $ref: schema } as JsonValue,
            createRandom(seed),
          );
          expect(JSON.parse(JSON.stringify(value))).toEqual(value);
        }),
        { seed: 7, numRuns: 300 },
      );
    });

    it('is the same for the same seed, and varies', () => {
      const schema = { type: 'array', items: { type: 'integer' }, minItems: 5 };
      expect(instances(schema)).toEqual(instances(schema));
      expect(new Set(instances(schema).map((each) => JSON.stringify(each))).size).toBeGreaterThan(25);
    });

    it('follows references within the document', () => {
      const schema = {
        $defs: { 'a/b': { type: 'integer', minimum: 3, maximum: 3 }, 'per%20cent': { const: 'x' } },
        type: 'object',
        properties: { left: { $ref: '#/$defs/a~1b' }, right: { $ref: '#/properties/left' } },
        required: ['left', 'right'],
      };
      for (const value of instances(schema)) expect(value).toEqual({ left: 3, right: 3 });
    });

    it('asks for nothing where a reference leads nowhere, outside, or round in circles', () => {
      for (const $ref of ['#/missing', 'https://example.com/schema', '#', '#/$ref', '#/__proto__', '#/constructor', '#/%']) {
        expect(typeof instanceOfSchema({ $ref }, createRandom(1))).toBe('string');
      }
    });

    it('joins allOf: properties, required and the narrower bounds', () => {
      const schema = {
        type: 'object',
        allOf: [
          { properties: { age: { type: 'integer', minimum: 0, maximum: 50 } }, required: ['age'] },
          { properties: { age: { minimum: 49 }, name: { type: 'string' } }, required: ['name'] },
        ],
      };
      for (const value of instances(schema))
        expectValid(
          {
            type: 'object',
            properties: { age: { type: 'integer', minimum: 49, maximum: 50 }, name: { type: 'string' } },
            required: ['age', 'name'],
          },
          value,
        );
    });

    it('reads the first items from prefixItems, or from a list under items', () => {
      for (const list of [
        { prefixItems: [{ const: 1 }, { const: 2 }], items: false },
        { items: [{ const: 1 }, { const: 2 }], additionalItems: false },
      ]) {
        expect(instances({ type: 'array', ...list })).toContainEqual([1, 2]);
        expect(instances({ type: 'array', ...list }).every((value) => JSON.stringify(value) === '[1,2]')).toBe(true);
      }
    });

    it('keeps items distinct', () => {
      const schema = { type: 'array', items: { enum: ['a', 'b', 'c', 'd'] }, uniqueItems: true, minItems: 4 };
      for (const value of instances(schema)) expect(new Set(value as string[])).toEqual(new Set(['a', 'b', 'c', 'd']));
      expect(instanceOfSchema({ ...schema, minItems: 9 }, createRandom(1))).toHaveLength(4);
    });

    it('draws from several types, and guesses a type that is left out', () => {
      expect(new Set(instances({ type: ['integer', 'null'] }).map((each) => each === null))).toEqual(new Set([true, false]));
      expect(instanceOfSchema({ properties: { a: { const: 1 } } }, createRandom(1))).toEqual({ a: 1 });
      expect(instanceOfSchema({ items: { const: 1 }, minItems: 1, maxItems: 1 }, createRandom(1))).toEqual([1]);
      expect(instanceOfSchema({ minimum: 5, maximum: 6 }, createRandom(1))).toBeGreaterThanOrEqual(5);
    });

    it('gives a name its own value, also __proto__', () => {
      const schema: JsonValue = JSON.parse(
        '{"type":"object","properties":{"__proto__":{"const":1}},"required":["__proto__","more"],"minProperties":3}',
      );
      const value = instanceOfSchema(schema, createRandom(1));
      expect(JSON.stringify(value)).toMatch(/^\{"__proto__":1,"more":"\w+","extra1":"\w+"\}$/);
    });

    it('ends a type that refers to itself', () => {
      const tree = {
        $defs: {
          node: { type: 'object', properties: { next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } }, required: ['next'] },
        },
        $ref: '#/$defs/node',
      };
      for (const value of instances(tree)) expect(JSON.stringify(value)).toMatch(/^(\{"next":)+null\}+$/);
    });

    it('cuts short what is endless, wide or huge', () => {
      const endless = { type: 'object', properties: { a: { $ref: '#' }, b: { $ref: '#' }, c: { $ref: '#' } }, required: ['a', 'b', 'c'] };
      expect(JSON.stringify(instanceOfSchema(endless, createRandom(1))).length).toBeLessThan(100_000);
      const circles = { allOf: Array.from({ length: 20 }, () => ({ $ref: '#' })) };
      expect(JSON.stringify(instanceOfSchema(circles, createRandom(1))).length).toBeLessThan(100);
      expect(instanceOfSchema({ type: 'string', minLength: 1e9 }, createRandom(1))).toMatch(/^.{2000,2020}$/);
      expect(instanceOfSchema({ type: 'array', minItems: 1e9 }, createRandom(1))).toHaveLength(100);
      expect(Object.entries(instanceOfSchema({ type: 'object', minProperties: 1e9 }, createRandom(1)) ?? {})).toHaveLength(100);
    });
  });
});
