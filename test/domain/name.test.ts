import { describe, expect, it } from 'vitest';
import { checkLabels } from '../../src/domain/label.ts';
import { readName } from '../../src/domain/name.ts';
import { checkTags } from '../../src/domain/tag.ts';

describe('a name', () => {
  it('is read without the blanks around it', () => {
    expect(readName('  Ännchen 7 ')).toBe('Ännchen 7');
    expect(readName('x'.repeat(200))).toHaveLength(200);
  });

  it.each(['', '   ', 'x'.repeat(201), 'a\u0000b', 'a\nb', 'a\ud800b'])('is not %j', (text) => {
    expect(readName(text)).toBeNull();
  });
});

it('values of tags and labels have no control characters', () => {
  const pair = [{ name: 'stage', value: 'li\u0000ve' }];
  expect(() => checkTags(pair)).toThrow('no control characters');
  expect(() => checkLabels(pair)).toThrow('no control characters');
});
