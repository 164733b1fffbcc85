import { expect, it } from 'vitest';
import type { AliasPublication } from '../../../src/domain/alias.ts';
import { toId } from '../../../src/domain/id.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import type { Tenancy } from '../../support/tenancySeed.ts';
import { anyAct, newAct, nextId, seedTenancy } from '../../support/tenancySeed.ts';

const firstPage = { first: 10, after: null };

function publicationOf({ organization }: Tenancy, changes: Partial<AliasPublication> = {}): AliasPublication {
  return {
    rowId: nextId(),
    organizationId: organization.id,
    name: 'fast "quoted"',
    targets: [
      { model: toId('vendor/one'), weight: 95 },
      { model: toId('vendor/two:variant'), weight: 5 },
    ],
    sticky: 'USER',
    disabled: false,
    note: null,
    restores: null,
    ...changes,
  };
}

export function aliasCases(store: () => OpenedStore): void {
  const audited = async ({ organization }: Tenancy) =>
    (await store().audit.list({ ...anyAct, organizationId: organization.id }, { first: 100, after: null })).items.filter(
      ({ subject }) => subject.type === 'ALIAS',
    );

  it('keeps every publication, and says which is in force', async () => {
    const tenancy = await seedTenancy(store());
    const act = newAct('PUBLISH_ALIAS');
    const first = publicationOf(tenancy, { note: 'a canary', disabled: true });
    const { rowId: _, ...said } = first;
    const published = await store().aliases.publish(first, act);
    const id = `${tenancy.organization.id}/${first.name}`;
    expect(published).toEqual({ ...said, id, version: 1, publishedAt: act.at, publishedBy: act.actor, supersededAt: null });
    const second = await store().aliases.publish(publicationOf(tenancy, { restores: 1, sticky: 'KEY' }), newAct('ROLL_BACK_ALIAS'));
    expect(second).toMatchObject({ version: 2, restores: 1, sticky: 'KEY', disabled: false });
    expect(await store().aliases.inForce(tenancy.organization.id)).toEqual([second]);
    const ended = { ...published, supersededAt: act.at };
    expect(await store().aliases.history(first, firstPage)).toEqual({ items: [second, ended], hasMore: false });
    expect(await store().aliases.history(first, { first: 1, after: null })).toEqual({ items: [second], hasMore: true });
    expect(await store().aliases.history(first, { first: 1, after: 2 })).toEqual({ items: [ended], hasMore: false });
    expect(await store().aliases.find(first, 1)).toEqual(ended);
    expect(await store().aliases.find(first, 3)).toBeNull();
  });

  it('has the targets in the order of their slugs, however they were published', async () => {
    const tenancy = await seedTenancy(store());
    const publication = publicationOf(tenancy);
    const published = await store().aliases.publish({ ...publication, targets: publication.targets.toReversed() }, newAct('PUBLISH_ALIAS'));
    expect(published.targets).toEqual(publication.targets);
  });

  it('keeps the history of an alias that was deleted, and goes on counting', async () => {
    const tenancy = await seedTenancy(store());
    const publication = publicationOf(tenancy);
    const published = await store().aliases.publish(publication, newAct('PUBLISH_ALIAS'));
    expect(await store().aliases.delete(publication, newAct('DELETE_ALIAS'))).toMatchObject({ id: published.id, version: 1 });
    expect(await store().aliases.delete(publication, newAct('DELETE_ALIAS'))).toBeNull();
    expect(await store().aliases.inForce(tenancy.organization.id)).toEqual([]);
    expect((await store().aliases.history(publication, firstPage)).items).toHaveLength(1);
    expect(await store().aliases.publish(publicationOf(tenancy), newAct('PUBLISH_ALIAS'))).toMatchObject({ version: 2 });
  });

  it('writes down who did what, and nothing where nothing was done', async () => {
    const tenancy = await seedTenancy(store());
    const publication = publicationOf(tenancy);
    await store().aliases.publish(publication, newAct('PUBLISH_ALIAS'));
    await store().aliases.publish(publicationOf(tenancy, { note: 'again' }), newAct('PUBLISH_ALIAS'));
    await store().aliases.delete(publication, newAct('DELETE_ALIAS'));
    await store().aliases.delete(publication, newAct('DELETE_ALIAS'));
    const entries = await audited(tenancy);
    expect(entries).toMatchObject([
      { action: 'DELETE_ALIAS', before: { version: 2 }, after: null },
      { action: 'PUBLISH_ALIAS', before: { version: 1, note: null }, after: { version: 2, note: 'again', targets: publication.targets } },
      { action: 'PUBLISH_ALIAS', before: null, after: { version: 1 } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('publishedBy');
  });

  it('keeps the aliases of organizations apart', async () => {
    const [one, other] = [await seedTenancy(store()), await seedTenancy(store())];
    const publication = publicationOf(one);
    const published = await store().aliases.publish(publication, newAct('PUBLISH_ALIAS'));
    const foreign = { ...publication, organizationId: other.organization.id };
    expect(await store().aliases.find(foreign, 1)).toBeNull();
    expect(await store().aliases.delete(foreign, newAct('DELETE_ALIAS'))).toBeNull();
    expect(await store().aliases.inForce(other.organization.id)).toEqual([]);
    expect(await store().aliases.inForce(null)).toContainEqual(published);
  });

  it('of no organization is NOT_FOUND, or nothing', async () => {
    const publication = publicationOf(await seedTenancy(store()));
    for (const organizationId of [toId<typeof publication.organizationId>(nextId()), toId<typeof publication.organizationId>('nonsense')]) {
      const nowhere = { ...publication, organizationId, rowId: nextId() };
      await expect(store().aliases.publish(nowhere, newAct('PUBLISH_ALIAS'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await store().aliases.find(nowhere, 1)).toBeNull();
      expect(await store().aliases.inForce(organizationId)).toEqual([]);
      expect(await store().aliases.history(nowhere, firstPage)).toEqual({ items: [], hasMore: false });
    }
  });

  it('numbers publications made at once one after the other', async () => {
    const tenancy = await seedTenancy(store());
    const publications = Array.from({ length: 8 }, () => publicationOf(tenancy));
    const published = await Promise.all(publications.map((one) => store().aliases.publish(one, newAct('PUBLISH_ALIAS'))));
    expect(published.map(({ version }) => version).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await store().aliases.inForce(tenancy.organization.id)).toMatchObject([{ version: 8 }]);
  });
}
