import { describe, expect, it } from 'vitest';
import type { ModelSlug } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import { noPreferences } from '../../src/domain/route.ts';
import { whole } from '../support/fakeAdapter.ts';
import { house, requestOf } from '../support/house.ts';

const all = { filter: { kind: null, provider: null, search: null, simulated: null }, orderBy: 'SLUG_ASC', first: 10, after: null } as const;
const restricted = { principal: { allowedModels: ['acme/chat'] } };

describe('the models', () => {
  it('are those a caller may ask for', () => {
    const { gateway, caller } = house(restricted);
    expect(gateway.models.list(caller, all).items.map(({ slug }) => slug)).toEqual(['acme/chat']);
    expect(gateway.models.find(caller, 'sandbox/chat')).toBeNull();
  });

  it('come in pages', () => {
    const { gateway, caller } = house();
    const first = gateway.models.list(caller, { ...all, first: 3 });
    expect([first.items.length, first.hasMore]).toEqual([3, true]);
    expect(gateway.models.list(caller, { ...all, after: first.items[2]?.slug ?? '' })).toMatchObject({
      items: [{ slug: 'sandbox/embed' }],
      hasMore: false,
    });
    expect(() => gateway.models.list(caller, { ...all, after: 'gone' })).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });

  it('are ordered by their cheapest offer, those without a price last', () => {
    const { gateway, caller, catalog } = house();
    catalog.change('sandbox/embed', (offer) => ({ price: { ...offer.price, input: null } }));
    expect(gateway.models.list(caller, { ...all, orderBy: 'INPUT_PRICE_ASC' }).items.map(({ slug }) => slug)).toEqual([
      'sandbox/chat',
      'acme/chat',
      'acme/embed',
      'sandbox/embed',
    ]);
  });
});

describe('a model', () => {
  it('that is mistyped is UNKNOWN_MODEL with near names', async () => {
    const { complete } = house();
    await expect(complete({ model: 'acme/caht' })).rejects.toMatchObject({
      code: 'UNKNOWN_MODEL',
      details: { suggestions: ['acme/chat'] },
    });
  });

  it('is suggested only to who may ask for it, and so is an alias', async () => {
    const { complete, catalog } = house(restricted);
    catalog.aliases.set('sandbox', { name: 'sandbox', targets: [{ model: toId('sandbox/chat'), weight: 1 }] });
    catalog.aliases.set('sandman', { name: 'sandman', targets: [{ model: toId('acme/chat'), weight: 1 }] });
    await expect(complete({ model: 'sandbo' })).rejects.toMatchObject({ code: 'UNKNOWN_MODEL', details: { suggestions: [] } });
    await expect(complete({ model: 'sandma' })).rejects.toMatchObject({ code: 'UNKNOWN_MODEL', details: { suggestions: ['sandman'] } });
  });

  it('that the key may not ask for is FORBIDDEN, also as a fallback', async () => {
    const { complete } = house(restricted);
    await expect(complete({ model: 'sandbox/chat' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(complete({ route: { ...noPreferences, fallbacks: ['sandbox/chat'] } })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('of another kind is INVALID_REQUEST', async () => {
    const { complete } = house();
    await expect(complete({ model: 'acme/embed' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('behind an alias is drawn by weight, and the answer tells both names', async () => {
    const targets = [
      { model: toId<ModelSlug>('sandbox/chat'), weight: 1 },
      { model: toId<ModelSlug>('acme/chat'), weight: 1 },
    ];
    const { complete, catalog, ledger } = house({ draw: () => 0.5 });
    catalog.aliases.set('fast', { name: 'fast', targets });
    catalog.one.answer(whole('once'));
    expect(await complete({ model: 'fast' })).toMatchObject({ requestedModel: 'fast', model: { slug: 'acme/chat' } });
    expect(ledger.ended).toMatchObject([{ alias: 'fast', requestedModel: 'fast' }]);
  });

  it('named again as its own fallback is tried once', async () => {
    const { gateway, caller } = house();
    const { considered } = await gateway.estimates.estimate(caller, requestOf({ route: { ...noPreferences, fallbacks: ['acme/chat'] } }));
    expect(considered).toHaveLength(2);
  });
});
