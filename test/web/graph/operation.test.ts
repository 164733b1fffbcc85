import { expect, test } from 'vitest';
import { readOperation } from '../../../web/src/graph/operation.ts';
import { completionFields } from '../../../web/src/stream/fields.ts';

const two = 'query One { viewer { scopes } } subscription Two { text: completionStream(input: {}) { __typename } }';

test('the named operation of several is found', () => {
  expect(readOperation(two, 'Two')?.operation).toBe('subscription');
});

test('a name left over from another tab does not hide the only operation', () => {
  expect(readOperation('{ viewer { scopes } }', 'ListModels')?.operation).toBe('query');
});

test.each(['', 'query {', two])('no operation is guessed from %j', (query) => {
  expect(readOperation(query, null)).toBeNull();
});

test('streams are found by their field, under whatever alias', () => {
  const operation = readOperation(two, 'Two');
  expect(operation && completionFields(operation)).toEqual(['text']);
});
