import type { AuditEntry } from '../domain/audit.ts';
import type { Budget, BudgetChanges, Quota } from '../domain/budget.ts';
import type { Completion, CompletionEvent, CompletionRequest, CompletionState } from '../domain/completion.ts';
import type { EmbeddingRequest, Embeddings } from '../domain/embedding.ts';
import type {
  ApiKeyId,
  AuditEntryId,
  BudgetId,
  ClientTokenId,
  CompletionId,
  OfferId,
  OrganizationId,
  ProviderId,
  TeamId,
  UserId,
} from '../domain/id.ts';
import type { Model, ModelKind, Offer, Provider } from '../domain/model.ts';
import type { Nanodollars } from '../domain/money.ts';
import type { Principal } from '../domain/principal.ts';
import type { ConsideredOffer } from '../domain/route.ts';
import type { ApiKey, Organization, Team, User } from '../domain/tenancy.ts';
import type { UsageQuestion, UsageReport, UsageSelection } from '../domain/usageReport.ts';
import type { Page, PageRequest } from '../ports/store.ts';
import type {
  ApiKeyQuery,
  AuditQuery,
  BudgetQuery,
  ChangedApiKey,
  ChangedTenant,
  NewApiKey,
  NewBudget,
  NewTeam,
  NewUser,
} from './administrationInput.ts';
import type { AlertService } from './alertService.ts';
import type { AliasService } from './aliasService.ts';
import type { Admission, OperationAdmission } from './callAdmission.ts';
import type { Caller } from './caller.ts';
import type { NewClientToken } from './clientTokenInput.ts';
import type { CostService } from './costService.ts';
import type { EventCursor } from './cursor.ts';
import type { EndListener } from './endWatch.ts';
import type { OfferHealthReport } from './offerHealth.ts';
import type { RequestDefaults } from './requestDefaults.ts';

export type { Caller } from './caller.ts';
export type { RequestDefaults } from './requestDefaults.ts';

/** Turns a credential into who asks. */
export interface Access {
  /**
   * `credential` is what stands behind `Bearer`, `address` the client's; without one, whoever may ask from certain addresses only may not ask.
   * Throws UNAUTHENTICATED, its sentence saying whether it is malformed, unknown, expired, disabled or revoked, and FORBIDDEN for the address.
   */
  authenticate(credential: string, address?: string | null): Promise<Principal>;
  /** A principal found earlier as it is now, for living sockets: its rights may have been changed. Throws UNAUTHENTICATED when its credential has ended, FORBIDDEN for the address. */
  renew(principal: Principal, address?: string | null): Promise<Principal>;
  /** Tells the listener once when the principal's credential ends: revoked, disabled, expired, or replaced by another. */
  onEnd(principal: Principal, listener: EndListener): Disposable;
}

export interface RunningCompletion {
  readonly id: CompletionId;
  /** The whole answer; rejects with the GatewayError that ended it. */
  readonly answer: Promise<Completion>;
  /** Events behind sequence `after`. Closing the last cursor lets the request's `onDisconnect` decide. */
  subscribe(after: number): EventCursor<CompletionEvent>;
}

export interface CompletionService {
  /**
   * Starts a call, or attaches to the one with the same idempotency key. Rejects with what is known before a provider answers:
   * UNKNOWN_MODEL, NO_ROUTE, FORBIDDEN, QUOTA_EXHAUSTED, COST_LIMIT, CONTEXT_TOO_LONG, STORE_UNAVAILABLE, IDEMPOTENCY_CONFLICT, IDEMPOTENCY_REPLAY_UNAVAILABLE …
   * `streamed`: somebody reads along. The admission is the call's from here on.
   */
  start(
    caller: Caller,
    request: CompletionRequest,
    options: { readonly streamed: boolean; readonly admission: OperationAdmission; readonly place: string },
  ): Promise<RunningCompletion>;
  /** Throws NOT_FOUND, FORBIDDEN, STREAM_EXPIRED. */
  resume(caller: Caller, id: CompletionId, after: number): Promise<EventCursor<CompletionEvent>>;
  /** Idempotent: answers the state after it. Throws NOT_FOUND. */
  cancel(
    caller: Caller,
    target: { readonly id: CompletionId } | { readonly idempotencyKey: string },
  ): Promise<{ readonly id: CompletionId; readonly state: CompletionState }>;
  /** Running and lately ended ones with their text, others from the ledger without. Null where the caller may not see it. */
  find(caller: Caller, ids: readonly CompletionId[]): Promise<readonly (Completion | null)[]>;
  list(caller: Caller, filter: UsageSelection, page: PageRequest<CompletionId>): Promise<Page<Completion>>;
}

