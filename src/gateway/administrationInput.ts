import type { AuditAction } from '../domain/audit.ts';
import type { BudgetPolicy, BudgetScope, BudgetWindow, Meter } from '../domain/budget.ts';
import type { ApiKeyId, OrganizationId, TeamId, UserId } from '../domain/id.ts';
import type { Scope } from '../domain/principal.ts';

// What is asked of the administration. An `organizationId` of null is the caller's own.

export interface NewTeam {
  readonly organizationId: OrganizationId;
  readonly name: string;
}

export interface NewUser {
  readonly organizationId: OrganizationId | null;
  /** The organization's own name for the user. */
  readonly id: UserId;
  readonly name: string;
}

export interface NewApiKey {
  readonly teamId: TeamId;
  readonly userId: UserId | null;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly allowedModels: readonly string[] | null;
  readonly expiresAt: number | null;
}

/** What is absent stays. */
export interface ChangedApiKey extends Partial<Pick<NewApiKey, 'name' | 'scopes' | 'allowedModels' | 'expiresAt'>> {
  readonly disabled?: boolean;
}

export interface NewBudget {
  readonly scope: BudgetScope;
  readonly meter: Meter;
  readonly window: BudgetWindow;
  readonly timeZone: string;
  /** In the meter's unit. */
  readonly limit: bigint;
  readonly policy: BudgetPolicy;
}

/** Which are listed; null: whatever it is. */
export interface ApiKeyQuery {
  readonly organizationId: OrganizationId | null;
  readonly teamId: TeamId | null;
  readonly userId: UserId | null;
}

export interface BudgetQuery extends ApiKeyQuery {
  readonly apiKeyId: ApiKeyId | null;
  readonly meter: Meter | null;
}

export interface AuditQuery {
  /** Null: the caller's own; of an ADMIN, every one. */
  readonly organizationId: OrganizationId | null;
  readonly actions: readonly AuditAction[] | null;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly from: number | null;
  readonly to: number | null;
}
