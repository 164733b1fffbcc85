import { expect, it } from 'vitest';
import type { Budget } from '../../../src/domain/budget.ts';
import { toBudgets } from '../../../src/domain/clientToken.ts';
import { toId } from '../../../src/domain/id.ts';
import type { LeaseReport } from '../../../src/ports/quota.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { newReplica, nothingToReport } from '../../support/leaseReports.ts';
import type { Tenancy } from '../../support/tenancySeed.ts';
import { newAct, newBudget, nextId, seedTenancy } from '../../support/tenancySeed.ts';

const issuedAt = Date.UTC(2026, 9, 1);

/** The limits of a token under the key: 3 calls, and a sum of money. */
function limitsUnder({ apiKey }: Pick<Tenancy, 'apiKey'>, expiresAt = issuedAt + 60_000): readonly Budget[] {
  return toBudgets(apiKey, {
    id: toId(nextId()),
    apiKeyId: apiKey.id,
    userId: null,
    scopes: [],
    models: null,
    maxOutputTokens: null,
    limits: [
      { id: toId(nextId()), meter: 'REQUESTS', limit: 3n },
      { id: toId(nextId()), meter: 'SPEND', limit: 2n ** 62n },
    ],
    issuedAt,
    expiresAt,
  });
}

export function clientTokenCases(store: () => OpenedStore): void {
  const wanting = ({ id, endsAt }: Budget, want: bigint): LeaseReport => ({ ...nothingToReport, budgetId: id, periodEnd: endsAt, want });

  it('keeps the limits of a token, apart from what administrators limit', async () => {
    const tenancy = await seedTenancy(store());
    const limits = limitsUnder(tenancy);
    const ordinary = newBudget(tenancy);
    await store().budgets.create(ordinary, newAct('CREATE_BUDGET'));
    await store().clientTokens.keepLimits(limits);
    expect(await store().budgets.find(limits.map(({ id }) => id))).toEqual(expect.arrayContaining([...limits]));
    expect(await store().budgets.inForce(tenancy.organization.id)).toEqual([ordinary]);
    const all = { organizationId: tenancy.organization.id, teamId: null, userId: null, apiKeyId: null, meter: null };
    const list = async (clientTokens: boolean) => (await store().budgets.list({ ...all, clientTokens }, { first: 10, after: null })).items;
    expect(await list(false)).toEqual([ordinary]);
    expect(await list(true)).toEqual(limits.toReversed());
  });

  it('keeps all limits of a token or none', async () => {
    const tenancy = await seedTenancy(store());
    const [first, second] = limitsUnder(tenancy);
    if (first === undefined || second === undefined) throw new Error('A token has two limits here.');
    await expect(store().clientTokens.keepLimits([first, { ...second, id: first.id }])).rejects.toThrow();
    expect(await store().budgets.find([first.id])).toEqual([]);
  });

  it('grants no more than a limit, over all replicas', async () => {
    const [requests] = limitsUnder(await seedTenancy(store()));
    if (requests === undefined) throw new Error('A token has a limit of calls here.');
    await store().clientTokens.keepLimits([requests]);
    const granted = await Promise.all([1, 2, 3].map(() => store().quotas.sync(newReplica(), [wanting(requests, 2n)])));
    expect(granted.flat().reduce((sum, grant) => sum + grant.granted, 0n)).toBe(3n);
  });

  it('sweeps limits that are long over, with all that was counted by them, and no others', async () => {
    const tenancy = await seedTenancy(store());
    const [over] = limitsUnder(tenancy, issuedAt + 1);
    const living = limitsUnder(tenancy, issuedAt + 1_000_000);
    const ordinary = newBudget(tenancy);
    if (over === undefined) throw new Error('A token has a limit of calls here.');
    await store().budgets.create(ordinary, newAct('CREATE_BUDGET'));
    await store().clientTokens.keepLimits([over, ...living]);
    // Also one that is used up and drew more than was held for it: no operator is told, and nothing keeps it.
    await store().quotas.sync(newReplica(), [{ ...wanting(over, 2n), spent: 5n, overrun: 5n }]);
    while ((await store().clientTokens.sweepLimits(issuedAt + 1000)) > 0);
    expect(await store().budgets.find([over.id, ...living.map(({ id }) => id), ordinary.id])).toHaveLength(3);
    for (const table of ['leases', 'budget_windows'])
      expect(await store().database.query(`select from ${table} where budget_id = $1`, [over.id])).toEqual([]);
    // Who still reports it is told nothing, and grants itself nothing.
    expect(await store().quotas.sync(newReplica(), [wanting(over, 1n)])).toEqual([]);
  });
}
