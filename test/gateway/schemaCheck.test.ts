import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import type { SchemaMethod } from '../../src/domain/message.ts';
import type { FinishReason } from '../../src/domain/providerEvent.ts';
import { createFold, foldBatch } from '../../src/gateway/fold.ts';
import { checkSchema } from '../../src/gateway/schemaCheck.ts';
import { started, text } from '../support/fakeAdapter.ts';

interface Answered {
  readonly method?: SchemaMethod | null;
  readonly reason?: FinishReason;
}

/** What becomes of an answer that was to keep this schema. */
function check(schema: JsonObject, answer: unknown, { method = 'TOOL', reason = 'STOP' }: Answered = {}): string {
  const fold = createFold();
  foldBatch(fold, [
    started,
    ...(method === null ? [] : [{ type: 'schemaMethod', method } as const]),
    text(typeof answer === 'string' ? answer : JSON.stringify(answer)),
    { type: 'finished', reason, providerReason: null },
  ]);
  const end = { error: null, asked: true, fold, firstTokenMs: 1 };
  const { error } = checkSchema({ type: 'jsonSchema', name: 'answer', schema, strict: null }, end);
  if (error !== null) return error.code;
  return fold.warnings.length === 0 ? 'kept' : 'unchecked';
}

const person: JsonObject = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false };

describe('an answer to a JSON schema', () => {
  it.each<readonly [what: string, schema: JsonObject, answer: unknown, verdict: string]>([
    ['that keeps it is whole', person, { name: 'Ada' }, 'kept'],
    ['that breaks it is no success', person, { name: 1 }, 'UPSTREAM_MALFORMED'],
    ['that is no JSON is no success', person, 'Here you are: {', 'UPSTREAM_MALFORMED'],
    ['is not held to its patterns', { properties: { a: { pattern: '^(a+)+$' } } }, { a: `${'a'.repeat(40)}!` }, 'kept'],
    ['may have properties that only a pattern allows', { patternProperties: { '^x': {} }, additionalProperties: false }, { x1: 1 }, 'kept'],
    [
      'may have them in a part of the schema, too',
      { allOf: [{ patternProperties: { '^x': {} } }], unevaluatedProperties: false },
      { x1: 1 },
      'kept',
    ],
    [
      'may have properties named like keywords',
      { properties: { pattern: true, patternProperties: { type: 'string' }, const: { type: 'number' } }, additionalProperties: false },
      { pattern: 1, patternProperties: 'x', const: 2 },
      'kept',
    ],
    [
      'is held to properties named like keywords',
      { properties: { pattern: { type: 'string' }, $ref: { type: 'string' } } },
      { pattern: 1 },
      'UPSTREAM_MALFORMED',
    ],
    ['is held to data that looks like a keyword', { const: { pattern: 'a' } }, { pattern: 'a' }, 'kept'],
    ['is held to it word for word', { const: { pattern: 'a' } }, {}, 'UPSTREAM_MALFORMED'],
    [
      'is held to references',
      { $defs: { name: { type: 'string' } }, properties: { name: { $ref: '#/$defs/name' } } },
      { name: 1 },
      'UPSTREAM_MALFORMED',
    ],
    ['may be a tree', { properties: { next: { $ref: '#' }, n: { type: 'number' } } }, { next: { next: { n: 1 } } }, 'kept'],
    ['is not held to a circle of references', { $ref: '#' }, {}, 'unchecked'],
    ['is not held to a reference to nowhere', { $ref: '#/$defs/none' }, {}, 'unchecked'],
  ])('%s', (...[, schema, answer, verdict]) => {
    expect(check(schema, answer)).toBe(verdict);
  });

  it('is not held to a schema that multiplies, which would stop the process', () => {
    const level = (next: number) => ({ allOf: [{ $ref: `#/$defs/d${next}` }, { $ref: `#/$defs/d${next}` }] });
    const levels = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`d${index}`, level(index + 1)]));
    expect(check({ $defs: { ...levels, d60: { type: 'object' } }, $ref: '#/$defs/d0' }, {})).toBe('unchecked');
  });

  it.each<[string, Answered]>([
    ['natively asked for, is the word of the provider', { method: 'NATIVE' }],
    ['that was cut off says so by its reason', { reason: 'LENGTH' }],
    ['that was refused says so by its reason', { reason: 'REFUSAL' }],
  ])('%s', (_what, answered) => {
    expect(check(person, { name: 1 }, answered)).toBe('kept');
  });
});
