import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import { aliasOf, announce, targetOf } from '../support/aliases.ts';
import { house } from '../support/house.ts';

describe('what cannot serve', () => {
  it.each([
    ['a slash in the name', aliasOf({ name: 'a/b' }), 'INVALID_REQUEST'],
    ['a blank in the name', aliasOf({ name: 'a b' }), 'INVALID_REQUEST'],
    ['no name', aliasOf({ name: '' }), 'INVALID_REQUEST'],
    ['a long name', aliasOf({ name: 'a'.repeat(101) }), 'INVALID_REQUEST'],
    ['no model', aliasOf({ targets: [] }), 'INVALID_REQUEST'],
    ['too many models', aliasOf({ targets: Array.from({ length: 21 }, () => targetOf('acme/chat')) }), 'INVALID_REQUEST'],
    ['a model twice', aliasOf({ targets: [targetOf('acme/chat'), targetOf('acme/chat', 2)] }), 'INVALID_REQUEST'],
    ['no weight', aliasOf({ targets: [targetOf('acme/chat', 0)] }), 'INVALID_REQUEST'],
    ['a negative weight', aliasOf({ targets: [targetOf('acme/chat', -1)] }), 'INVALID_REQUEST'],
    ['a weight that is too large', aliasOf({ targets: [targetOf('acme/chat', 1_000_001)] }), 'INVALID_REQUEST'],
    ['models of two kinds', aliasOf({ targets: [targetOf('acme/chat'), targetOf('acme/embed')] }), 'INVALID_REQUEST'],
    ['an alias', aliasOf({ name: 'other', targets: [targetOf('filed')] }), 'INVALID_REQUEST'],
    ['itself', aliasOf({ name: 'filed', targets: [targetOf('filed')] }), 'INVALID_REQUEST'],
    ['an unknown model', aliasOf({ targets: [targetOf('acme/caht')] }), 'UNKNOWN_MODEL'],
    ['an unknown name', aliasOf({ targets: [targetOf('nothing')] }), 'UNKNOWN_MODEL'],
    ['a model that is no longer served', aliasOf({ targets: [targetOf('acme/embed')] }), 'UNKNOWN_MODEL'],
    ['a model that nobody serves', aliasOf({ targets: [targetOf('sandbox/chat')] }), 'INVALID_REQUEST'],
  ])('is not published: %s', async (_what, alias, code) => {
    const world = house();
    const { gateway, caller, catalog, store } = world;
    catalog.aliases.set('filed', { name: 'filed', targets: [targetOf('acme/chat')] });
    if (alias.targets.length === 1) {
      announce(world, 'acme/embed', { sunsetAt: '2025-01-01' });
      const model = catalog.models.get(toId('sandbox/chat'));
      if (model !== undefined) catalog.models.set(model.slug, { ...model, offers: [] });
    }
    await expect(gateway.aliases.publish(caller, alias)).rejects.toMatchObject({ code });
    expect([store.aliases.versions, store.rows.audit]).toEqual([[], []]);
  });

  it('is not rolled back to', async () => {
    const { gateway, caller, catalog } = house();
    await gateway.aliases.publish(caller, aliasOf());
    catalog.models.delete(toId('acme/chat'));
    await expect(gateway.aliases.rollBack(caller, { organizationId: null, name: 'fast', to: 1, note: null })).rejects.toMatchObject({
      code: 'UNKNOWN_MODEL',
    });
  });
});
