import { toId } from '../../src/domain/id.ts';
import type { Model } from '../../src/domain/model.ts';
import type { NewAlias } from '../../src/gateway/aliasService.ts';
import type { House } from './house.ts';
import { requestOf } from './house.ts';

export const targetOf = (model: string, weight = 1) => ({ model: toId<never>(model), weight });
/** An alias of the house's caller. */
export const aliasOf = (changes: Partial<NewAlias> = {}): NewAlias => ({
  organizationId: null,
  name: 'fast',
  targets: [targetOf('acme/chat')],
  sticky: 'NONE',
  disabled: false,
  note: null,
  ...changes,
});
/** Two models of one kind. */
export const even = [targetOf('acme/chat'), targetOf('sandbox/chat')];
export function announce({ catalog }: House, slug: string, deprecation: Partial<Model['deprecation']>): void {
  const model = catalog.models.get(toId(slug));
  if (model === undefined) throw new Error('There is no such model.');
  catalog.models.set(model.slug, { ...model, deprecation: { deprecatedAt: null, sunsetAt: null, replacement: null, ...deprecation } });
}

/** The model a call would be made with. */
export async function modelFor({ gateway, caller }: House, endUser: string | null = null, model = 'fast') {
  const { offer } = await gateway.estimates.estimate(caller, requestOf({ model, endUser }));
  return offer?.model;
}
