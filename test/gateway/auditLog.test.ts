import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import type { AuditQuery } from '../../src/gateway/administrationInput.ts';
import type { AuditFilter } from '../../src/ports/store.ts';
import { whole } from '../support/fakeAdapter.ts';
import { house } from '../support/house.ts';
import { organization, team } from '../support/things.ts';

const every: AuditQuery = { organizationId: null, actions: null, actorId: null, subjectId: null, from: null, to: null };
const page = { first: 10, after: null };

/** A house whose store tells what the audit log was asked for. */
function askedHouse(settings: Parameters<typeof house>[0]) {
  const world = house(settings);
  const filters: AuditFilter[] = [];
  world.store.audit.list = async (filter) => {
    filters.push(filter);
    return { items: [], hasMore: false };
  };
  return { ...world, filters };
}

describe('the audit log', () => {
  it('has each act with its actor, address and time, by the clock and ids of the gateway', async () => {
    const { gateway, caller, clock } = house();
    const { administration } = gateway;
    await administration.createTeam(caller, { organizationId: organization.id, name: 'new' });
    await administration.updateTeam(caller, team.id, { name: 'found' });
    const { apiKey: made } = await administration.createApiKey(caller, {
      teamId: team.id,
      userId: null,
      name: 'web',
      scopes: ['MODELS_READ'],
      allowedModels: null,
      allowedAddresses: null,
      labels: [],
      directives: null,
      expiresAt: null,
    });
    await clock.advance(1000);
    await administration.revokeApiKey(caller, made.id);
    const { items } = await administration.auditLog(caller, every, page);
    expect(items.map(({ action, subject }) => [action, subject.type])).toEqual([
      ['REVOKE_API_KEY', 'API_KEY'],
      ['CREATE_API_KEY', 'API_KEY'],
      ['UPDATE_TEAM', 'TEAM'],
      ['CREATE_TEAM', 'TEAM'],
    ]);
    expect(items[0]).toMatchObject({
      at: clock.now(),
      actor: { kind: 'API_KEY', id: caller.principal.apiKeyId, name: caller.principal.name },
      address: '192.0.2.1',
      organizationId: organization.id,
      before: { id: made.id, revokedAt: null },
      after: { id: made.id, revokedAt: clock.now() },
    });
    expect(items[2]).toMatchObject({ before: { name: 'Search' }, after: { name: 'found' } });
    expect(JSON.stringify(items)).not.toMatch(/mg_new|hash of/);
  });

  it('is of the caller’s organization; only an administrator sees others, and every one', async () => {
    const auditor = askedHouse({ principal: { scopes: new Set(['AUDIT_READ']) } });
    await auditor.gateway.administration.auditLog(auditor.caller, every, page);
    const foreign = auditor.gateway.administration.auditLog(auditor.caller, { ...every, organizationId: toId('o2') }, page);
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(auditor.filters.map(({ organizationId }) => organizationId)).toEqual(['o1']);
    const admin = askedHouse({});
    await admin.gateway.administration.auditLog(admin.caller, every, page);
    await admin.gateway.administration.auditLog(admin.caller, { ...every, organizationId: toId('o2') }, page);
    expect(admin.filters.map(({ organizationId }) => organizationId)).toEqual([null, 'o2']);
  });
});

describe('a changed or deleted budget', () => {
  it('counts for the next calls', async () => {
    const { gateway, caller, store, catalog, clock, complete } = house({ budgets: [{ meter: 'REQUESTS', limit: 1n }] });
    for (const word of ['one', 'two', 'three']) catalog.one.answer(whole(word));
    const [budget] = store.rows.budgets;
    if (budget === undefined) throw new Error('The house has no budget.');
    await complete();
    await expect(complete()).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
    expect(await gateway.administration.updateBudget(caller, budget.id, { limit: 2n })).toMatchObject({ limit: 2n });
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ budget: { limit: 2n }, used: 1n }]);
    // For so long is believed what the store said before.
    await clock.advance(100);
    await complete();
    await expect(complete()).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
    expect(await gateway.administration.deleteBudget(caller, budget.id)).toBe(budget.id);
    await complete();
    expect(store.rows.audit.map(({ action }) => action)).toEqual(['UPDATE_BUDGET', 'DELETE_BUDGET']);
  });

  it('is not changed to what cannot be counted, nor by another organization', async () => {
    const { gateway, caller, store } = house({ principal: { scopes: new Set(['KEYS_MANAGE']) }, budgets: [{}] });
    const { updateBudget, deleteBudget } = gateway.administration;
    for (const limit of [-1n, 2n ** 63n])
      await expect(updateBudget(caller, toId('b1'), { limit })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const other = { ...caller, principal: { ...caller.principal, organizationId: toId<never>('o2') } };
    for (const act of [updateBudget(other, toId('b1'), { limit: 1n }), deleteBudget(other, toId('b1'))])
      await expect(act).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(store.rows.audit).toEqual([]);
  });
});
