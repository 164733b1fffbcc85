import { expect, it } from 'vitest';
import type { BudgetScope } from '../../../src/domain/budget.ts';
import { toId } from '../../../src/domain/id.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import type { Tenancy } from '../../support/tenancySeed.ts';
import { newBudget, nextId, seedTenancy } from '../../support/tenancySeed.ts';

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
    for (const budget of budgets) await store().budgets.create(budget);
    expect(await store().budgets.inForce(tenancy.organization.id)).toEqual(budgets);
    const page = await store().budgets.list(tenancy.organization.id, { first: 3, after: null });
    expect(page).toEqual({ items: budgets.toReversed().slice(0, 3), hasMore: true });
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
      await expect(store().budgets.create(newBudget(tenancy, { scope }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect(await store().budgets.inForce(tenancy.organization.id)).toEqual([]);
    expect(await store().budgets.find([toId(nextId())])).toEqual([]);
  });
}
