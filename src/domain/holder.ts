import type { ApiKeyId, ClientTokenId, Holder, OrganizationId, UserId } from './id.ts';
import { toId } from './id.ts';

// Whose calls these are: only the same holder may resume or cancel them, or use their idempotency keys again.

export function keyHolder(id: ApiKeyId): Holder {
  return toId(`key:${id}`);
}

/** A user's id says who it is only in its organization. */
export function userHolder(organizationId: OrganizationId, id: UserId): Holder {
  return toId(`user:${organizationId}/${id}`);
}

/** A client token acts under a key, but what it does is its own. */
export function tokenHolder(id: ClientTokenId): Holder {
  return toId(`token:${id}`);
}
