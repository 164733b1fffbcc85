import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import type { Scope } from '../../src/domain/principal.ts';
import { noUsage } from '../../src/domain/usage.ts';
import { whole } from '../support/fakeAdapter.ts';
import type { HouseSettings } from '../support/house.ts';
import { house } from '../support/house.ts';
import { organization } from '../support/things.ts';

const having = (...scopes: readonly Scope[]) => ({ scopes: new Set<Scope>(['COMPLETIONS_WRITE', 'EMBEDDINGS_WRITE', ...scopes]) });
const naming = { principal: having('ACT_FOR_USERS') };
const alice = { id: toId<never>('alice'), organizationId: organization.id, name: 'Alice', createdAt: 0 };

/** A house whose provider answers each call, and who its calls were made for. */
function callHouse(settings: HouseSettings) {
  const world = house(settings);
  const ask = async (endUser: string | null) => {
    world.catalog.one.answer(whole('once', 10, 5));
    await world.complete({ endUser });
    return world.store.rows.usage.at(-1);
  };
  return { ...world, ask };
}

describe('the user of a call', () => {
  it('is its endUser where the key has ACT_FOR_USERS, whether anybody has made the user or not, and else the key’s', async () => {
    const { ask } = callHouse({ principal: { ...naming.principal, userId: toId('bob') } });
    expect(await ask('alice')).toMatchObject({ userId: 'alice', endUser: 'alice', holder: 'key:k1', apiKeyId: 'k1' });
    expect(await ask(null)).toMatchObject({ userId: 'bob', endUser: null });
  });

  it.each([
    ['a key without the scope', having()],
    ['a user’s own token', { ...having('ACT_FOR_USERS'), kind: 'USER' as const }],
    ['a client token', { ...having('ACT_FOR_USERS'), kind: 'CLIENT_TOKEN' as const }],
  ])('is never the endUser that %s says', async (_who, principal) => {
    const { ask, store } = callHouse({ principal: { ...principal, userId: toId('bob') } });
    store.rows.users.push({ ...alice, disabledAt: 1 });
    expect(await ask('alice')).toMatchObject({ userId: 'bob', endUser: 'alice' });
  });

  it('has its requests and its money counted by the user’s budgets, and nobody else’s', async () => {
    const budgets = [
      { scope: { type: 'USER', id: alice.id }, meter: 'REQUESTS', limit: 2n },
      { scope: { type: 'USER', id: alice.id }, meter: 'SPEND' },
    ] as const;
    const { ask, store } = callHouse({ ...naming, budgets });
    const drawn = async (endUser: string) => (await ask(endUser))?.draws?.map(({ budgetId }) => budgetId).toSorted();
    expect(await drawn('alice')).toEqual(['b1', 'b2']);
    expect(await drawn('bob')).toEqual([]);
    expect(await drawn('alice')).toEqual(['b1', 'b2']);
    await expect(ask('alice')).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED', details: { budget: 'b1', scope: 'USER' } });
    expect(store.rows.usage).toHaveLength(3);
  });

  it('is FORBIDDEN when disabled, looked up once, and let in again at once', async () => {
    const { ask, store, gateway, caller, catalog } = callHouse(naming);
    store.rows.users.push({ ...alice, disabledAt: null });
    await ask('alice');
    const before = store.lookups;
    await ask('alice');
    expect(store.lookups).toBe(before);
    const admin = { ...caller, principal: { ...caller.principal, scopes: new Set<Scope>(['ADMIN']) } };
    const disable = (disabled: boolean) => gateway.administration.updateUser(admin, { organizationId: null, id: alice.id }, { disabled });
    await disable(true);
    const asked = catalog.one.completions.length;
    await expect(ask('alice')).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'The user is disabled.' });
    expect([catalog.one.completions.length, gateway.inFlight]).toEqual([asked, 0]);
    expect(await ask('bob')).toMatchObject({ userId: 'bob' });
    await disable(false);
    expect(await ask('alice')).toMatchObject({ userId: 'alice' });
  });

  it.each(['', 'x'.repeat(201), 'a\u0000b'])('that could be none is INVALID_REQUEST: %j', async (endUser) => {
    const { ask, gateway } = callHouse(naming);
    await expect(ask(endUser)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect(gateway.inFlight).toBe(0);
  });

  it('is that of each call of embeddings', async () => {
    const { embed, catalog, store } = house(naming);
    const vectors = { vectors: [Float32Array.of(1)], usage: { ...noUsage, inputTokens: 10, outputTokens: 0 }, providerRequestId: null };
    for (let call = 0; call < 2; call++) catalog.one.embedded(vectors);
    await embed({ endUser: 'alice' }, { endUser: 'bob' });
    expect(store.rows.usage.map(({ userId }) => userId).toSorted()).toEqual(['alice', 'bob']);
  });
});
