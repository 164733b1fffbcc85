import type { AuditAct, AuditAction, AuditEntry } from '../domain/audit.ts';
import type { Budget, BudgetChanges, Meter } from '../domain/budget.ts';
import type { ApiKeyId, AuditEntryId, BudgetId, CompletionId, OrganizationId, ReplicaId, TeamId, UserId } from '../domain/id.ts';
import type { ApiKey, ApiKeyChanges, Organization, Team, User } from '../domain/tenancy.ts';
import type { UsageEvent } from '../domain/usageEvent.ts';
import type { UsageFilter, UsageQuestion, UsageReport } from '../domain/usageReport.ts';
import type { IssuedSecret } from './credential.ts';
import type { IdempotencyStore } from './idempotency.ts';

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
  updateOrganization(id: OrganizationId, changes: Pick<Organization, 'name'>, act: AuditAct): Promise<Organization | null>;
}

export interface TeamStore {
  teams(ids: readonly TeamId[]): Promise<readonly Team[]>;
  listTeams(organizationId: OrganizationId, page: PageRequest<TeamId>): Promise<Page<Team>>;
  /** Throws NOT_FOUND when there is no such organization, CONFLICT when it has a team of this name. */
  createTeam(team: Team, act: AuditAct): Promise<void>;
  /** Null when the organization has no such team. Throws CONFLICT when it has another of this name. */
  updateTeam(target: Owned<TeamId>, changes: Pick<Team, 'name'>, act: AuditAct): Promise<Team | null>;
}

export interface UserStore {
  /** Ordered by id. */
  listUsers(organizationId: OrganizationId, page: PageRequest<UserId>): Promise<Page<User>>;
  /** Throws NOT_FOUND when there is no such organization, CONFLICT when it has a user of this id. */
  createUser(user: User, act: AuditAct): Promise<void>;
  /** Null when the organization has no such user. */
  updateUser(target: Owned<UserId>, changes: Pick<User, 'name'>, act: AuditAct): Promise<User | null>;
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
}

export interface BudgetStore {
  /** Throws NOT_FOUND when the scope names what is not the organization's. */
  create(budget: Budget, act: AuditAct): Promise<void>;
  find(ids: readonly BudgetId[]): Promise<readonly Budget[]>;
  list(filter: BudgetFilter, page: PageRequest<BudgetId>): Promise<Page<Budget>>;
  /** All budgets in force of an organization. */
  inForce(organizationId: OrganizationId): Promise<readonly Budget[]>;
  /** What was used stays used. Null when there is no such budget in the organization. */
  update(target: Owned<BudgetId>, changes: BudgetChanges, act: AuditAct): Promise<Budget | null>;
  /** Answers what was deleted; null when there is no such budget in the organization. */
  delete(target: Owned<BudgetId>, act: AuditAct): Promise<Budget | null>;
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

/** One replica's account with one period of one budget. Totals only grow, so a report that is repeated or lost books nothing twice. */
export interface LeaseReport {
  readonly budgetId: BudgetId;
  readonly periodStart: number;
  readonly periodEnd: number | null;
  readonly spent: bigint;
  /** The part of `spent` that exceeded what was held for it. */
  readonly overrun: bigint;
  readonly returned: bigint;
  /** The total granted as far as the replica knows. What is wanted counts from there, so that a grant whose answer was lost is not given again. */
  readonly granted: bigint;
  /** How much more is asked for; 0 or more. */
  readonly want: bigint;
  /** With less than this no waiting call can go on, so that less is not granted; 0 when none waits. */
  readonly least: bigint;
  /** Asks the others to give back what they do not use, where the limit does not leave all that is wanted. */
  readonly recall: boolean;
}

export interface LeaseGrant {
  readonly budgetId: BudgetId;
  readonly periodStart: number;
  /** Total granted to this replica for this period so far; spent + returned + held may not exceed it. */
  readonly granted: bigint;
  /** The limit in force. */
  readonly limit: bigint;
  /** Spent by all replicas, as far as they have reported. */
  readonly spentByAll: bigint;
  /** Granted to all replicas and neither spent nor returned. */
  readonly leasedByAll: bigint;
  /** Total returned by this replica, as the store has it. */
  readonly returned: bigint;
  /** How many replicas share the window, this one included. */
  readonly replicas: number;
  /** How often somebody lacked what others hold. Grows when what this replica does not use is wanted elsewhere. */
  readonly recalls: bigint;
  /** The highest of the budget's thresholds, in percent, that what was used has newly reached; told once a period, to one replica. */
  readonly crossed: number | null;
}

/** Null: any budget may have been recalled while nobody listened. */
export type RecallListener = (budgetId: BudgetId | null) => void;

export interface QuotaStore {
  /** Books the reports and grants what there is, all in one transaction. Unknown budgets are left out of the answer. */
  sync(replicaId: ReplicaId, reports: readonly LeaseReport[]): Promise<readonly LeaseGrant[]>;
  /** Hears soon of what other replicas recall. A hint: notices get lost, and `LeaseGrant.recalls` tells the same more slowly. */
  onRecall(replicaId: ReplicaId, listener: RecallListener): Disposable;
}

export interface UsageStore {
  report(question: UsageQuestion): Promise<UsageReport>;
  find(organizationId: OrganizationId, ids: readonly CompletionId[]): Promise<readonly UsageEvent[]>;
  list(filter: UsageFilter, page: PageRequest<CompletionId>): Promise<Page<UsageEvent>>;
}

/** What is kept. All times are milliseconds since 1970; ids and times are the gateway's, the store writes what it is given. Fails with STORE_UNAVAILABLE. */
export interface Store extends AsyncDisposable {
  readonly tenancy: TenancyStore;
  readonly apiKeys: ApiKeyStore;
  readonly budgets: BudgetStore;
  readonly audit: AuditStore;
  readonly quotas: QuotaStore;
  readonly usage: UsageStore;
  readonly idempotency: IdempotencyStore;
  /** Throws STORE_UNAVAILABLE when the database does not answer. */
  ping(): Promise<void>;
}
