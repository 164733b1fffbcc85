import { expect, it } from 'vitest';
import { costOf } from '../../src/domain/price.ts';
import { ask, busy, joining, texts } from '../support/joinedEmbeddings.ts';

it('an attempt says when its cost is a part of a shared call, and does not follow from its own tokens and price', async () => {
  const world = joining();
  world.catalog.change('acme/embed', ({ price }) => ({ price: { ...price, input: 1_500_001n, request: 7_001n } }));
  const all = [(await busy(world)).first, ask(world, 'a', texts('x')), ask(world, 'b', texts('yyyyyyyy'))];
  await world.clock.until(Promise.all(all));
  const attempts = world.ledger.ended.flatMap((row) => row.attempts);
  const follows = attempts.map(({ usage, price, cost }) => usage !== null && costOf(usage, price)?.total === cost?.total);
  expect(attempts.map(({ apportioned }) => apportioned)).toEqual(follows.map((does) => !does));
  expect(follows.toSorted()).toEqual([false, false, true]);
});
