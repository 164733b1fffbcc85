import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import { allScopes } from '../../src/domain/principal.ts';
import type { Caller } from '../../src/gateway/gateway.ts';
import { aliasOf, modelFor, targetOf } from '../support/aliases.ts';
import { started, whole } from '../support/fakeAdapter.ts';
import { house } from '../support/house.ts';
import { organization, principalWith } from '../support/things.ts';

const named = (name = 'fast') => ({ organizationId: null, name });
const page = { first: 10, after: null };

function callerOf(changes: Partial<Caller['principal']>): Caller {
  return { principal: { ...principalWith(...allScopes), ...changes }, requestId: 'request', address: null };
}

describe('a published alias', () => {
  it('serves the next call, and the answer tells both names', async () => {
    const { gateway, caller, catalog, complete, ledger } = house();
    const alias = await gateway.aliases.publish(caller, aliasOf({ note: 'first' }));
    expect(alias).toMatchObject({ name: 'fast', source: 'ORGANIZATION', version: 1, organizationId: organization.id });
    catalog.one.answer(whole('once'));
    expect(await complete({ model: 'fast' })).toMatchObject({ requestedModel: 'fast', model: { slug: 'acme/chat' } });
    expect(ledger.ended).toMatchObject([{ alias: 'fast', requestedModel: 'fast', model: 'acme/chat' }]);
  });

  it('is changed for the next call; a call under way finishes on what it began with', async () => {
    const { gateway, caller, catalog, clock, start } = house();
    await gateway.aliases.publish(caller, aliasOf());
    catalog.one.answer([started], { waitMs: 100 }, whole('old'));
    const running = await start({ model: 'fast' });
    await gateway.aliases.publish(caller, aliasOf({ targets: [targetOf('sandbox/chat')] }));
    const next = await start({ model: 'fast' });
    expect(await clock.until(running.answer)).toMatchObject({ text: 'old', model: { slug: 'acme/chat' } });
    expect(await clock.until(next.answer)).toMatchObject({ model: { slug: 'sandbox/chat' } });
  });

  it('goes before the file in its organization, until it is deleted', async () => {
    const world = house();
    const { gateway, caller, catalog } = world;
    catalog.aliases.set('fast', { name: 'fast', targets: [targetOf('sandbox/chat')] });
    expect(await gateway.aliases.find(caller, named())).toMatchObject({ source: 'CONFIG', version: null });
    await gateway.aliases.publish(caller, aliasOf());
    expect(await modelFor(world)).toBe('acme/chat');
    const stranger = callerOf({ organizationId: toId('o2') });
    expect(await gateway.aliases.find(stranger, named())).toMatchObject({ source: 'CONFIG' });
    await gateway.aliases.delete(caller, named());
    expect(await modelFor(world)).toBe('sandbox/chat');
    await expect(gateway.aliases.delete(caller, named())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that is disabled serves nobody, whatever the file says', async () => {
    const world = house();
    world.catalog.aliases.set('fast', { name: 'fast', targets: [targetOf('sandbox/chat')] });
    await world.gateway.aliases.publish(world.caller, aliasOf({ disabled: true }));
    await expect(world.complete({ model: 'fast' })).rejects.toMatchObject({ code: 'UNKNOWN_MODEL', message: 'The alias is disabled.' });
    await expect(world.complete({ model: 'fasr' })).rejects.toMatchObject({ code: 'UNKNOWN_MODEL', details: { suggestions: [] } });
  });

  it('is rolled back at once, and that is a version too', async () => {
    const world = house();
    const { gateway, caller, store } = world;
    await gateway.aliases.publish(caller, aliasOf());
    await gateway.aliases.publish(caller, aliasOf({ targets: [targetOf('sandbox/chat')], sticky: 'KEY' }));
    expect(await gateway.aliases.rollBack(caller, { ...named(), to: 1, note: 'slower' })).toMatchObject({ version: 3, sticky: 'NONE' });
    expect(await modelFor(world)).toBe('acme/chat');
    const alias = await gateway.aliases.find(caller, named());
    const { items } = await gateway.aliases.history(caller, alias ?? expect.fail('It is gone.'), page);
    expect(items.map(({ version, restores, note }) => [version, restores, note])).toEqual([
      [3, 1, 'slower'],
      [2, null, null],
      [1, null, null],
    ]);
    expect(store.rows.audit.map(({ action }) => action)).toEqual(['PUBLISH_ALIAS', 'PUBLISH_ALIAS', 'ROLL_BACK_ALIAS']);
    await expect(gateway.aliases.rollBack(caller, { ...named(), to: 9, note: null })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that was deleted can be rolled back to', async () => {
    const world = house();
    await world.gateway.aliases.publish(world.caller, aliasOf());
    await world.gateway.aliases.delete(world.caller, named());
    await expect(modelFor(world)).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' });
    await world.gateway.aliases.rollBack(world.caller, { ...named(), to: 1, note: null });
    expect(await modelFor(world)).toBe('acme/chat');
  });

  it('is heard of from other replicas', async () => {
    const one = house();
    const other = house({ sharing: one });
    await expect(modelFor(other)).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' });
    await one.gateway.aliases.publish(one.caller, aliasOf());
    one.store.tell({ type: 'ALIAS', organizationId: organization.id, id: 'fast' });
    await one.clock.advance(0);
    expect(await modelFor(other)).toBe('acme/chat');
  });
});

describe('aliases', () => {
  it('are listed by name, page by page, the file’s among them', async () => {
    const { gateway, caller, catalog } = house();
    catalog.aliases.set('cheap', { name: 'cheap', targets: [targetOf('acme/chat')] });
    catalog.aliases.set('fast', { name: 'fast', targets: [targetOf('sandbox/chat')] });
    await gateway.aliases.publish(caller, aliasOf());
    await gateway.aliases.publish(caller, aliasOf({ name: 'best' }));
    const first = await gateway.aliases.list(caller, { organizationId: null, first: 2, after: null });
    expect([first.items.map(({ name, source }) => [name, source]), first.hasMore]).toEqual([
      [
        ['best', 'ORGANIZATION'],
        ['cheap', 'CONFIG'],
      ],
      true,
    ]);
    const rest = await gateway.aliases.list(caller, { organizationId: null, first: 2, after: 'cheap' });
    expect(rest).toMatchObject({ items: [{ name: 'fast', source: 'ORGANIZATION' }], hasMore: false });
  });

  it('are seen by who may ask for one of their models, their history by who may publish', async () => {
    const { gateway, caller } = house();
    const published = await gateway.aliases.publish(caller, aliasOf());
    const reader = (allowedModels: readonly string[]) =>
      callerOf({ scopes: new Set(['MODELS_READ', 'COMPLETIONS_WRITE'] as const), allowedModels });
    expect(await gateway.aliases.find(reader(['acme/chat']), named())).toEqual(published);
    expect(await gateway.aliases.find(reader(['fast']), named())).toEqual(published);
    expect(await gateway.aliases.find(reader(['sandbox/chat']), named())).toBeNull();
    await expect(gateway.aliases.history(reader(['fast']), published, page)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('of another organization are an ADMIN’s alone', async () => {
    const { gateway, caller } = house();
    const stranger = callerOf({ organizationId: toId('o2'), scopes: new Set(['MODELS_MANAGE', 'MODELS_READ'] as const) });
    const here = { organizationId: organization.id };
    await gateway.aliases.publish(caller, aliasOf());
    await expect(gateway.aliases.publish(stranger, aliasOf(here))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(gateway.aliases.rollBack(stranger, { ...named(), ...here, to: 1, note: null })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(gateway.aliases.delete(stranger, { ...named(), ...here })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(gateway.aliases.find(stranger, { ...named(), ...here })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const admin = callerOf({ organizationId: toId('o2') });
    expect(await gateway.aliases.find(admin, { ...named(), ...here })).toMatchObject({ version: 1 });
  });

  it('that could not be read yet are no wrong model', async () => {
    const world = house();
    world.store.aliases.failure = new Error('Away.');
    world.catalog.aliases.set('fast', { name: 'fast', targets: [targetOf('sandbox/chat')] });
    await expect(modelFor(world)).rejects.toThrow('Away.');
    world.catalog.one.answer(whole('by its slug'));
    expect(await world.complete()).toMatchObject({ text: 'by its slug' });
  });
});
