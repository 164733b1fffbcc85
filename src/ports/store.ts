import type { Alert } from '../domain/alert.ts';
import type { AliasPublication, AliasVersion, OwnedAlias } from '../domain/alias.ts';
import type { AuditAct, AuditAction, AuditEntry, AuditSubjectType } from '../domain/audit.ts';
import type { Budget, BudgetChanges, Meter } from '../domain/budget.ts';
import type { AlertId, ApiKeyId, AuditEntryId, BudgetId, CompletionId, OrganizationId, TeamId, UserId } from '../domain/id.ts';
import type { LabelQuery } from '../domain/label.ts';
import type { ApiKey, ApiKeyChanges, Organization, OrganizationChanges, Team, TeamChanges, User, UserChanges } from '../domain/tenancy.ts';
import type { UsageEvent } from '../domain/usageEvent.ts';
import type { UsageFilter, UsageQuestion, UsageReport } from '../domain/usageReport.ts';
import type { AlertDeliveryStore, AlertFilter } from './alert.ts';
import type { CostStore } from './cost.ts';
import type { IssuedSecret } from './credential.ts';
import type { IdempotencyStore } from './idempotency.ts';
import type { QuotaStore } from './quota.ts';

/** A page of what is ordered by id, newest first. `after` is the last id of the page before. */
export interface PageRequest<Id extends string> {
  readonly first: number;
  readonly after: Id | null;
}

/** `hasMore`: there are further items behind the last one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

/** What is an organization's, by its id there. */
export interface Owned<Id extends string> {
  readonly organizationId: OrganizationId;
  readonly id: Id;
}

// Whatever changes something takes the act: it is written into the audit log in the same transaction as the change, or neither is.

export interface OrganizationStore {
  organizations(ids: readonly OrganizationId[]): Promise<readonly Organization[]>;
  listOrganizations(page: PageRequest<OrganizationId>): Promise<Page<Organization>>;
  /** Throws CONFLICT when there is one of this name. */
  createOrganization(organization: Organization, act: AuditAct): Promise<void>;
  /** Null when there is no such organization. Throws CONFLICT when there is another of this name. */
  updateOrganization(id: OrganizationId, changes: OrganizationChanges, act: AuditAct): Promise<Organization | null>;
}

export interface TeamStore {
  teams(ids: readonly TeamId[]): Promise<readonly Team[]>;
  listTeams(organizationId: OrganizationId, page: PageRequest<TeamId>): Promise<Page<Team>>;
  /** Throws NOT_FOUND when there is no such organization, CONFLICT when it has a team of this name. */
  createTeam(team: Team, act: AuditAct): Promise<void>;
  /** Null when the organization has no such team. Throws CONFLICT when it has another of this name. */
  updateTeam(target: Owned<TeamId>, changes: TeamChanges, act: AuditAct): Promise<Team | null>;
}

/** Where somebody says to belong: organization and team each by its id or its name. */
export interface AskedPlace {
  readonly organization: string;
  readonly team: string;
  readonly userId: UserId;
}

/** `user` is null when the organization does not know it yet. */
export interface UserPlace {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
  /** Since when the organization or the team is disabled; null: neither is. */
  readonly disabledAt: number | null;
  readonly user: User | null;
}

export interface UserStore {
  /** Ordered by id. */
  listUsers(organizationId: OrganizationId, page: PageRequest<UserId>): Promise<Page<User>>;
  /** Throws NOT_FOUND when there is no such organization, CONFLICT when it has a user of this id. */
  createUser(user: User, act: AuditAct): Promise<void>;
  /** Null when the organization has no such user. */
  updateUser(target: Owned<UserId>, changes: UserChanges, act: AuditAct): Promise<User | null>;
  /** One round trip. Null when there is no such organization, or it has no such team; what has one's id goes before what has its name. */
  findPlace(asked: AskedPlace): Promise<UserPlace | null>;
}

export interface Defaults {
  readonly organization: Organization;
  readonly team: Team;
}

export interface TenancyStore extends OrganizationStore, TeamStore, UserStore {
  /** Both named `default` where there are none yet; the same ones ever after. Only what is made is an act. */
  ensureDefaults(proposed: Defaults, acts: { readonly organization: AuditAct; readonly team: AuditAct }): Promise<Defaults>;
}

/** Null: whatever it is. */
export interface ApiKeyFilter {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId | null;
  readonly userId: UserId | null;
  readonly label: LabelQuery | null;
}

/** A key's next secret, and when the older ones end, if they do not end sooner. */
export interface ApiKeyRotation extends Omit<IssuedSecret, 'secret'> {
  readonly olderEndAt: number;
}

export interface ApiKeyStore {
  /**
   * The key one of whose secrets has this hash and is live at this moment; `expiresAt` is the earlier of the key's end and that secret's.
   * Revoked, disabled and expired keys too, so that the refusal can say so.
   */
  findByHash(hash: string, at: number): Promise<ApiKey | null>;
  find(ids: readonly ApiKeyId[]): Promise<readonly ApiKey[]>;
  list(filter: ApiKeyFilter, page: PageRequest<ApiKeyId>): Promise<Page<ApiKey>>;
  /** Whether there is any key at all: a first start has none. */
  any(): Promise<boolean>;
  /** Throws CONFLICT when a key with this hash exists, NOT_FOUND when there is no such team. */
  create(key: ApiKey, secretHash: string, act: AuditAct): Promise<void>;
  /** Null when there is no such key in the organization. */
  update(target: Owned<ApiKeyId>, changes: ApiKeyChanges, act: AuditAct): Promise<ApiKey | null>;
  /** Adds a secret that was made at the time of the act. Null when there is no such key in the organization. */
  rotate(target: Owned<ApiKeyId>, rotation: ApiKeyRotation, act: AuditAct): Promise<ApiKey | null>;
  /** Revoked at the time of the act; revoking twice keeps the first time. Null when there is no such key in the organization. */
  revoke(target: Owned<ApiKeyId>, act: AuditAct): Promise<ApiKey | null>;
}

