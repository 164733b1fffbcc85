import type { AuditAction } from '../domain/audit.ts';
import type { BudgetPolicy, BudgetScope, BudgetWindow, Meter } from '../domain/budget.ts';
import type { ApiKeyId, OrganizationId, TeamId, UserId } from '../domain/id.ts';
import type { KeyRules } from '../domain/keyRules.ts';
import type { Label, LabelQuery } from '../domain/label.ts';
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

/** An organization, a team or a user. What is absent stays. */
export interface ChangedTenant {
  readonly name?: string;
  readonly disabled?: boolean;
}

export interface NewApiKey {
  readonly teamId: TeamId;
  readonly userId: UserId | null;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly allowedModels: readonly string[] | null;
  /** IP addresses and ranges of them. */
  readonly allowedAddresses: readonly string[] | null;
  readonly labels: readonly Label[];
  readonly directives: KeyRules | null;
  readonly expiresAt: number | null;
}

/** What is absent stays. */
export interface ChangedApiKey extends Partial<Omit<NewApiKey, 'teamId' | 'userId'>> {
  readonly disabled?: boolean;
}

export interface NewBudget {
  /** Null: whose the scope's subject is; where that is nobody's, the caller's own. */
  readonly organizationId: OrganizationId | null;
  readonly scope: BudgetScope;
  readonly meter: Meter;
  readonly window: BudgetWindow;
  readonly timeZone: string;
  /** In the meter's unit. */
  readonly limit: bigint;
  readonly policy: BudgetPolicy;
  readonly shadow: boolean;
}

/** Whose are listed; null: whosever it is. */
export interface OwnerQuery {
  readonly organizationId: OrganizationId | null;
  readonly teamId: TeamId | null;
  readonly userId: UserId | null;
}

export interface ApiKeyQuery extends OwnerQuery {
  readonly label: LabelQuery | null;
}

export interface BudgetQuery extends OwnerQuery {
  readonly apiKeyId: ApiKeyId | null;
  readonly meter: Meter | null;
  /** True: the limits of client tokens, and no others; false: all but those. */
  readonly clientTokens: boolean;
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
