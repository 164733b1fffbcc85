import { describe, expect, it } from 'vitest';
import { checkTags } from '../../src/domain/tag.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `n${index}`, value: 'x' }));

describe('tags', () => {
  it('are up to sixteen different names with short values', () => {
    expect(() => checkTags([...many(15), { name: 'team.sub-1_x', value: 'x'.repeat(256) }])).not.toThrow();
  });

  it.each([
    ['more than sixteen', many(17)],
    ['a name given twice', [...many(1), ...many(1)]],
    ['a name that begins with a digit', [{ name: '1st', value: 'x' }]],
    ['a name with a space', [{ name: 'a b', value: 'x' }]],
    ['a name of 65 letters', [{ name: 'a'.repeat(65), value: 'x' }]],
    ['an empty value', [{ name: 'a', value: '' }]],
    ['a value that is too long', [{ name: 'a', value: 'x'.repeat(257) }]],
  ])('with %s are INVALID_REQUEST', (_case, tags) => {
    expect(() => checkTags(tags)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});