/** A request and its place in the operation. */
export interface PlacedEmbedding {
  readonly place: string;
  readonly request: EmbeddingRequest;
}

export interface EmbeddingService {
  /** Embeds several requests of one caller; those alike but for their inputs share one provider call. One result or error a request, in order. */
  embed(caller: Caller, asked: readonly PlacedEmbedding[], options: EmbeddingOptions): Promise<readonly (Embeddings | Error)[]>;
}

export interface EmbeddingOptions {
  readonly admission: OperationAdmission;
  /** Aborted when the caller has gone: what it has not been asked of a provider is not asked, and what nobody shares is ended. */
  readonly signal: AbortSignal;
}

export interface Estimate {
  /** Null: a price is unknown. */
  readonly least: Nanodollars | null;
  readonly most: Nanodollars | null;
  /** The offer that would be tried first; null when none can serve. */
  readonly offer: Offer | null;
  readonly inputTokens: number;
  readonly maxOutputTokens: number | null;
  readonly considered: readonly ConsideredOffer[];
  readonly headroom: readonly Quota[];
}

export interface EstimateService {
  /** Throws UNKNOWN_MODEL. Calls no provider and holds nothing. */
  estimate(caller: Caller, request: CompletionRequest): Promise<Estimate>;
}

export type ModelOrder = 'SLUG_ASC' | 'SLUG_DESC' | 'INPUT_PRICE_ASC' | 'OUTPUT_PRICE_ASC';

export interface ModelFilter {
  readonly kind: ModelKind | null;
  readonly provider: ProviderId | null;
  readonly search: string | null;
  readonly simulated: boolean | null;
}

export interface ModelService {
  /** The models a caller may ask for. `after` is the last slug of the page before. */
  list(
    caller: Caller,
    query: { readonly filter: ModelFilter; readonly orderBy: ModelOrder; readonly first: number; readonly after: string | null },
  ): Page<Model>;
  /** By slug or alias; null when there is none the caller may ask for. */
  find(caller: Caller, name: string): Model | null;
  /** How it has served of late, in this process. */
  health(offer: OfferId): OfferHealthReport;
  providers(): readonly Provider[];
  provider(id: ProviderId): Provider | null;
}

export interface UsageService {
  /** Counts what the caller may see: with USAGE_READ what is its own, with USAGE_READ_ALL its organization. Ended calls of this replica are in it. */
  report(caller: Caller, question: Omit<UsageQuestion, 'filter'> & { readonly filter: UsageSelection }): Promise<UsageReport>;
}

export interface QuotaService {
  /** Every budget that covers the caller's key, whatever the model and tags. */
  quotas(caller: Caller): Promise<readonly Quota[]>;
  /** The same, first as they are and then as they change, each no oftener than every quarter second. Closing the cursor ends it. */
  watch(caller: Caller): Promise<EventCursor<Quota>>;
}

// The administration. Everything is the caller's organization's, but for an ADMIN. Throws INVALID_REQUEST, FORBIDDEN, NOT_FOUND, CONFLICT.
// What is found by id comes in the order asked, null for what the caller may not see: for DataLoader.

export interface OrganizationAdministration {
  createOrganization(caller: Caller, name: string): Promise<Organization>;
  updateOrganization(caller: Caller, id: OrganizationId, changes: ChangedTenant): Promise<Organization>;
  organizations(caller: Caller, page: PageRequest<OrganizationId>): Promise<Page<Organization>>;
  findOrganizations(caller: Caller, ids: readonly OrganizationId[]): Promise<readonly (Organization | null)[]>;
}

