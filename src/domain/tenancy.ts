import type { ApiKeyId, OrganizationId, TeamId, UserId } from './id.ts';
import type { KeyRules } from './keyRules.ts';
import type { Label } from './label.ts';
import type { Scope } from './principal.ts';

/** What can be shut out without being deleted. Null: it is let in. */
export interface Disabling {
  readonly disabledAt: number | null;
}

export interface Organization {
  readonly id: OrganizationId;
  readonly name: string;
  readonly createdAt: number;
  /** From then on nobody of the organization is let in, with whatever credential; null: they are. */
  readonly disabledAt: number | null;
}

export interface Team {
  readonly id: TeamId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly createdAt: number;
  /** From then on nobody is let in with a key of the team, or with a token that places them in it; null: they are. */
  readonly disabledAt: number | null;
}

/** Somebody calls are made for. The id is the organization's own name for the user, and says who it is only there. */
export interface User {
  readonly id: UserId;
  readonly organizationId: OrganizationId;
  readonly name: string;
  readonly createdAt: number;
  /** From then on neither the user's tokens nor its keys are let in; null: they are. */
  readonly disabledAt: number | null;
}

// What of each can be changed; what is absent stays.
export type OrganizationChanges = Partial<Pick<Organization, 'name' | 'disabledAt'>>;
export type TeamChanges = Partial<Pick<Team, 'name' | 'disabledAt'>>;
export type UserChanges = Partial<Pick<User, 'name' | 'disabledAt'>>;

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
  /** IP addresses and ranges of them, `10.0.0.0/8`; null: it may be used from anywhere. */
  readonly allowedAddresses: readonly string[] | null;
  readonly labels: readonly Label[];
  /** Null: its calls are made as it says. */
  readonly directives: KeyRules | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** Like revoked, but it can be taken back. */
  readonly disabledAt: number | null;
}

/** Thirty days: for so long the older secrets of a key may live on beside a new one. */
export const mostOverlapSeconds = 2_592_000;

/** What of a key can be changed; what is absent stays. */
export type ApiKeyChanges = Partial<
  Pick<ApiKey, 'name' | 'scopes' | 'allowedModels' | 'allowedAddresses' | 'labels' | 'directives' | 'expiresAt' | 'disabledAt'>
>;

export function apiKeyStatus(key: Pick<ApiKey, 'expiresAt' | 'revokedAt' | 'disabledAt'>, now: number): ApiKeyStatus {
  if (key.revokedAt !== null) return 'REVOKED';
  if (key.expiresAt !== null && key.expiresAt <= now) return 'EXPIRED';
  return key.disabledAt === null ? 'ACTIVE' : 'DISABLED';
}

/** Disabling twice keeps the first time. */
export function withChanges<Thing extends Disabling>(thing: Thing, changes: Partial<NoInfer<Thing>>): Thing {
  const { disabledAt } = thing;
  return { ...thing, ...changes, ...(disabledAt !== null && typeof changes.disabledAt === 'number' ? { disabledAt } : {}) };
}
