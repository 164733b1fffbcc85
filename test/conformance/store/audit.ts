import { expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import type { AuditFilter } from '../../../src/ports/store.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { anyAct, newAct, newBudget, nextId, seedTenancy } from '../../support/tenancySeed.ts';

export function auditCases(store: () => OpenedStore): void {
  const list = async (filter: Partial<AuditFilter>) =>
    (await store().audit.list({ ...anyAct, ...filter }, { first: 100, after: null })).items;

  it('keeps with each change who did what, when and from where, and what it changed', async () => {
    const tenancy = await seedTenancy(store());
    const { organization } = tenancy;
    const budget = newBudget(tenancy, { limit: 2n ** 63n - 1n });
    await store().budgets.create(budget, newAct('CREATE_BUDGET'));
    const act = newAct('UPDATE_BUDGET', { at: 1_700_000_000_123, address: '2001:db8::1' });
    await store().budgets.update(budget, { limit: 5n }, act);
    const state = { ...budget, limit: '9223372036854775807' };
    const [updated, created] = await list({ organizationId: organization.id });
    expect(updated).toEqual({
      ...act,
      organizationId: organization.id,
      subject: { type: 'BUDGET', id: budget.id },
      before: state,
      after: { ...state, limit: '5' },
    });
    expect(created).toMatchObject({ action: 'CREATE_BUDGET', before: null, after: state });
    await store().budgets.delete(budget, newAct('DELETE_BUDGET', { address: null }));
    expect((await list({ organizationId: organization.id }))[0]).toMatchObject({ action: 'DELETE_BUDGET', after: null, address: null });
  });

  it('never keeps a secret or its hash', async () => {
    const { organization, apiKey, secretHash } = await seedTenancy(store());
    const hash = `hash ${nextId()}`;
    await store().apiKeys.rotate(apiKey, { hash, prefix: 'mg_live_New1', lastFour: 'NewX', olderEndAt: 0 }, newAct('ROTATE_API_KEY'));
    const entries = await list({ organizationId: organization.id });
    expect(entries).toMatchObject([
      { action: 'ROTATE_API_KEY', before: { lastFour: 'wxyz' }, after: { lastFour: 'NewX' } },
      { action: 'CREATE_API_KEY', before: null, after: { id: apiKey.id } },
      { action: 'CREATE_TEAM' },
      { action: 'CREATE_ORGANIZATION' },
    ]);
    for (const secret of [hash, secretHash]) expect(JSON.stringify(entries)).not.toContain(secret);
  });

  it('keeps nothing of what was refused or not found', async () => {
    const { organization, apiKey, team, secretHash } = await seedTenancy(store());
    const before = await list({ organizationId: organization.id });
    await expect(store().apiKeys.create({ ...apiKey, id: toId(nextId()) }, secretHash, newAct('CREATE_API_KEY'))).rejects.toThrow();
    await expect(store().tenancy.createTeam({ ...team, id: toId(nextId()) }, newAct('CREATE_TEAM'))).rejects.toThrow();
    await store().apiKeys.revoke({ ...apiKey, id: toId(nextId()) }, newAct('REVOKE_API_KEY'));
    expect(await list({ organizationId: organization.id })).toEqual(before);
  });

  it('changes nothing where the act cannot be written', async () => {
    const { apiKey } = await seedTenancy(store());
    const act = newAct('UPDATE_API_KEY');
    await store().apiKeys.update(apiKey, { name: 'first' }, act);
    // An id that is there already: the entry is refused, and with it the change.
    await expect(store().apiKeys.update(apiKey, { name: 'second' }, act)).rejects.toThrow();
    expect(await store().apiKeys.find([apiKey.id])).toMatchObject([{ name: 'first' }]);
  });

  it('is listed newest first, page by page, by organization, act, actor, subject and time', async () => {
    const { organization, apiKey } = await seedTenancy(store());
    const acts = [1000, 2000, 3000].map((at) => newAct('UPDATE_API_KEY', { at }));
    for (const act of acts) await store().apiKeys.update(apiKey, { name: `at ${act.at}` }, act);
    const ids = acts.map(({ id }) => id).toReversed();
    const mine = { organizationId: organization.id, actions: ['UPDATE_API_KEY'] } as const;
    expect((await list(mine)).map(({ id }) => id)).toEqual(ids);
    const second = await store().audit.list({ ...anyAct, ...mine }, { first: 1, after: ids[0] ?? null });
    expect(second).toMatchObject({ items: [{ id: ids[1] }], hasMore: true });
    expect((await list({ ...mine, from: 2000, to: 3000 })).map(({ id }) => id)).toEqual([ids[1]]);
    expect((await list({ actorId: acts[0]?.actor.id ?? '' })).map(({ id }) => id)).toEqual([ids[2]]);
    expect((await list({ subjectId: apiKey.id })).map(({ action }) => action)).toEqual([
      ...ids.map(() => 'UPDATE_API_KEY'),
      'CREATE_API_KEY',
    ]);
    expect(await list({ organizationId: toId('nonsense') })).toEqual([]);
    expect(await list({ actions: [] })).toEqual([]);
  });

  it('takes back nothing: its rows are never changed or deleted', async () => {
    await seedTenancy(store());
    for (const statement of [`update audit_log set action = 'x'`, 'delete from audit_log', 'truncate audit_log'])
      await expect(store().database.exec(statement)).rejects.toThrow('never changed or deleted');
  });
}