export interface TeamAdministration {
  createTeam(caller: Caller, input: NewTeam): Promise<Team>;
  updateTeam(caller: Caller, id: TeamId, changes: ChangedTenant): Promise<Team>;
  teams(caller: Caller, organizationId: OrganizationId | null, page: PageRequest<TeamId>): Promise<Page<Team>>;
  findTeams(caller: Caller, ids: readonly TeamId[]): Promise<readonly (Team | null)[]>;
}

export interface UserAdministration {
  createUser(caller: Caller, input: NewUser): Promise<User>;
  updateUser(caller: Caller, target: Pick<NewUser, 'organizationId' | 'id'>, changes: ChangedTenant): Promise<User>;
  users(caller: Caller, organizationId: OrganizationId | null, page: PageRequest<UserId>): Promise<Page<User>>;
}

/** A secret that is told this once, and its key. */
export interface IssuedApiKey {
  readonly secret: string;
  readonly apiKey: ApiKey;
}

export interface ApiKeyAdministration {
  createApiKey(caller: Caller, input: NewApiKey): Promise<IssuedApiKey>;
  updateApiKey(caller: Caller, id: ApiKeyId, changes: ChangedApiKey): Promise<ApiKey>;
  /** A new secret; the older ones end after `overlapSeconds`, 0 to 30 days. */
  rotateApiKey(caller: Caller, id: ApiKeyId, overlapSeconds: number): Promise<IssuedApiKey>;
  revokeApiKey(caller: Caller, id: ApiKeyId): Promise<ApiKey>;
  apiKeys(caller: Caller, query: ApiKeyQuery, page: PageRequest<ApiKeyId>): Promise<Page<ApiKey>>;
  findApiKeys(caller: Caller, ids: readonly ApiKeyId[]): Promise<readonly (ApiKey | null)[]>;
}

export interface BudgetAdministration {
  createBudget(caller: Caller, input: NewBudget): Promise<Budget>;
  /** What was used stays used. */
  updateBudget(caller: Caller, id: BudgetId, changes: BudgetChanges): Promise<Budget>;
  deleteBudget(caller: Caller, id: BudgetId): Promise<BudgetId>;
  budgets(caller: Caller, query: BudgetQuery, page: PageRequest<BudgetId>): Promise<Page<Budget>>;
  findBudgets(caller: Caller, ids: readonly BudgetId[]): Promise<readonly (Budget | null)[]>;
  /** The state of budgets, for their `used` and `held`. */
  quotasOf(caller: Caller, budgets: readonly Budget[]): Promise<readonly Quota[]>;
}

export interface AuditLog {
  /** What was administered, newest first. */
  auditLog(caller: Caller, query: AuditQuery, page: PageRequest<AuditEntryId>): Promise<Page<AuditEntry>>;
}

export interface Administration
  extends OrganizationAdministration,
    TeamAdministration,
    UserAdministration,
    ApiKeyAdministration,
    BudgetAdministration,
    AuditLog {}

/** A token that is told this once. */
export interface IssuedClientToken {
  readonly token: string;
  readonly id: ClientTokenId;
  readonly expiresAt: number;
}

export interface ClientTokenService {
  /** A short-lived token under the caller's key. Throws FORBIDDEN, INVALID_REQUEST, STORE_UNAVAILABLE. */
  createClientToken(caller: Caller, input: NewClientToken): Promise<IssuedClientToken>;
}

/** The house's work, as the graph sees it. */
export interface Gateway {
  readonly access: Access;
  readonly clientTokens: ClientTokenService;
  readonly admission: Admission;
  readonly completions: CompletionService;
  readonly embeddings: EmbeddingService;
  readonly estimates: EstimateService;
  readonly models: ModelService;
  readonly aliases: AliasService;
  readonly usage: UsageService;
  readonly costs: CostService;
  readonly quotas: QuotaService;
  readonly alerts: AlertService;
  readonly administration: Administration;
  readonly defaults: RequestDefaults;
}
