import { expect, test } from 'vitest';
import { createBoundedNames, createSeries } from '../../src/telemetry/labels.ts';

test('a series is made once for each set of names', () => {
  const made: string[] = [];
  const series = createSeries((...names: [first: string, second: string]) => {
    made.push(names.join('+'));
    return names;
  });
  expect(series('a', 'b')).toBe(series('a', 'b'));
  series('b', 'a');
  expect(made).toEqual(['a+b', 'b+a']);
});

test('names beyond the bound are other, and those that came before stay themselves', () => {
  const named = createBoundedNames(2);
  expect(['a', 'b', 'c', 'a', 'd', 'b'].map(named)).toEqual(['a', 'b', 'other', 'a', 'other', 'b']);
});
