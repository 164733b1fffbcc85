import { expect, it } from 'vitest';
import type { BudgetScope } from '../../../src/domain/budget.ts';
import { toId } from '../../../src/domain/id.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import type { Tenancy } from '../../support/tenancySeed.ts';
import { newAct, newBudget, nextId, seedTenancy } from '../../support/tenancySeed.ts';

function scopesOf({ organization, team, apiKey }: Tenancy): readonly BudgetScope[] {
  return [
    { type: 'ORGANIZATION', id: organization.id },
    { type: 'TEAM', id: team.id },
    { type: 'API_KEY', id: apiKey.id },
    { type: 'MODEL', slug: 'vendor/name:variant' },
    { type: 'TAG', tag: { name: 'feature', value: 'a "b" \\ c' } },
  ];
}

export function budgetCases(store: () => OpenedStore): void {
  it('keeps budgets of every scope, to the last unit of the largest limit', async () => {
    const tenancy = await seedTenancy(store());
    const limit = 2n ** 63n - 1n;
    const budgets = scopesOf(tenancy).map((scope) => newBudget(tenancy, { scope, limit, timeZone: 'Europe/Berlin', window: 'MONTH' }));
    for (const budget of budgets) await store().budgets.create(budget, newAct('CREATE_BUDGET'));
    expect(await store().budgets.inForce(tenancy.organization.id)).toEqual(budgets);
    const all = { organizationId: tenancy.organization.id, teamId: null, userId: null, apiKeyId: null, meter: null, clientTokens: false };
    const page = await store().budgets.list(all, { first: 3, after: null });
    expect(page).toEqual({ items: budgets.toReversed().slice(0, 3), hasMore: true });
    const first = { first: 10, after: null };
    expect((await store().budgets.list({ ...all, teamId: tenancy.team.id }, first)).items).toEqual([budgets[1]]);
    expect((await store().budgets.list({ ...all, apiKeyId: tenancy.apiKey.id, meter: 'SPEND' }, first)).items).toEqual([budgets[2]]);
    expect((await store().budgets.list({ ...all, meter: 'TOKENS' }, first)).items).toEqual([]);
  });

  it('refuses a scope that is not the organization’s', async () => {
    const tenancy = await seedTenancy(store());
    const other = await seedTenancy(store());
    const foreign: readonly BudgetScope[] = [
      ...scopesOf(other).slice(0, 3),
      { type: 'USER', id: toId('nobody') },
      { type: 'TEAM', id: toId('nonsense') },
    ];
    for (const scope of foreign) {
      await expect(store().budgets.create(newBudget(tenancy, { scope }), newAct('CREATE_BUDGET'))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    expect(await store().budgets.inForce(tenancy.organization.id)).toEqual([]);
    expect(await store().budgets.find([toId(nextId())])).toEqual([]);
  });

  it('changes what a budget allows, and deletes it', async () => {
    const tenancy = await seedTenancy(store());
    const other = await seedTenancy(store());
    const budget = newBudget(tenancy);
    await store().budgets.create(budget, newAct('CREATE_BUDGET'));
    const act = () => newAct('UPDATE_BUDGET');
    expect(await store().budgets.update({ ...budget, organizationId: other.organization.id }, { limit: 5n }, act())).toBeNull();
    const limit = 2n ** 63n - 1n;
    expect(await store().budgets.update(budget, { limit }, act())).toEqual({ ...budget, limit });
    expect(await store().budgets.update(budget, { policy: 'SOFT' }, act())).toEqual({ ...budget, limit, policy: 'SOFT' });
    expect(await store().budgets.find([budget.id])).toEqual([{ ...budget, limit, policy: 'SOFT' }]);
    const shadow = { ...budget, limit, policy: 'SOFT', shadow: true } as const;
    expect(await store().budgets.update(budget, { shadow: true }, act())).toEqual(shadow);
    expect(await store().budgets.find([budget.id])).toEqual([shadow]);
    expect(await store().budgets.delete({ ...budget, organizationId: other.organization.id }, newAct('DELETE_BUDGET'))).toBeNull();
    expect(await store().budgets.delete(budget, newAct('DELETE_BUDGET'))).toMatchObject({ id: budget.id });
    expect(await store().budgets.delete(budget, newAct('DELETE_BUDGET'))).toBeNull();
    expect(await store().budgets.update(budget, { limit: 1n }, act())).toBeNull();
    expect(await store().budgets.find([budget.id])).toEqual([]);
    expect(await store().budgets.inForce(tenancy.organization.id)).toEqual([]);
  });
}
