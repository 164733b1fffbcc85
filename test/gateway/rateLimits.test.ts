import { expect, it } from 'vitest';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { whole } from '../support/fakeAdapter.ts';
import { house } from '../support/house.ts';

it('an offer that says it takes no more comes last until it does again', async () => {
  const { complete, catalog, clock } = house();
  const limits = (remaining: number): ProviderEvent => ({
    type: 'limits',
    limits: { requests: { remaining, resetsAt: clock.now() + 20_000 }, tokens: null },
  });
  catalog.one.answer([limits(1), ...whole('first')]);
  catalog.one.answer([limits(0), ...whole('second')]);
  catalog.two.answer(whole('elsewhere'));
  const texts = [await complete(), await complete(), await complete()].map(({ text }) => text);
  expect(texts).toEqual(['first', 'second', 'elsewhere']);
  await clock.advance(20_000);
  catalog.one.answer(whole('again'));
  expect((await complete()).text).toBe('again');
});
