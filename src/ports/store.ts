import type { Budget } from '../domain/budget.ts';
import type { ApiKeyId, BudgetId, CompletionId, OrganizationId, ReplicaId, TeamId } from '../domain/id.ts';
import type { ApiKey, Organization, Team } from '../domain/tenancy.ts';
import type { UsageEvent } from '../domain/usageEvent.ts';
import type { UsageFilter, UsageQuestion, UsageReport } from '../domain/usageReport.ts';

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

export interface TenancyStore {
  organizations(ids: readonly OrganizationId[]): Promise<readonly Organization[]>;
  teams(ids: readonly TeamId[]): Promise<readonly Team[]>;
  /** Both named `default` where there are none yet; the same ones ever after. */
  ensureDefaults(proposed: {
    readonly organization: Organization;
    readonly team: Team;
  }): Promise<{ readonly organization: Organization; readonly team: Team }>;
  createOrganization(organization: Organization): Promise<void>;
  /** Throws NOT_FOUND when there is no such organization. */
  createTeam(team: Team): Promise<void>;
  listTeams(organizationId: OrganizationId, page: PageRequest<TeamId>): Promise<Page<Team>>;
}

export interface ApiKeyStore {
  /** The key one of whose live secrets has this hash; revoked and expired ones too, so that the refusal can say so. */
  findByHash(hash: string): Promise<ApiKey | null>;
  find(ids: readonly ApiKeyId[]): Promise<readonly ApiKey[]>;
  list(organizationId: OrganizationId, page: PageRequest<ApiKeyId>): Promise<Page<ApiKey>>;
  /** Whether there is any key at all: a first start has none. */
  any(): Promise<boolean>;
  /** Throws CONFLICT when a key with this hash exists, NOT_FOUND when there is no such team. */
  create(key: ApiKey, secretHash: string): Promise<void>;
  /** Revoking twice keeps the first time. Null when there is no such key in the organization. */
  revoke(organizationId: OrganizationId, id: ApiKeyId, at: number): Promise<ApiKey | null>;
}

export interface BudgetStore {
  /** Throws NOT_FOUND when the scope names what is not the organization's. */
  create(budget: Budget): Promise<void>;
  find(ids: readonly BudgetId[]): Promise<readonly Budget[]>;
  list(organizationId: OrganizationId, page: PageRequest<BudgetId>): Promise<Page<Budget>>;
  /** All budgets in force of an organization. */
  inForce(organizationId: OrganizationId): Promise<readonly Budget[]>;
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
  /** How much more is asked for; 0 or more. */
  readonly want: bigint;
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
}

export interface QuotaStore {
  /** Books the reports and grants what there is, all in one transaction. Unknown budgets are left out of the answer. */
  sync(replicaId: ReplicaId, reports: readonly LeaseReport[]): Promise<readonly LeaseGrant[]>;
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
  readonly quotas: QuotaStore;
  readonly usage: UsageStore;
  /** Throws STORE_UNAVAILABLE when the database does not answer. */
  ping(): Promise<void>;
}
