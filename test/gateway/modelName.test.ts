import { describe, expect, it } from 'vitest';
import type { Budget } from '../../src/domain/budget.ts';
import { toId } from '../../src/domain/id.ts';
import { noPreferences } from '../../src/domain/route.ts';
import { aliasOf, announce, even, modelFor, targetOf } from '../support/aliases.ts';
import { whole } from '../support/fakeAdapter.ts';
import { embeddingOf, house, requestOf } from '../support/house.ts';

describe('a sticky alias', () => {
  const users = Array.from({ length: 40 }, (_, index) => `user-${index}`);

  it('gives the same user the same model, on every replica, and others another', async () => {
    const one = house({ draw: () => 0 });
    const other = house({ sharing: one, draw: () => 0.99 });
    await one.gateway.aliases.publish(one.caller, aliasOf({ targets: even, sticky: 'USER' }));
    one.store.tell(null);
    await one.clock.advance(0);
    const here = await Promise.all(users.map((user) => modelFor(one, user)));
    expect(await Promise.all(users.map((user) => modelFor(other, user)))).toEqual(here);
    expect(new Set(here).size).toBe(2);
    // Nobody to be sticky to: drawn.
    expect([await modelFor(one), await modelFor(other)]).toEqual(['acme/chat', 'sandbox/chat']);
  });

  it('takes the user whom the call names before that of the key', async () => {
    const world = house({ principal: { userId: toId('user-1') } });
    await world.gateway.aliases.publish(world.caller, aliasOf({ targets: even, sticky: 'USER' }));
    const models = await Promise.all(users.map((user) => modelFor(world, user)));
    expect(await modelFor(world)).toBe(models[1]);
    expect(await modelFor(world, users[models.findIndex((model) => model !== models[1])])).not.toBe(models[1]);
  });

  it('by key gives all calls of a key the same model', async () => {
    const draws = [0, 0.99];
    const world = house({ draw: () => draws.shift() ?? 0.5 });
    await world.gateway.aliases.publish(world.caller, aliasOf({ targets: even, sticky: 'KEY' }));
    expect(await modelFor(world, 'ann')).toBe(await modelFor(world, 'bob'));
  });
});

describe('targets of an alias', () => {
  it('that are gone leave their share to the others', async () => {
    const world = house({ draw: () => 0 });
    const { gateway, caller, catalog } = world;
    await gateway.aliases.publish(caller, aliasOf({ targets: even }));
    announce(world, 'acme/chat', { sunsetAt: '2025-12-31' });
    expect(await modelFor(world)).toBe('sandbox/chat');
    catalog.models.delete(toId('acme/chat'));
    expect(await modelFor(world)).toBe('sandbox/chat');
    catalog.models.delete(toId('sandbox/chat'));
    await expect(modelFor(world)).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' });
  });

  it('that the key may not ask for are not drawn for it', async () => {
    const world = house({ draw: () => 0, principal: { allowedModels: ['sandbox/chat'] } });
    await world.gateway.aliases.publish(world.caller, aliasOf({ targets: even }));
    expect(await modelFor(world)).toBe('sandbox/chat');
    await world.gateway.aliases.publish(world.caller, aliasOf());
    await expect(modelFor(world)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('may stand for a fallback', async () => {
    const world = house();
    await world.gateway.aliases.publish(world.caller, aliasOf({ targets: [targetOf('sandbox/chat')] }));
    const request = requestOf({ route: { ...noPreferences, fallbacks: ['fast'] } });
    const { considered } = await world.gateway.estimates.estimate(world.caller, request);
    expect(new Set(considered.map(({ offer }) => offer.model))).toEqual(new Set(['acme/chat', 'sandbox/chat']));
  });

  it('are counted by the limits of the model that the call falls on', async () => {
    const limit = (slug: string): Partial<Budget> => ({ meter: 'REQUESTS', limit: 5n, scope: { type: 'MODEL', slug } });
    const draws = [0.9, 0.1];
    const world = house({ draw: () => draws.shift() ?? 0.9, budgets: [limit('acme/chat'), limit('sandbox/chat')] });
    await world.gateway.aliases.publish(world.caller, aliasOf({ targets: even }));
    expect(await world.complete({ model: 'fast' })).toMatchObject({ model: { slug: 'sandbox/chat' } });
    world.catalog.one.answer(whole('once'));
    expect(await world.complete({ model: 'fast' })).toMatchObject({ model: { slug: 'acme/chat' } });
    expect(await world.complete({ model: 'fast' })).toMatchObject({ model: { slug: 'sandbox/chat' } });
    expect((await world.gateway.quotas.quotas(world.caller)).map(({ used }) => used)).toEqual([1n, 2n]);
  });

  it('serve embeddings as well', async () => {
    const { gateway, caller, catalog, embed } = house();
    await gateway.aliases.publish(caller, aliasOf({ name: 'vectors', targets: [targetOf('sandbox/embed')] }));
    catalog.aliases.clear();
    expect(await embed(embeddingOf({ model: 'vectors' }))).toMatchObject([{ requestedModel: 'vectors' }]);
  });
});

describe('a deprecated model', () => {
  it('serves with a warning until its last day', async () => {
    const world = house();
    announce(world, 'acme/chat', { deprecatedAt: '2026-02-01', sunsetAt: '2026-03-01', replacement: toId<never>('sandbox/chat') });
    world.catalog.one.answer(whole('once'));
    const sentence = 'acme/chat will be deprecated on 2026-02-01, and is served until 2026-03-01. Ask for sandbox/chat instead.';
    expect(await world.complete()).toMatchObject({ warnings: [sentence] });
    await world.clock.advance(Date.UTC(2026, 2, 1) - world.clock.now());
    await expect(world.complete()).rejects.toMatchObject({
      code: 'UNKNOWN_MODEL',
      message: 'acme/chat is no longer served since 2026-03-01. Ask for sandbox/chat instead.',
      details: { suggestions: ['sandbox/chat'] },
    });
  });
});
