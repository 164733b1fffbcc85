import { describe, expect, it } from 'vitest';
import { inSlugOrder, pickTarget, steadyDraw } from '../../src/domain/alias.ts';
import type { ModelSlug } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';

const [stable, canary] = [toId<ModelSlug>('acme/a'), toId<ModelSlug>('acme/b')];
const users = Array.from({ length: 20_000 }, (_, index) => `o1/fast/user-${index}`);

function split(weight: number) {
  return inSlugOrder([
    { model: canary, weight },
    { model: stable, weight: 100 - weight },
  ]);
}

describe('a steady draw', () => {
  it('is the same for the same text, on every machine', () => {
    expect(['', 'o1/fast/ann', 'o1/fast/bob', 'o1/fast/Änne 🦊'].map(steadyDraw)).toEqual([
      0.668_922_188_458_964_2, 0.119_249_234_907_329_08, 0.343_961_625_592_783_1, 0.523_631_825_810_298_3,
    ]);
  });

  it('falls on a canary as often as its weight says', () => {
    for (const weight of [1, 5, 50]) {
      const hits = users.filter((user) => pickTarget(split(weight), steadyDraw(user)) === canary).length;
      // Four standard deviations.
      const reach = 4 * Math.sqrt(users.length * (weight / 100) * (1 - weight / 100));
      expect(Math.abs(hits - (users.length * weight) / 100)).toBeLessThan(reach);
    }
  });

  it('moves only as many as weights are shifted', () => {
    const moved = (from: number, to: number) =>
      users.filter((user) => pickTarget(split(from), steadyDraw(user)) !== pickTarget(split(to), steadyDraw(user)));
    const back = moved(5, 20).filter((user) => pickTarget(split(20), steadyDraw(user)) !== canary);
    expect(back).toEqual([]);
    expect(moved(5, 20).length / users.length).toBeCloseTo(0.15, 1);
  });

  it('is another one for another alias', () => {
    const both = users.filter(
      (user) =>
        pickTarget(split(10), steadyDraw(user)) === canary && pickTarget(split(10), steadyDraw(user.replace('fast', 'slow'))) === canary,
    );
    expect(both.length / users.length).toBeCloseTo(0.01, 2);
  });
});