/** Null: whatever it is. */
export interface BudgetFilter {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId | null;
  readonly userId: UserId | null;
  readonly apiKeyId: ApiKeyId | null;
  readonly meter: Meter | null;
  /** True: the limits of client tokens, and no others; false: all but those. */
  readonly clientTokens: boolean;
}

export interface BudgetStore {
  /** Throws NOT_FOUND when the scope names what is not the organization's. */
  create(budget: Budget, act: AuditAct): Promise<void>;
  find(ids: readonly BudgetId[]): Promise<readonly Budget[]>;
  list(filter: BudgetFilter, page: PageRequest<BudgetId>): Promise<Page<Budget>>;
  /** All budgets in force of an organization, but for the limits of client tokens: those come with their tokens. */
  inForce(organizationId: OrganizationId): Promise<readonly Budget[]>;
  /** What was used stays used. Null when there is no such budget in the organization. */
  update(target: Owned<BudgetId>, changes: BudgetChanges, act: AuditAct): Promise<Budget | null>;
  /** Answers what was deleted; null when there is no such budget in the organization. */
  delete(target: Owned<BudgetId>, act: AuditAct): Promise<Budget | null>;
}

/** What is kept of client tokens: their limits, for as long as calls made with them may run. No administrator acts on them, so that no act is written down. */
export interface ClientTokenStore {
  /** All of them or none. */
  keepLimits(limits: readonly Budget[]): Promise<void>;
  /** Removes limits that were over before this moment, with all that was counted by them; some each time. Answers how many. */
  sweepLimits(before: number): Promise<number>;
}

/** The newest are first; `after` is the last version of the page before. */
export interface VersionPage {
  readonly first: number;
  readonly after: number | null;
}

export interface AliasStore {
  /** The aliases in force, of one organization or of all of them. */
  inForce(organizationId: OrganizationId | null): Promise<readonly AliasVersion[]>;
  history(target: OwnedAlias, page: VersionPage): Promise<Page<AliasVersion>>;
  /** Null when there is no such version. */
  find(target: OwnedAlias, version: number): Promise<AliasVersion | null>;
  /** Made at the time of the act, in the place of what was in force. Throws NOT_FOUND when there is no such organization. */
  publish(publication: AliasPublication, act: AuditAct): Promise<AliasVersion>;
  /** Its history stays. Answers what was in force; null when nothing was. */
  delete(target: OwnedAlias, act: AuditAct): Promise<AliasVersion | null>;
}

/** Null: whatever it is. `from` is in the range, `to` is not. */
export interface AuditFilter {
  readonly organizationId: OrganizationId | null;
  readonly actions: readonly AuditAction[] | null;
  readonly actorId: string | null;
  readonly subjectId: string | null;
  readonly from: number | null;
  readonly to: number | null;
}

export interface AuditStore {
  list(filter: AuditFilter, page: PageRequest<AuditEntryId>): Promise<Page<AuditEntry>>;
}

/** The database raises alerts where it books what was used, in the same transaction, so that none is lost. */
export interface AlertStore extends AlertDeliveryStore {
  list(filter: AlertFilter, page: PageRequest<AlertId>): Promise<Page<Alert>>;
  /** The id of the newest one; null: there is none. */
  newest(): Promise<AlertId | null>;
  /** Those with a greater id, in the order of their ids, which is that of their times; not of their commits. */
  behind(id: AlertId, most: number): Promise<readonly Alert[]>;
}

export interface UsageStore {
  report(question: UsageQuestion): Promise<UsageReport>;
  find(organizationId: OrganizationId, ids: readonly CompletionId[]): Promise<readonly UsageEvent[]>;
  list(filter: UsageFilter, page: PageRequest<CompletionId>): Promise<Page<UsageEvent>>;
}

/** Something that is administered was made, changed or ended, by whichever process; for a key, one of its secrets may have been. */
export interface StoreChange {
  readonly type: AuditSubjectType;
  readonly organizationId: OrganizationId;
  readonly id: string;
}

/** Null: anything may have been changed while nobody listened. */
export type ChangeListener = (change: StoreChange | null) => void;

/** What is kept. All times are milliseconds since 1970; ids and times are the gateway's, the store writes what it is given. Fails with STORE_UNAVAILABLE. */
export interface Store extends AsyncDisposable {
  readonly tenancy: TenancyStore;
  readonly apiKeys: ApiKeyStore;
  readonly budgets: BudgetStore;
  readonly clientTokens: ClientTokenStore;
  readonly aliases: AliasStore;
  readonly audit: AuditStore;
  readonly quotas: QuotaStore;
  readonly alerts: AlertStore;
  readonly usage: UsageStore;
  readonly costs: CostStore;
  readonly idempotency: IdempotencyStore;
  /** Hears of every change soon after it is committed, its own ones too; where notices get lost, of null within 10 seconds. A store that nobody shares hears nothing. */
  onChange(listener: ChangeListener): Disposable;
  /** Throws STORE_UNAVAILABLE when the database does not answer. */
  ping(): Promise<void>;
}
