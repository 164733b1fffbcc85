import type { ApiKeyId, OrganizationId, TeamId, UserId } from './id.ts';
import type { Scope } from './principal.ts';

export interface Organization {
  readonly id: OrganizationId;
  readonly name: string;
  readonly createdAt: number;
}

export interface Team {
  readonly id: TeamId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly createdAt: number;
}

/** Somebody calls are made for. The id is the organization's own name for the user, and says who it is only there. */
export interface User {
  readonly id: UserId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly createdAt: number;
}

export type ApiKeyStatus = 'ACTIVE' | 'DISABLED' | 'EXPIRED' | 'REVOKED';

/** A key as it is kept: never its secret, only what shows which it is. Times are milliseconds since 1970. */
export interface ApiKey {
  readonly id: ApiKeyId;
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
  readonly userId: UserId | null;
  readonly name: string;
  /** The first characters of the newest secret, `mg_live_AbCd`. */
  readonly prefix: string;
  readonly lastFour: string;
  readonly scopes: readonly Scope[];
  readonly allowedModels: readonly string[] | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** Like revoked, but it can be taken back. */
  readonly disabledAt: number | null;
}

/** Thirty days: for so long the older secrets of a key may live on beside a new one. */
export const mostOverlapSeconds = 2_592_000;

/** What of a key can be changed; what is absent stays. */
export type ApiKeyChanges = Partial<Pick<ApiKey, 'name' | 'scopes' | 'allowedModels' | 'expiresAt' | 'disabledAt'>>;

export function apiKeyStatus(key: Pick<ApiKey, 'expiresAt' | 'revokedAt' | 'disabledAt'>, now: number): ApiKeyStatus {
  if (key.revokedAt !== null) return 'REVOKED';
  if (key.expiresAt !== null && key.expiresAt <= now) return 'EXPIRED';
  return key.disabledAt === null ? 'ACTIVE' : 'DISABLED';
}

/** Disabling twice keeps the first time. */
export function changeApiKey(key: ApiKey, changes: ApiKeyChanges): ApiKey {
  const again = key.disabledAt !== null && typeof changes.disabledAt === 'number';
  return { ...key, ...changes, ...(again ? { disabledAt: key.disabledAt } : {}) };
}
