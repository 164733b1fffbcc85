import { GatewayError } from '../domain/errors.ts';
import type { OrganizationId } from '../domain/id.ts';
import type { Principal } from '../domain/principal.ts';
import type { Caller } from './gateway.ts';

/** An ADMIN sees every organization; everybody else their own. */
export function maySee(principal: Principal, organizationId: OrganizationId): boolean {
  return principal.organizationId === organizationId || principal.scopes.has('ADMIN');
}

/** The organization that is asked about; null is the caller's own. Throws NOT_FOUND where the caller may not see it, as if there were none. */
export function organizationAsked({ principal }: Caller, asked: OrganizationId | null): OrganizationId {
  if (asked === null || maySee(principal, asked)) return asked ?? principal.organizationId;
  throw notFound('organization');
}

/** What is not there and what the caller may not see are told alike. */
export function notFound(noun: string): GatewayError {
  return new GatewayError('NOT_FOUND', `There is no such ${noun}.`);
}

/** Throws NOT_FOUND. */
export function there<Item>(item: Item | null, noun: string): Item {
  if (item === null) throw notFound(noun);
  return item;
}

/** Throws NOT_FOUND. */
export function visible<Item extends { readonly organizationId: OrganizationId }>(
  { principal }: Caller,
  item: Item | undefined,
  noun: string,
): Item {
  if (item === undefined || !maySee(principal, item.organizationId)) throw notFound(noun);
  return item;
}

/** One for each id, in their order; null for what the caller may not see. */
export function inOrder<Item extends { readonly id: string }>(
  wanted: readonly string[],
  found: readonly Item[],
  maySeeIt: (item: Item) => boolean,
): readonly (Item | null)[] {
  const byId = new Map(found.filter(maySeeIt).map((item) => [item.id, item]));
  return wanted.map((id) => byId.get(id) ?? null);
}
