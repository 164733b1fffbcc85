import { expect, it } from 'vitest';
import type { ApiKeyId, ModelSlug } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { newAct, newBudget, nextId, seedTenancy } from '../../support/tenancySeed.ts';

/** What the notices of changes are numbered by. */
export function changeCases(store: () => OpenedStore): void {
  async function version(): Promise<bigint> {
    const [row] = await store().database.query(`select version from versions where name = 'administration'`);
    const counted = row?.['version'];
    if (typeof counted !== 'bigint') throw new Error('There is no counter of changes.');
    return counted;
  }

  /** By how much the counter grows meanwhile. */
  async function counted(work: () => Promise<unknown>): Promise<bigint> {
    const before = await version();
    await work();
    return (await version()) - before;
  }

  it('are counted, whatever was changed', async () => {
    const { aliases, apiKeys, budgets, tenancy } = store();
    const seeded = await seedTenancy(store());
    const { organization, team, apiKey } = seeded;
    const budget = newBudget(seeded);
    expect(await counted(() => tenancy.updateOrganization(organization.id, { name: nextId() }, newAct('UPDATE_ORGANIZATION')))).toBe(1n);
    expect(await counted(() => tenancy.updateTeam(team, { name: nextId() }, newAct('UPDATE_TEAM')))).toBe(1n);
    expect(await counted(() => apiKeys.update(apiKey, { name: 'other' }, newAct('UPDATE_API_KEY')))).toBe(1n);
    expect(await counted(() => budgets.create(budget, newAct('CREATE_BUDGET')))).toBe(1n);
    expect(await counted(() => budgets.delete(budget, newAct('DELETE_BUDGET')))).toBe(1n);
    const rule = { name: 'fast', targets: [{ model: toId<ModelSlug>('vendor/one'), weight: 1 }], sticky: 'NONE', disabled: false } as const;
    const alias = { ...rule, organizationId: organization.id, note: null, restores: null };
    const publish = () => aliases.publish({ ...alias, rowId: nextId() }, newAct('PUBLISH_ALIAS'));
    expect(await counted(publish)).toBe(1n);
    expect(await counted(publish)).toBe(2n);
    expect(await counted(() => aliases.delete(alias, newAct('DELETE_ALIAS')))).toBe(1n);
    expect(await counted(() => apiKeys.revoke(apiKey, newAct('REVOKE_API_KEY')))).toBe(1n);
  });

  it('are not counted where they were not made', async () => {
    const { apiKeys } = store();
    const { apiKey, secretHash } = await seedTenancy(store());
    const again = { ...apiKey, id: toId<ApiKeyId>(nextId()) };
    expect(await counted(() => apiKeys.create(again, secretHash, newAct('CREATE_API_KEY')).catch(() => undefined))).toBe(0n);
  });

  it('in SQL are counted too, once a row', async () => {
    const { apiKey } = await seedTenancy(store());
    const rotate = 'update api_key_secrets set expires_at = now() where api_key_id = $1';
    expect(await counted(() => store().database.query(rotate, [apiKey.id]))).toBe(1n);
  });
}
