import type { JsonValue } from '../../domain/json.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Alternative as DomainAlternative, Completion as DomainCompletion, CompletionError as DomainCompletionError, CompletionEvent as DomainCompletionEvent, Timing as DomainTiming } from '../../domain/completion.ts';
import type { Alert as DomainAlert, AlertDelivery as DomainAlertDelivery } from '../../domain/alert.ts';
import type { AliasInForce as DomainAlias, AliasVersion as DomainAliasVersion } from '../../domain/alias.ts';
import type { ApiKey as DomainApiKey, Organization as DomainOrganization, Team as DomainTeam, User as DomainUser } from '../../domain/tenancy.ts';
import type { Attempt as DomainAttempt } from '../../domain/attempt.ts';
import type { AuditActor as DomainAuditActor, AuditEntry as DomainAuditEntry } from '../../domain/audit.ts';
import type { Budget as DomainBudget, Quota as DomainQuota } from '../../domain/budget.ts';
import type { CompletionFailure as GraphCompletionFailure, EncodedEmbeddings, GraphMessage, GraphMessagePart } from '../result.ts';
import type { ConsideredOffer as DomainConsideredOffer } from '../../domain/route.ts';
import type { Cost as DomainCost } from '../../domain/price.ts';
import type { Estimate as GatewayEstimate } from '../../gateway/gateway.ts';
import type { KeyRules as DomainKeyRules, RouteRules as DomainRouteRules } from '../../domain/keyRules.ts';
import type { Model as DomainModel, Offer as DomainOffer, Provider as DomainProvider } from '../../domain/model.ts';
import type { OfferHealthReport } from '../../gateway/offerHealth.ts';
import type { Principal as DomainPrincipal } from '../../domain/principal.ts';
import type { ReconciliationRow as DomainReconciliationRow } from '../../domain/reconciliation.ts';
import type { RepricedRow as DomainRepricedRow, RepricedSum as DomainRepricedSum } from '../../domain/repricing.ts';
import type { UsageRow as DomainUsageRow, UsagePoint as DomainUsagePoint, UsageReport as DomainUsageReport, UsageTotals as DomainUsageTotals } from '../../domain/usageReport.ts';
import type { GraphContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An exact decimal in a string: US dollars where the meter is SPEND, else a whole count. */
  Amount: { input: string; output: string; }
  /** A whole number from 0 up to 2^53-1 (9,007,199,254,740,991). As an input a string of digits is understood too. */
  Count: { input: number; output: number; }
  /** A day of the calendar, `2026-01-31`, from the year 2000 on. */
  Date: { input: string; output: string; }
  /** A moment as RFC 3339 has it, for instance `2026-01-31T12:00:00.000Z`. An offset is understood; answers are in UTC with milliseconds. */
  DateTime: { input: number; output: number; }
  /** Any value as JSON has it. */
  JSON: { input: JsonValue; output: JsonValue; }
  /** A model's slug, `vendor/name[:variant]`, or an alias, a name without `/`. */
  ModelId: { input: string; output: string; }
  /** US dollars as an exact decimal in a string, for instance `"0.0000125"`; never a floating-point number. As an input a number is understood too. */
  Usd: { input: string; output: bigint | string; }
  /** The numbers of an embedding: a list of floating-point numbers, or, where base64 was asked for, the base64 of its 32-bit little-endian floats. */
  Vector: { input: Float32Array | string; output: Float32Array | string; }
};

/** What an operator is told, once: a budget's threshold or overrun is told once a period, over all replicas. */
export type Alert = {
  readonly __typename?: 'Alert';
  /** When it was raised. */
  readonly at: Scalars['DateTime']['output'];
  /** The budget it is about; null: none, or it was deleted since. */
  readonly budget?: Maybe<Budget>;
  /** How it fares on its way to each webhook; empty where none wants it. */
  readonly deliveries?: Maybe<ReadonlyArray<AlertDelivery>>;
  /** The id of the alert. */
  readonly id: Scalars['ID']['output'];
  /** What it tells. */
  readonly kind: AlertKind;
  /** The limit when it was raised; null: it is about no budget. */
  readonly limit?: Maybe<Scalars['Amount']['output']>;
  /** What the budget counts; null: it is about no budget. */
  readonly meter?: Maybe<Meter>;
  /** The organization it is about; null: the gateway as a whole. */
  readonly organizationId?: Maybe<Scalars['ID']['output']>;
  /** The threshold that was reached, in percent of the limit; null: it is about none. */
  readonly percent?: Maybe<Scalars['Int']['output']>;
  /** When the budget begins anew; null: never. */
  readonly resetsAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the budget's period began; null: it is about no budget, or one that never begins anew. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What was used in the period when it was raised; null: it is about no budget. */
  readonly used?: Maybe<Scalars['Amount']['output']>;
};

/** Alerts, newest first. */
export type AlertConnection = {
  readonly __typename?: 'AlertConnection';
  /** The alerts of this page, each with its cursor. */
  readonly edges: ReadonlyArray<AlertEdge>;
  /** The alerts of this page. */
  readonly nodes: ReadonlyArray<Alert>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** An alert on its way to a webhook. */
export type AlertDelivery = {
  readonly __typename?: 'AlertDelivery';
  /** How often it was sent. */
  readonly attempts: Scalars['Int']['output'];
  /** The host of the webhook's address; nothing else of it is told. */
  readonly host: Scalars['String']['output'];
  /** When it is sent again; null: not any more. */
  readonly nextAt?: Maybe<Scalars['DateTime']['output']>;
  /** How it fares. */
  readonly state: AlertDeliveryState;
  /** The HTTP status of the last answer; null: there was none. */
  readonly status?: Maybe<Scalars['Int']['output']>;
  /** The webhook's name in the configuration. */
  readonly webhook: Scalars['String']['output'];
};

/** How an alert fares on its way to a webhook. */
export type AlertDeliveryState =
  /** The webhook has taken it. */
  | 'DELIVERED'
  /** It was given up: too many tries, more than a day, or the webhook answered 410. */
  | 'FAILED'
  /** It is to be sent, or sent again. */
  | 'PENDING';

/** An alert and its place. */
export type AlertEdge = {
  readonly __typename?: 'AlertEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The alert. */
  readonly node: Alert;
};

/** Which alerts. */
export type AlertFilter = {
  /** Only those about this budget. */
  readonly budgetId?: InputMaybe<Scalars['ID']['input']>;
  /** Only these kinds, at most 100. */
  readonly kinds?: InputMaybe<ReadonlyArray<AlertKind>>;
  /** Of which organization. Default: the caller's own; for ADMIN, every one. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
};

/** What an alert tells. More kinds may come. */
export type AlertKind =
  /** A call drew more from a budget than was held for it, because its provider did not keep to what it was asked for. */
  | 'BUDGET_OVERRUN'
  /** What was used of a budget has reached 50, 80 or 100 percent of its limit; of several at once the highest is told. */
  | 'BUDGET_THRESHOLD';

/** A stable name, without `/`, over models that share its calls. What is published takes effect for the next call, on every replica within moments; calls under way finish on what they began with. */
export type Alias = {
  readonly __typename?: 'Alias';
  /** True: nobody is served by it, and calls of it are UNKNOWN_MODEL. */
  readonly disabled: Scalars['Boolean']['output'];
  /** Everything that was ever published under the name, newest first. Needs the scope MODELS_MANAGE; null only together with an error. */
  readonly history?: Maybe<AliasVersionConnection>;
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** What is asked for: `model` of a call takes it. */
  readonly name: Scalars['String']['output'];
  /** When that was published; null: it comes from the configuration. */
  readonly publishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who says what it stands for. */
  readonly source: AliasSource;
  /** Who is always given the same one. */
  readonly sticky: AliasStickiness;
  /** The models that share its calls, by slug. */
  readonly targets: ReadonlyArray<AliasTarget>;
  /** The publication that is in force; null: it comes from the configuration. */
  readonly version?: Maybe<Scalars['Int']['output']>;
};


/** A stable name, without `/`, over models that share its calls. What is published takes effect for the next call, on every replica within moments; calls under way finish on what they began with. */
export type AliasHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Aliases, by name. */
export type AliasConnection = {
  readonly __typename?: 'AliasConnection';
  /** The aliases of this page, each with its cursor. */
  readonly edges: ReadonlyArray<AliasEdge>;
  /** The aliases of this page. */
  readonly nodes: ReadonlyArray<Alias>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** An alias and its place. */
export type AliasEdge = {
  readonly __typename?: 'AliasEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The alias. */
  readonly node: Alias;
};

/** Who says what an alias stands for. */
export type AliasSource =
  /** The operator's configuration: it holds for every organization that has published nothing under the name, and can be changed there only. */
  | 'CONFIG'
  /** A publication of the organization's. */
  | 'ORGANIZATION';

/** Who is always given the same model while the weights stand. Where weights are shifted, only as many move as the shift is large. */
export type AliasStickiness =
  /** The key of a call, or the user of a token. */
  | 'KEY'
  /** Nobody: each call is drawn by itself. */
  | 'NONE'
  /** The user of a call: its `endUser`, else the user of the key or token. A call without either is drawn by itself. */
  | 'USER';

/** A model that serves an alias. */
export type AliasTarget = {
  readonly __typename?: 'AliasTarget';
  /** The model, by its slug. */
  readonly model: Scalars['ModelId']['output'];
  /** Its share of the calls, against the other weights. */
  readonly weight: Scalars['Int']['output'];
};

/** A model that is to serve an alias. */
export type AliasTargetInput = {
  /** The model, by its slug: not another alias. */
  readonly model: Scalars['ModelId']['input'];
  /** Its share of the calls, against the other weights, 1 to 1,000,000. */
  readonly weight?: InputMaybe<Scalars['Int']['input']>;
};

/** A publication. It is never changed or deleted. */
export type AliasVersion = {
  readonly __typename?: 'AliasVersion';
  /** True: nobody is served by it. */
  readonly disabled: Scalars['Boolean']['output'];
  /** Why it was published; null: nobody said. */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** When it was published. */
  readonly publishedAt: Scalars['DateTime']['output'];
  /** Who published it. */
  readonly publishedBy: AuditActor;
  /** The version that it brought back; null: it was new. */
  readonly restores?: Maybe<Scalars['Int']['output']>;
  /** Who is always given the same one. */
  readonly sticky: AliasStickiness;
  /** When the next one took its place, or the alias was deleted; null: it is in force. */
  readonly supersededAt?: Maybe<Scalars['DateTime']['output']>;
  /** The models that share the calls, by slug. */
  readonly targets: ReadonlyArray<AliasTarget>;
  /** Its number, from 1, one higher than the last of the name. */
  readonly version: Scalars['Int']['output'];
};

/** Publications, newest first. */
export type AliasVersionConnection = {
  readonly __typename?: 'AliasVersionConnection';
  /** The publications of this page, each with its cursor. */
  readonly edges: ReadonlyArray<AliasVersionEdge>;
  /** The publications of this page. */
  readonly nodes: ReadonlyArray<AliasVersion>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A publication and its place. */
export type AliasVersionEdge = {
  readonly __typename?: 'AliasVersionEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The publication. */
  readonly node: AliasVersion;
};

/** A further answer to the same prompt. */
export type Alternative = {
  readonly __typename?: 'Alternative';
  /** Why the model stopped; null where the call ended before. */
  readonly finishReason?: Maybe<FinishReason>;
  /** The answer as a message. */
  readonly message: Message;
  /** The provider's own word for it. */
  readonly providerFinishReason?: Maybe<Scalars['String']['output']>;
  /** Its text. */
  readonly text: Scalars['String']['output'];
  /** The calls of tools that the model made in it. */
  readonly toolCalls: ReadonlyArray<ToolCall>;
};

/** A key as it is kept: never its secret, only what shows which it is. */
export type ApiKey = Node & {
  readonly __typename?: 'ApiKey';
  /** The IP addresses and ranges it may be used from; null: all. */
  readonly allowedAddresses?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The models it may ask for; null: all. */
  readonly allowedModels?: Maybe<ReadonlyArray<Scalars['ModelId']['output']>>;
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** How its calls may be made; null: as they say. */
  readonly directives?: Maybe<KeyDirectives>;
  /** When it was switched off; null: it is not. */
  readonly disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** When its time is over; null: never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** What it is filed by. */
  readonly labels: ReadonlyArray<KeyLabel>;
  /** The last four characters of its newest secret. */
  readonly lastFour: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** The first characters of its newest secret. */
  readonly prefix: Scalars['String']['output'];
  /** When it was revoked; null: it was not. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it may do. */
  readonly scopes: ReadonlyArray<Scope>;
  /** Whether it works. */
  readonly status: ApiKeyStatus;
  /** The team it belongs to. */
  readonly team: Team;
  /** The user it speaks for; null: none. */
  readonly userId?: Maybe<Scalars['ID']['output']>;
};

/** Keys, newest first. */
export type ApiKeyConnection = {
  readonly __typename?: 'ApiKeyConnection';
  /** The keys of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ApiKeyEdge>;
  /** The keys of this page. */
  readonly nodes: ReadonlyArray<ApiKey>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A key and its place. */
export type ApiKeyEdge = {
  readonly __typename?: 'ApiKeyEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The key. */
  readonly node: ApiKey;
};

/** Which keys. */
export type ApiKeyFilter = {
  /** Those that have the label. */
  readonly label?: InputMaybe<KeyLabelFilter>;
  /** Of which organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
  /** Those of the team. */
  readonly teamId?: InputMaybe<Scalars['ID']['input']>;
  /** Those that speak for the user. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** Whether a key works. */
export type ApiKeyStatus =
  /** It works. */
  | 'ACTIVE'
  /** It is switched off, and can be switched on again. */
  | 'DISABLED'
  /** Its time is over. */
  | 'EXPIRED'
  /** It was revoked. */
  | 'REVOKED';

/** One try of one offer. */
export type Attempt = {
  readonly __typename?: 'Attempt';
  /** What it cost; null where nothing is billed or a price is unknown. */
  readonly cost?: Maybe<Cost>;
  /** Milliseconds from there to the end. */
  readonly durationMs: Scalars['Int']['output'];
  /** What went wrong; null where nothing did. */
  readonly errorCode?: Maybe<ErrorCode>;
  /** Milliseconds from there to the first token; null where there was none. */
  readonly firstTokenMs?: Maybe<Scalars['Int']['output']>;
  /** The slug of the model. */
  readonly model: Scalars['ModelId']['output'];
  /** The slug of the offer. */
  readonly offer: Scalars['String']['output'];
  /** How it ended. */
  readonly outcome: AttemptOutcome;
  /** The slug of the provider. */
  readonly provider: Scalars['String']['output'];
  /** The provider's own id for it, for a question to its support. */
  readonly providerRequestId?: Maybe<Scalars['String']['output']>;
  /** When it began. */
  readonly startedAt: Scalars['DateTime']['output'];
  /** Its tokens; null where it used nothing that is billed. */
  readonly usage?: Maybe<TokenUsage>;
};

/** How an attempt ended. */
export type AttemptOutcome =
  /** Ended by the caller. */
  | 'CANCELLED'
  /** Ended by an error. */
  | 'FAILED'
  /** Answered. */
  | 'SUCCEEDED'
  /** The process that made it is gone. */
  | 'UNKNOWN';

/** A sound. */
export type Audio = {
  readonly __typename?: 'Audio';
  /** Its bytes in base64; null where `url` is set. */
  readonly data?: Maybe<Scalars['String']['output']>;
  /** For instance `wav` or `mp3`. */
  readonly format?: Maybe<Scalars['String']['output']>;
  /** For instance `audio/wav`. */
  readonly mediaType?: Maybe<Scalars['String']['output']>;
  /** Its address; null where `data` is set. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** A sound: exactly one of `url` and `data`. */
export type AudioInput = {
  /** Its bytes in base64. */
  readonly data?: InputMaybe<Scalars['String']['input']>;
  /** For instance `wav` or `mp3`. */
  readonly format?: InputMaybe<Scalars['String']['input']>;
  /** For instance `audio/wav`; with `data`, this or `format` is needed. */
  readonly mediaType?: InputMaybe<Scalars['String']['input']>;
  /** Its address (`https:`, passed on and not fetched by the gateway), or a `data:` address. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** How a spoken answer is spoken. */
export type AudioOutputInput = {
  /** The format, for instance `wav`, `mp3` or `pcm16`. */
  readonly format?: InputMaybe<Scalars['String']['input']>;
  /** The voice, as the provider names it. */
  readonly voice?: InputMaybe<Scalars['String']['input']>;
};

/** A sound. */
export type AudioPart = {
  readonly __typename?: 'AudioPart';
  /** The sound. */
  readonly audio: Audio;
};

/** What was done: the mutation, in capitals. */
export type AuditAction =
  /** A key was made. */
  | 'CREATE_API_KEY'
  /** A limit was made. */
  | 'CREATE_BUDGET'
  /** An organization was made. */
  | 'CREATE_ORGANIZATION'
  /** A team was made. */
  | 'CREATE_TEAM'
  /** A user was made. */
  | 'CREATE_USER'
  /** An alias was deleted. */
  | 'DELETE_ALIAS'
  /** A limit was deleted. */
  | 'DELETE_BUDGET'
  /** What a provider has billed was imported. */
  | 'IMPORT_PROVIDER_COSTS'
  /** What an alias stands for was published. */
  | 'PUBLISH_ALIAS'
  /** A key was revoked. */
  | 'REVOKE_API_KEY'
  /** An earlier version of an alias was brought back. */
  | 'ROLL_BACK_ALIAS'
  /** A key got a new secret. */
  | 'ROTATE_API_KEY'
  /** A key was changed. */
  | 'UPDATE_API_KEY'
  /** A limit was changed. */
  | 'UPDATE_BUDGET'
  /** An organization was changed. */
  | 'UPDATE_ORGANIZATION'
  /** A team was changed. */
  | 'UPDATE_TEAM'
  /** A user was changed. */
  | 'UPDATE_USER';

/** Who did it. */
export type AuditActor = {
  readonly __typename?: 'AuditActor';
  /** The id of the key, of the user or of the client token; `system` for the gateway itself, `command line` for its command. */
  readonly id: Scalars['ID']['output'];
  /** What it is. */
  readonly kind: AuditActorKind;
  /** The name at the time. */
  readonly name: Scalars['String']['output'];
};

/** Who does what is administered. */
export type AuditActorKind =
  /** An API key. */
  | 'API_KEY'
  /** A short-lived token that acts under an API key. */
  | 'CLIENT_TOKEN'
  /** The gateway itself: at its first start, or for a user whose token it sees for the first time. */
  | 'SYSTEM'
  /** A user, by a token of the operator's identity provider. */
  | 'USER';

/** An administrative act. It is written together with the change and never changed or deleted. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** What was done. */
  readonly action: AuditAction;
  /** Who did it. */
  readonly actor: AuditActor;
  /** The address of the client, behind trusted proxies; null for the gateway itself. */
  readonly address?: Maybe<Scalars['String']['output']>;
  /** The subject after it; null: it is gone. It never holds a secret. */
  readonly after?: Maybe<Scalars['JSON']['output']>;
  /** When it was done. */
  readonly at: Scalars['DateTime']['output'];
  /** The subject before it; null: it was not there. It never holds a secret. */
  readonly before?: Maybe<Scalars['JSON']['output']>;
  /** The id of the entry. */
  readonly id: Scalars['ID']['output'];
  /** The organization in which it was done. */
  readonly organizationId: Scalars['ID']['output'];
  /** What it was done to. */
  readonly subject: AuditSubject;
};

/** Acts, newest first. */
export type AuditEntryConnection = {
  readonly __typename?: 'AuditEntryConnection';
  /** The acts of this page, each with its cursor. */
  readonly edges: ReadonlyArray<AuditEntryEdge>;
  /** The acts of this page. */
  readonly nodes: ReadonlyArray<AuditEntry>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** An act and its place. */
export type AuditEntryEdge = {
  readonly __typename?: 'AuditEntryEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The act. */
  readonly node: AuditEntry;
};

/** Which acts. */
export type AuditLogFilter = {
  /** Only these, at most 100. */
  readonly actions?: InputMaybe<ReadonlyArray<AuditAction>>;
  /** What this key, user or client token has done; `system`: the gateway itself. */
  readonly actorId?: InputMaybe<Scalars['ID']['input']>;
  /** From this moment on. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** In which organization. Default: the caller's own; for ADMIN, every one. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
  /** What was done to this. */
  readonly subjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Before this moment. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What it was done to. */
export type AuditSubject = {
  readonly __typename?: 'AuditSubject';
  /** Its id. */
  readonly id: Scalars['ID']['output'];
  /** What it is. */
  readonly type: AuditSubjectType;
};

/** What is administered. */
export type AuditSubjectType =
  /** An alias, by its name. */
  | 'ALIAS'
  /** A key. */
  | 'API_KEY'
  /** A limit. */
  | 'BUDGET'
  /** An organization. */
  | 'ORGANIZATION'
  /** A provider, and what it has billed. */
  | 'PROVIDER'
  /** A team. */
  | 'TEAM'
  /** A user. */
  | 'USER';

/** A limit on what may be used. */
export type Budget = Node & {
  readonly __typename?: 'Budget';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** What is reserved for calls under way; of the window MINUTE, for those admitted in the last 60 seconds. */
  readonly held: Scalars['Amount']['output'];
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** The most that may be used in one period. */
  readonly limit: Scalars['Amount']['output'];
  /** What is counted. */
  readonly meter: Meter;
  /** What happens at the limit. */
  readonly policy: BudgetPolicy;
  /** When it begins anew; null: never. Of the window MINUTE: when all that is used now no longer counts; null: nothing is used. */
  readonly resetsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whose use counts. */
  readonly scope: BudgetScope;
  /** True: it refuses nothing, shortens no answer, and records what it would have refused. What it would have let through counts as used. */
  readonly shadow: Scalars['Boolean']['output'];
  /** The zone of its periods, an IANA name. */
  readonly timeZone: Scalars['String']['output'];
  /** What was used in this period, over all replicas as far as this one knows; of the window MINUTE, in the last 60 seconds. */
  readonly used: Scalars['Amount']['output'];
  /** How long it counts. */
  readonly window: BudgetWindow;
  /** What a shadow limit would have refused in this period, over all replicas as far as this one knows; of the window MINUTE, since it was made. Null: it is no shadow. */
  readonly wouldRefuse?: Maybe<WouldRefuse>;
};

/** Budgets, newest first. */
export type BudgetConnection = {
  readonly __typename?: 'BudgetConnection';
  /** The budgets of this page, each with its cursor. */
  readonly edges: ReadonlyArray<BudgetEdge>;
  /** The budgets of this page. */
  readonly nodes: ReadonlyArray<Budget>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A budget and its place. */
export type BudgetEdge = {
  readonly __typename?: 'BudgetEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The budget. */
  readonly node: Budget;
};

/** Which limits. */
export type BudgetFilter = {
  /** Those of the key. */
  readonly apiKeyId?: InputMaybe<Scalars['ID']['input']>;
  /** True: the limits that were made with client tokens, and no others. False: all but those. */
  readonly clientTokens?: InputMaybe<Scalars['Boolean']['input']>;
  /** Those that count this. */
  readonly meter?: InputMaybe<Meter>;
  /** Of which organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
  /** Those of the team. */
  readonly teamId?: InputMaybe<Scalars['ID']['input']>;
  /** Those of the user. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** How much. */
export type BudgetLimitInput =
  /** A whole number, for the other meters. */
  { readonly count: Scalars['Count']['input']; readonly usd?: never; }
  |  /** US dollars, for the meter SPEND. */
  { readonly count?: never; readonly usd: Scalars['Usd']['input']; };

/** What happens at the limit. */
export type BudgetPolicy =
  /** It is let pass. */
  | 'SOFT'
  /** What would exceed it is refused. */
  | 'STRICT';

/** Whose use counts: exactly one of these is set. */
export type BudgetScope = {
  readonly __typename?: 'BudgetScope';
  /** The key. */
  readonly apiKeyId?: Maybe<Scalars['ID']['output']>;
  /** What is done with the client token. */
  readonly clientTokenId?: Maybe<Scalars['ID']['output']>;
  /** Calls of the model. */
  readonly model?: Maybe<Scalars['ModelId']['output']>;
  /** Everyone of the organization. */
  readonly organizationId?: Maybe<Scalars['ID']['output']>;
  /** Calls with the tag. */
  readonly tag?: Maybe<Tag>;
  /** The keys of the team. */
  readonly teamId?: Maybe<Scalars['ID']['output']>;
  /** The user. */
  readonly userId?: Maybe<Scalars['ID']['output']>;
};

/** Whose use counts. */
export type BudgetScopeInput =
  /** The key. */
  { readonly apiKeyId: Scalars['ID']['input']; readonly model?: never; readonly organizationId?: never; readonly tag?: never; readonly teamId?: never; readonly userId?: never; }
  |  /** Calls of the model, by its slug. */
  { readonly apiKeyId?: never; readonly model: Scalars['ModelId']['input']; readonly organizationId?: never; readonly tag?: never; readonly teamId?: never; readonly userId?: never; }
  |  /** Everyone of the organization. */
  { readonly apiKeyId?: never; readonly model?: never; readonly organizationId: Scalars['ID']['input']; readonly tag?: never; readonly teamId?: never; readonly userId?: never; }
  |  /** Calls with the tag. */
  { readonly apiKeyId?: never; readonly model?: never; readonly organizationId?: never; readonly tag: TagInput; readonly teamId?: never; readonly userId?: never; }
  |  /** The keys of the team. */
  { readonly apiKeyId?: never; readonly model?: never; readonly organizationId?: never; readonly tag?: never; readonly teamId: Scalars['ID']['input']; readonly userId?: never; }
  |  /** The user. */
  { readonly apiKeyId?: never; readonly model?: never; readonly organizationId?: never; readonly tag?: never; readonly teamId?: never; readonly userId: Scalars['ID']['input']; };

/** How long a limit counts before it begins anew: periods of the calendar in the budget's time zone. A minute is no period of the calendar: it slides. */
export type BudgetWindow =
  /** A day. */
  | 'DAY'
  /** An hour. */
  | 'HOUR'
  /** Any 60 seconds, wherever they begin: a rate. A call counts from its admission on, for 60 to 61.5 seconds, however long it takes. */
  | 'MINUTE'
  /** A month. */
  | 'MONTH'
  /** It never begins anew. */
  | 'TOTAL'
  /** A week, from Monday. */
  | 'WEEK';

/** A hint for the provider's prompt cache. */
export type CacheControl = {
  readonly __typename?: 'CacheControl';
  /** How long it should be kept; null: as long as the provider does. */
  readonly lifetime?: Maybe<CacheLifetime>;
};

/** A hint for the provider's prompt cache. */
export type CacheControlInput = {
  /** How long it should be kept. Default: the provider's. */
  readonly lifetime?: InputMaybe<CacheLifetime>;
};

/** A hint for the provider's prompt cache. */
export type CacheControlPart = {
  readonly __typename?: 'CacheControlPart';
  /** The hint. */
  readonly cacheControl: CacheControl;
};

/** How long a provider keeps a prompt's beginning in its cache. */
export type CacheLifetime =
  /** Five minutes after it was used last. */
  | 'FIVE_MINUTES'
  /** An hour after it was used last; writing costs more. */
  | 'ONE_HOUR';

/** Which call is cancelled. */
export type CancelCompletionInput =
  /** The completion's id. */
  { readonly id: Scalars['ID']['input']; readonly idempotencyKey?: never; }
  |  /** The idempotency key it was started with. */
  { readonly id?: never; readonly idempotencyKey: Scalars['String']['input']; };

/** Where a call stands after it was cancelled. */
export type CancelCompletionPayload = {
  readonly __typename?: 'CancelCompletionPayload';
  /** The completion's id. */
  readonly id: Scalars['ID']['output'];
  /** Its state: one that had ended before stays as it ended. */
  readonly state: CompletionState;
};

/** What an offer can do. */
export type Capability =
  /** Hears sound. */
  | 'AUDIO_INPUT'
  /** Speaks. */
  | 'AUDIO_OUTPUT'
  /** Reads files. */
  | 'FILE_INPUT'
  /** Reads images. */
  | 'IMAGE_INPUT'
  /** Makes pictures. */
  | 'IMAGE_OUTPUT'
  /** Answers JSON. */
  | 'JSON_OUTPUT'
  /** Answers JSON that satisfies a JSON Schema. */
  | 'JSON_SCHEMA'
  /** Reports the probabilities of tokens. */
  | 'LOGPROBS'
  /** Thinks before it answers. */
  | 'REASONING'
  /** Takes a seed. */
  | 'SEED'
  /** Answers piece by piece. */
  | 'STREAMING'
  /** Calls tools. */
  | 'TOOLS'
  /** Lets the caller say whether and which tool is called. */
  | 'TOOL_CHOICE';

/** Where a piece of an answer comes from. */
export type Citation = {
  readonly __typename?: 'Citation';
  /** Where that part ends, excluded; null where that is not told. */
  readonly end?: Maybe<Scalars['Int']['output']>;
  /** The words of the source. */
  readonly quote?: Maybe<Scalars['String']['output']>;
  /** Where the part of `text` begins that it supports, in UTF-16 code units, as JavaScript counts; null where that is not told. */
  readonly start?: Maybe<Scalars['Int']['output']>;
  /** The source's title. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** The source's address; null where it is one of the caller's own documents, or not told. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** What may be done with a client token at most, over its whole life and on all replicas. What is not given is not limited. */
export type ClientTokenLimitsInput = {
  /** Tokens of one answer: a call that asks for more is given this. */
  readonly maxOutputTokens?: InputMaybe<Scalars['Int']['input']>;
  /** The models it may ask for, by slug or alias, 1 to 20 of those that the key may. */
  readonly models?: InputMaybe<ReadonlyArray<Scalars['ModelId']['input']>>;
  /** Calls. */
  readonly requests?: InputMaybe<Scalars['Count']['input']>;
  /** US dollars. */
  readonly spend?: InputMaybe<Scalars['Usd']['input']>;
  /** Tokens of input and output. */
  readonly tokens?: InputMaybe<Scalars['Count']['input']>;
};

/** An answer and all that is known of how it came about. */
export type Completion = Node & {
  readonly __typename?: 'Completion';
  /** The second answer and those after it, where `n` asked for several; empty too where the answer is not kept. */
  readonly alternatives: ReadonlyArray<Alternative>;
  /** Every try of an offer, in order. */
  readonly attempts: ReadonlyArray<Attempt>;
  /** Where pieces of the answer come from, as far as the provider says; empty too where the answer is not kept. */
  readonly citations: ReadonlyArray<Citation>;
  /** What all attempts cost; null where a price is unknown. */
  readonly cost?: Maybe<Cost>;
  /** What ended the call; null where it succeeded or runs. */
  readonly error?: Maybe<CompletionError>;
  /** Why the model stopped; null where it did not come to an end. */
  readonly finishReason?: Maybe<FinishReason>;
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** Probabilities of the tokens; null where they were not asked for or not reported. */
  readonly logprobs?: Maybe<ReadonlyArray<TokenLogprob>>;
  /** The answer as a message, which goes back into `CompletionInput.messages` unchanged; null where it is not kept. */
  readonly message?: Maybe<Message>;
  /** What answered; null where nothing did, or where it is no longer known. */
  readonly model?: Maybe<Model>;
  /** Who answered; null where nobody did, or where it is no longer known. */
  readonly offer?: Maybe<Offer>;
  /** The provider's own word for it. */
  readonly providerFinishReason?: Maybe<Scalars['String']['output']>;
  /** What the provider told beside all this, by its own names; null where it told nothing, or the answer is not kept. Nothing in it is part of this contract. */
  readonly providerMetadata?: Maybe<Scalars['JSON']['output']>;
  /** What the model thought; null where it is not reported or not kept. */
  readonly reasoning?: Maybe<Scalars['String']['output']>;
  /** What was asked for. */
  readonly requestedModel: Scalars['ModelId']['output'];
  /** Every offer that was looked at. */
  readonly routing: ReadonlyArray<ConsideredOffer>;
  /** What plain order would have cost, less what was paid, in US dollars, may be negative; null with one candidate or without a price. */
  readonly saved?: Maybe<Scalars['Usd']['output']>;
  /** How the JSON schema was asked for; null where there was none, or the answer is not kept. */
  readonly schemaMethod?: Maybe<SchemaMethod>;
  /** Where the call stands. */
  readonly state: CompletionState;
  /** The call's tags. */
  readonly tags: ReadonlyArray<Tag>;
  /** The text; null where it is not kept. Texts of streams, and of calls with an `idempotencyKey`, are kept in memory for a while after the end. */
  readonly text?: Maybe<Scalars['String']['output']>;
  /** When it began and how long it took. */
  readonly timing: Timing;
  /** The tools that the model calls. */
  readonly toolCalls: ReadonlyArray<ToolCall>;
  /** The tokens of all attempts. */
  readonly usage: TokenUsage;
  /** What was left out or changed on the way, a sentence each. */
  readonly warnings: ReadonlyArray<Scalars['String']['output']>;
};

/** Completions, newest first. */
export type CompletionConnection = {
  readonly __typename?: 'CompletionConnection';
  /** The completions of this page, each with its cursor. */
  readonly edges: ReadonlyArray<CompletionEdge>;
  /** The completions of this page. */
  readonly nodes: ReadonlyArray<Completion>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** What has arrived since the event before. */
export type CompletionDelta = {
  readonly __typename?: 'CompletionDelta';
  /** The completion's id. */
  readonly completionId: Scalars['ID']['output'];
  /** Pictures, and pieces of speech, that the model made. */
  readonly media: ReadonlyArray<OutputMedia>;
  /** Where `text` begins in the whole text, in UTF-16 code units, as JavaScript counts. */
  readonly offset: Scalars['Int']['output'];
  /** More of what the model thinks. */
  readonly reasoning?: Maybe<Scalars['String']['output']>;
  /** More of the words in which it refuses. */
  readonly refusal?: Maybe<Scalars['String']['output']>;
  /** The event's number within its completion: from 1, without gaps. */
  readonly sequence: Scalars['Int']['output'];
  /** More of the text; may be empty. */
  readonly text: Scalars['String']['output'];
  /** Fragments of tool calls. */
  readonly toolCalls: ReadonlyArray<ToolCallDelta>;
};

/** A completion and its place. */
export type CompletionEdge = {
  readonly __typename?: 'CompletionEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The completion. */
  readonly node: Completion;
};

/** What ended a call. */
export type CompletionError = {
  readonly __typename?: 'CompletionError';
  /** What went wrong. */
  readonly code: ErrorCode;
  /** Names, limits and lists of what is allowed, an object. */
  readonly details: Scalars['JSON']['output'];
  /** The same, in a sentence. */
  readonly message: Scalars['String']['output'];
  /** Milliseconds after which it may; null where unknown. */
  readonly retryAfterMs?: Maybe<Scalars['Int']['output']>;
  /** Whether the same request may succeed later. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** What a stream tells. Exactly one terminal event, CompletionFinished or CompletionFailed, comes last; without it the stream is not complete. */
export type CompletionEvent = CompletionDelta | CompletionFailed | CompletionFinished | CompletionRerouted | CompletionStarted;

/** The end of a stream that failed or was cancelled. */
export type CompletionFailed = {
  readonly __typename?: 'CompletionFailed';
  /** What there is of the answer, with usage and cost. */
  readonly completion: Completion;
  /** The completion's id. */
  readonly completionId: Scalars['ID']['output'];
  /** What ended it. */
  readonly error: CompletionError;
  /** The event's number within its completion: from 1, without gaps. */
  readonly sequence: Scalars['Int']['output'];
};

/** A call of several that failed; the others are not touched by it. */
export type CompletionFailure = {
  readonly __typename?: 'CompletionFailure';
  /** What ended it. */
  readonly error: CompletionError;
};

/** The end of a stream that succeeded. */
export type CompletionFinished = {
  readonly __typename?: 'CompletionFinished';
  /** The whole answer, with usage and cost; its `text` is authoritative. */
  readonly completion: Completion;
  /** The completion's id. */
  readonly completionId: Scalars['ID']['output'];
  /** The event's number within its completion: from 1, without gaps. */
  readonly sequence: Scalars['Int']['output'];
};

/** A call for an answer. */
export type CompletionInput = {
  /** How a spoken answer is spoken, with `modalities` AUDIO. */
  readonly audio?: InputMaybe<AudioOutputInput>;
  /** Whom the call is made for, as the application says, passed to providers that ask for it. Of a key with the scope ACT_FOR_USERS it is the call's user: counted by the user's budgets, refused (FORBIDDEN) while the user is disabled. Else it is not trusted. */
  readonly endUser?: InputMaybe<Scalars['String']['input']>;
  /** How much a token is made less likely by how often it has come. Default: the provider's. */
  readonly frequencyPenalty?: InputMaybe<Scalars['Float']['input']>;
  /**
   * Sent again with the same key, the call is not made twice: the second one attaches to the first or, when that has ended, gets its answer, for a day,
   * also after a restart and from another replica. A call that failed or was cancelled may be made again. 1 to 255 characters.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The most tokens of the answer, 1 or more. Default: what the model and the caller's budgets allow. */
  readonly maxOutputTokens?: InputMaybe<Scalars['Int']['input']>;
  /** The conversation so far, at least one message. */
  readonly messages: ReadonlyArray<MessageInput>;
  /** In what the answer is given, where a model can do more than text. Default: text. */
  readonly modalities?: InputMaybe<ReadonlyArray<Modality>>;
  /** The model's slug, or an alias. */
  readonly model: Scalars['ModelId']['input'];
  /** How many answers are made of one prompt, 1 to 8; the second and later ones are the completion's `alternatives`. Each is billed. Default: 1. */
  readonly n?: InputMaybe<Scalars['Int']['input']>;
  /** What becomes of the call when nobody reads it any more. Default: it is cancelled; where an idempotencyKey is given and the connection broke, it runs on for the grace period. */
  readonly onDisconnect?: InputMaybe<OnDisconnectInput>;
  /** What may happen to text already sent when the stream moves to another offer. Default: CONTINUE_ONLY. */
  readonly onReroute?: InputMaybe<OnReroute>;
  /** The form of the answer. Default: text. */
  readonly outputFormat?: InputMaybe<OutputFormatInput>;
  /** Whether the model may call several tools at once. Default: the provider's. */
  readonly parallelToolCalls?: InputMaybe<Scalars['Boolean']['input']>;
  /** How much a token is made less likely once it has come. Default: the provider's. */
  readonly presencePenalty?: InputMaybe<Scalars['Float']['input']>;
  /** Passed through: an object whose fields are provider slugs or formats, each with what goes into that one's request. */
  readonly providerOptions?: InputMaybe<Scalars['JSON']['input']>;
  /** How much the model thinks first. Default: the provider's. */
  readonly reasoningEffort?: InputMaybe<ReasoningEffort>;
  /** The same seed gives the same answer, as far as the provider can. */
  readonly seed?: InputMaybe<Scalars['Int']['input']>;
  /** The answer ends before any of these texts. */
  readonly stop?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Names and values for usage and budgets, at most 16. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
  /** How freely tokens are drawn, 0 or more. Default: the provider's. */
  readonly temperature?: InputMaybe<Scalars['Float']['input']>;
  /** Whether and which tool is called. Default: the model decides. */
  readonly toolChoice?: InputMaybe<ToolChoiceInput>;
  /** What the model may call. */
  readonly tools?: InputMaybe<ReadonlyArray<ToolInput>>;
  /** How many of the likeliest tokens are drawn from, 1 or more. Default: the provider's. */
  readonly topK?: InputMaybe<Scalars['Int']['input']>;
  /** With how many alternatives each token's probability is reported, 0 to 20; null: not reported. */
  readonly topLogprobs?: InputMaybe<Scalars['Int']['input']>;
  /** The share of probability that tokens are drawn from, 0 to 1. Default: the provider's. */
  readonly topP?: InputMaybe<Scalars['Float']['input']>;
};

/** The answer broke off or never began, and another offer takes over, or the same one begins anew. What was sent of thoughts, refusals, tool calls and media is void and comes again. */
export type CompletionRerouted = {
  readonly __typename?: 'CompletionRerouted';
  /** The completion's id. */
  readonly completionId: Scalars['ID']['output'];
  /** How much of the text sent so far stands, in UTF-16 code units; what is behind it is to be forgotten. */
  readonly keepTextLength: Scalars['Int']['output'];
  /** Who answers from here on. */
  readonly offer: Offer;
  /** Why the offer before was given up. */
  readonly reason: ErrorCode;
  /** The event's number within its completion: from 1, without gaps. */
  readonly sequence: Scalars['Int']['output'];
};

/** One call of several: its answer or its failure. */
export type CompletionResult = Completion | CompletionFailure;

/** A provider is being asked. */
export type CompletionStarted = {
  readonly __typename?: 'CompletionStarted';
  /** The completion's id. Not named `id`, so that no cache takes events for one thing. */
  readonly completionId: Scalars['ID']['output'];
  /** What answers. */
  readonly model: Model;
  /** Who answers. */
  readonly offer: Offer;
  /** What was asked for. */
  readonly requestedModel: Scalars['ModelId']['output'];
  /** The event's number within its completion: from 1, without gaps. */
  readonly sequence: Scalars['Int']['output'];
};

/** Where a call stands. */
export type CompletionState =
  /** Ended by the caller. */
  | 'CANCELLED'
  /** Ended by an error. */
  | 'FAILED'
  /** Under way. */
  | 'RUNNING'
  /** Answered. */
  | 'SUCCEEDED'
  /** The process that ran it is gone. */
  | 'UNKNOWN';

/** An offer that was looked at for a call. */
export type ConsideredOffer = {
  readonly __typename?: 'ConsideredOffer';
  /** The least the call would cost there, in US dollars; null where a price is unknown. */
  readonly least?: Maybe<Scalars['Usd']['output']>;
  /** The most the call would cost there, in US dollars; null where a price is unknown or the answer has no bound. */
  readonly most?: Maybe<Scalars['Usd']['output']>;
  /** The offer. */
  readonly offer: Offer;
  /** Why it was not taken, in a sentence; null when it may serve. */
  readonly rejected?: Maybe<Scalars['String']['output']>;
};

/** What a call cost, in US dollars. The parts sum to the total exactly. */
export type Cost = {
  readonly __typename?: 'Cost';
  /** Input written into a cache, in US dollars. */
  readonly cacheWrite: Scalars['Usd']['output'];
  /** Cached input, in US dollars. */
  readonly cachedInput: Scalars['Usd']['output'];
  /** Input that was neither cached nor written into a cache, in US dollars. */
  readonly input: Scalars['Usd']['output'];
  /** Output less reasoning, in US dollars. */
  readonly output: Scalars['Usd']['output'];
  /** Reasoning, in US dollars. */
  readonly reasoning: Scalars['Usd']['output'];
  /** The fee for the call, in US dollars. */
  readonly request: Scalars['Usd']['output'];
  /** All of it, in US dollars. */
  readonly total: Scalars['Usd']['output'];
};

/** A key to be made. */
export type CreateApiKeyInput = {
  /** The IP addresses it may be used from, and ranges of them such as "203.0.113.0/24" or "2001:db8::/32", 1 to 100: a call from elsewhere is FORBIDDEN. An IPv4 address is the same as that address packed into IPv6. Default: all. */
  readonly allowedAddresses?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The models it may ask for, by slug or alias. Default: all. */
  readonly allowedModels?: InputMaybe<ReadonlyArray<Scalars['ModelId']['input']>>;
  /** How its calls may be made. Default: as they say. */
  readonly directives?: InputMaybe<KeyDirectivesInput>;
  /** When its time is over. Default: never. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** What it is filed by, at most 32 names. Default: nothing. */
  readonly labels?: InputMaybe<ReadonlyArray<KeyLabelInput>>;
  /** Its name, 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
  /** What it may do: nothing that its maker may not. */
  readonly scopes: ReadonlyArray<Scope>;
  /** The team it belongs to. */
  readonly teamId: Scalars['ID']['input'];
  /** The user it speaks for. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** The key that was made. */
export type CreateApiKeyPayload = {
  readonly __typename?: 'CreateApiKeyPayload';
  /** The key. */
  readonly apiKey: ApiKey;
  /** The secret. It is shown here and never again. */
  readonly secret: Scalars['String']['output'];
};

/** A limit to be made. */
export type CreateBudgetInput = {
  /** The most that may be used in one period. */
  readonly limit: BudgetLimitInput;
  /** What is counted. */
  readonly meter: Meter;
  /** Whose limit it is, where the scope does not tell: of a model, a tag or a user. Default: the caller's own organization. Another one than the scope's is NOT_FOUND. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
  /** What happens at the limit. */
  readonly policy?: InputMaybe<BudgetPolicy>;
  /** Whose use counts. */
  readonly scope: BudgetScopeInput;
  /** True: it refuses nothing and records what it would have refused. */
  readonly shadow?: InputMaybe<Scalars['Boolean']['input']>;
  /** The zone of its periods, an IANA name such as `Europe/Berlin`. */
  readonly timeZone?: InputMaybe<Scalars['String']['input']>;
  /** How long it counts. */
  readonly window: BudgetWindow;
};

/** The limit that was made. */
export type CreateBudgetPayload = {
  readonly __typename?: 'CreateBudgetPayload';
  /** The limit. */
  readonly budget: Budget;
};

/** A short-lived token to be made, for a browser or another program that must not hold a key. It acts under the key that makes it: its organization, team, budgets, models, addresses and directives, as they are when it is used. It ends with the key. */
export type CreateClientTokenInput = {
  /** What may be done with it at most, beside what the key's own limits leave. */
  readonly limits?: InputMaybe<ClientTokenLimitsInput>;
  /** What it may do, at least one scope: nothing that the key may not, and never KEYS_MANAGE, MODELS_MANAGE, AUDIT_READ, ACT_FOR_USERS or ADMIN. */
  readonly scopes: ReadonlyArray<Scope>;
  /** Seconds from now for which it works, 1 to 3600. */
  readonly ttlSeconds: Scalars['Int']['input'];
  /** The user its calls are made for, by the organization's own name for them, 1 to 200 characters; they need not have been made. It needs the scope ACT_FOR_USERS, unless it is the user the key speaks for. Default: the user the key speaks for. */
  readonly user?: InputMaybe<Scalars['String']['input']>;
};

/** The token that was made. It is told once: nothing of it is kept but its limits. */
export type CreateClientTokenPayload = {
  readonly __typename?: 'CreateClientTokenPayload';
  /** When its time is over. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Its id: that of `viewer.principal` for whoever uses it. */
  readonly id: Scalars['ID']['output'];
  /** The token, `mg_ct_…`, to be sent as a key is: `Authorization: Bearer mg_ct_…`. */
  readonly token: Scalars['String']['output'];
};

/** An organization to be made. */
export type CreateOrganizationInput = {
  /** Its name, 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
};

/** The organization that was made. */
export type CreateOrganizationPayload = {
  readonly __typename?: 'CreateOrganizationPayload';
  /** The organization. */
  readonly organization: Organization;
};

/** A team to be made. */
export type CreateTeamInput = {
  /** Its name, 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
  /** The organization it is a part of. */
  readonly organizationId: Scalars['ID']['input'];
};

/** The team that was made. */
export type CreateTeamPayload = {
  readonly __typename?: 'CreateTeamPayload';
  /** The team. */
  readonly team: Team;
};

/** A user to be made. */
export type CreateUserInput = {
  /** The organization's own name for the user, 1 to 200 characters: what a key's `userId` or a token's claim says. */
  readonly id: Scalars['String']['input'];
  /** The name, for people, 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
  /** The organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
};

/** The user that was made. */
export type CreateUserPayload = {
  readonly __typename?: 'CreateUserPayload';
  /** The user. */
  readonly user: User;
};

/** What a provider does with what it is sent. */
export type DataPolicy =
  /** Keeps nothing. */
  | 'NO_RETENTION'
  /** Trains nothing on it. */
  | 'NO_TRAINING';

/** Whole days. */
export type DateRange = {
  /** The first day. */
  readonly from: Scalars['Date']['input'];
  /** The last day; it is in the range. */
  readonly to: Scalars['Date']['input'];
};

/** From one moment up to, but not including, another. */
export type DateTimeRange = {
  /** The first moment. */
  readonly from: Scalars['DateTime']['input'];
  /** The first moment behind it. */
  readonly to: Scalars['DateTime']['input'];
};

/** Which alias is deleted. */
export type DeleteAliasInput = {
  /** Its name. */
  readonly name: Scalars['String']['input'];
  /** In which organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
};

/** The alias that was deleted. */
export type DeleteAliasPayload = {
  readonly __typename?: 'DeleteAliasPayload';
  /** Its id. */
  readonly id: Scalars['ID']['output'];
};

/** Which limit is deleted. */
export type DeleteBudgetInput = {
  /** The limit's id. */
  readonly id: Scalars['ID']['input'];
};

/** The limit that was deleted. */
export type DeleteBudgetPayload = {
  readonly __typename?: 'DeleteBudgetPayload';
  /** The limit's id. */
  readonly id: Scalars['ID']['output'];
};

/** What is announced of the end of a model. Its completions say so in `warnings`. */
export type Deprecation = {
  readonly __typename?: 'Deprecation';
  /** The day from which it should not be used any more; null: already. */
  readonly deprecatedAt?: Maybe<Scalars['Date']['output']>;
  /** What to ask for instead; null: nothing is named. */
  readonly replacement?: Maybe<Scalars['ModelId']['output']>;
  /** The day from whose beginning in UTC it is not served any more: it is UNKNOWN_MODEL then, and the error names the replacement. Null: not decided. */
  readonly sunsetAt?: Maybe<Scalars['Date']['output']>;
};

/** The vectors of texts. */
export type Embeddings = {
  readonly __typename?: 'Embeddings';
  /** What it cost; null where a price is unknown. */
  readonly cost?: Maybe<Cost>;
  /** The length of the vectors. */
  readonly dimensions: Scalars['Int']['output'];
  /** The call's id. */
  readonly id: Scalars['ID']['output'];
  /** What answered. */
  readonly model: Model;
  /** Who answered. */
  readonly offer: Offer;
  /** What was asked for. */
  readonly requestedModel: Scalars['ModelId']['output'];
  /** The tokens. Where the provider was asked once for several calls, they are shared out by the length of the texts. */
  readonly usage: TokenUsage;
  /** One vector for each text, in their order. */
  readonly vectors: ReadonlyArray<Scalars['Vector']['output']>;
};

/** A call for vectors. */
export type EmbeddingsInput = {
  /** The length of the vectors, where the model can. Default: the model's. */
  readonly dimensions?: InputMaybe<Scalars['Int']['input']>;
  /** How vectors are written. */
  readonly encoding?: InputMaybe<VectorEncoding>;
  /** Whom the call is made for, as the application says. Of a key with the scope ACT_FOR_USERS it is the call's user: counted by the user's budgets, refused (FORBIDDEN) while the user is disabled. Else it is not trusted. */
  readonly endUser?: InputMaybe<Scalars['String']['input']>;
  /**
   * Sent again with the same key, the call is not made twice: the second one gets the first one's answer, for a day, also after a restart and from
   * another replica. A call that failed may be made again. 1 to 255 characters.
   */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The texts, 1 to 2,048, none empty. */
  readonly inputs: ReadonlyArray<Scalars['String']['input']>;
  /** The model's slug, or an alias. */
  readonly model: Scalars['ModelId']['input'];
  /** Passed through: an object whose fields are provider slugs or formats. */
  readonly providerOptions?: InputMaybe<Scalars['JSON']['input']>;
  /** Names and values for usage and budgets, at most 16. */
  readonly tags?: InputMaybe<ReadonlyArray<TagInput>>;
};

/** What went wrong, in `errors[].extensions.code` and in `CompletionError.code`. Codes are added, never renamed. Requests that are no valid GraphQL carry the codes of GraphQL servers instead (GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, BAD_USER_INPUT). */
export type ErrorCode =
  /** The caller cancelled the call, or left. */
  | 'CANCELLED'
  /** It is there already, or its state does not allow this. */
  | 'CONFLICT'
  /** The provider's filter refused the prompt or the answer. */
  | 'CONTENT_FILTERED'
  /** Prompt and answer do not fit the context window of the model. */
  | 'CONTEXT_TOO_LONG'
  /** The calls of the field or the operation could cost more than its `maxCost`. */
  | 'COST_LIMIT'
  /** The operator does not allow this directive for the caller. */
  | 'DIRECTIVE_FORBIDDEN'
  /** The credential does not allow this. */
  | 'FORBIDDEN'
  /** The idempotency key was used for another request. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The call with this idempotency key has ended and its answer is no longer kept. Nothing was charged again. */
  | 'IDEMPOTENCY_REPLAY_UNAVAILABLE'
  /** Something went wrong inside the gateway; the request id stands in its log. */
  | 'INTERNAL'
  /** The request is not well formed; the message names what is wrong. */
  | 'INVALID_REQUEST'
  /** There is no such thing, or none the caller may see. */
  | 'NOT_FOUND'
  /** No offer of the model may or can serve the call now. */
  | 'NO_ROUTE'
  /** The operation asks for more than one operation may. */
  | 'OPERATION_TOO_COSTLY'
  /** The process that ran the call is gone; whether the provider answered is not known. */
  | 'OUTCOME_UNKNOWN'
  /** The gateway has as many calls under way as it takes; `retryAfterMs` says when to try again. */
  | 'OVERLOADED'
  /** The request has more bytes than are accepted. */
  | 'PAYLOAD_TOO_LARGE'
  /** A limit of the caller leaves no room for this call; `retryAfterMs` says when it begins anew. */
  | 'QUOTA_EXHAUSTED'
  /** Too many calls at once or in a short time; `retryAfterMs` says when there is room. */
  | 'RATE_LIMITED'
  /** The database or the write-ahead log does not take what must be written; no call is made without it. */
  | 'STORE_UNAVAILABLE'
  /** The events of this completion are no longer kept. */
  | 'STREAM_EXPIRED'
  /** No valid credential: missing, malformed, unknown, expired, disabled or revoked. */
  | 'UNAUTHENTICATED'
  /** No such model; `details.suggestions` names near ones. */
  | 'UNKNOWN_MODEL'
  /** No offer can do what a parameter asks for. */
  | 'UNSUPPORTED_PARAMETER'
  /** The provider answered what cannot be understood, or ended without an end. */
  | 'UPSTREAM_MALFORMED'
  /** The provider limits its rate. */
  | 'UPSTREAM_RATE_LIMITED'
  /** The provider refused the call. */
  | 'UPSTREAM_REFUSED'
  /** The provider did not answer in time. */
  | 'UPSTREAM_TIMEOUT'
  /** The provider cannot be reached or says that it is down; or the issuer of a token that is not known yet cannot be asked for its keys. */
  | 'UPSTREAM_UNAVAILABLE';

/** What a call would cost and who would answer it. Nothing is called, held or charged. */
export type Estimate = {
  readonly __typename?: 'Estimate';
  /** Every offer that was looked at. */
  readonly considered: ReadonlyArray<ConsideredOffer>;
  /** The limits that the call would draw on. */
  readonly headroom: ReadonlyArray<Quota>;
  /** Tokens of input, estimated. */
  readonly inputTokens: Scalars['Int']['output'];
  /** The least it would cost, in US dollars; null where a price is unknown. */
  readonly least?: Maybe<Scalars['Usd']['output']>;
  /** The most tokens of output; null where nothing bounds them. */
  readonly maxOutputTokens?: Maybe<Scalars['Int']['output']>;
  /** The most it would cost, in US dollars; null where a price is unknown or the answer has no bound. */
  readonly most?: Maybe<Scalars['Usd']['output']>;
  /** The offer that would be tried first; null when none can serve. */
  readonly offer?: Maybe<Offer>;
};

/** A directive that operations may carry, and with it the argument of the same meaning. */
export type ExecutableDirective =
  /** `@maxCost`, and the argument `maxCost`. */
  | 'MAX_COST'
  /** `@route`, and the argument `route`. */
  | 'ROUTE'
  /** `@timeout`, and the argument `timeout`. */
  | 'TIMEOUT';

/** Where a fact comes from. */
export type FactSource =
  /** The catalog of known models and prices. */
  | 'CATALOG'
  /** The operator's configuration. */
  | 'CONFIG'
  /** The provider's own listing. */
  | 'PROVIDER'
  /** The sandbox, which makes it up. */
  | 'SIMULATION';

/** A file. */
export type File = {
  readonly __typename?: 'File';
  /** Its bytes in base64; null where `url` is set. */
  readonly data?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  readonly filename?: Maybe<Scalars['String']['output']>;
  /** For instance `application/pdf`. */
  readonly mediaType?: Maybe<Scalars['String']['output']>;
  /** Its address; null where `data` is set. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** A file: exactly one of `url` and `data`. */
export type FileInput = {
  /** Its bytes in base64. */
  readonly data?: InputMaybe<Scalars['String']['input']>;
  /** Its name. */
  readonly filename?: InputMaybe<Scalars['String']['input']>;
  /** For instance `application/pdf`; needed with `data`. */
  readonly mediaType?: InputMaybe<Scalars['String']['input']>;
  /** Its address (`https:`, passed on and not fetched by the gateway), or a `data:` address. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** A file. */
export type FilePart = {
  readonly __typename?: 'FilePart';
  /** The file. */
  readonly file: File;
};

/** Why the model stopped. */
export type FinishReason =
  /** The provider's filter stopped it. */
  | 'CONTENT_FILTER'
  /** It came to the most tokens allowed. */
  | 'LENGTH'
  /** Something else; `providerFinishReason` has the provider's own word. */
  | 'OTHER'
  /** It refused. */
  | 'REFUSAL'
  /** It was done, or came to a stop text. */
  | 'STOP'
  /** It calls tools. */
  | 'TOOL_CALLS';

/** An image. */
export type Image = {
  readonly __typename?: 'Image';
  /** Its bytes in base64; null where `url` is set. */
  readonly data?: Maybe<Scalars['String']['output']>;
  /** How closely it is looked at. */
  readonly detail?: Maybe<ImageDetail>;
  /** For instance `image/png`. */
  readonly mediaType?: Maybe<Scalars['String']['output']>;
  /** Its address; null where `data` is set. */
  readonly url?: Maybe<Scalars['String']['output']>;
};

/** How closely an image is looked at. */
export type ImageDetail =
  /** As the provider sees fit. */
  | 'AUTO'
  /** Closely, for more tokens. */
  | 'HIGH'
  /** Coarsely, for few tokens. */
  | 'LOW';

/** An image: exactly one of `url` and `data`. */
export type ImageInput = {
  /** Its bytes in base64. */
  readonly data?: InputMaybe<Scalars['String']['input']>;
  /** How closely it is looked at. */
  readonly detail?: InputMaybe<ImageDetail>;
  /** For instance `image/png`; needed with `data`. */
  readonly mediaType?: InputMaybe<Scalars['String']['input']>;
  /** Its address (`https:`, passed on and not fetched by the gateway), or a `data:` address. */
  readonly url?: InputMaybe<Scalars['String']['input']>;
};

/** An image. */
export type ImagePart = {
  readonly __typename?: 'ImagePart';
  /** The image. */
  readonly image: Image;
};

/** What a provider has billed. */
export type ImportProviderCostsInput = {
  /** The file's text: CSV as RFC 4180 has it, a header and at most 20,000 lines, 8,388,608 characters. It is the whole bill of every day that is in it. */
  readonly csv: Scalars['String']['input'];
  /** Which column is which. */
  readonly mapping: ProviderCostMappingInput;
  /** The provider's slug. */
  readonly provider: Scalars['String']['input'];
};

/** What an import has brought. */
export type ImportProviderCostsPayload = {
  readonly __typename?: 'ImportProviderCostsPayload';
  /** Lines that were not there before. */
  readonly added: Scalars['Count']['output'];
  /** Their sum in US dollars. */
  readonly billed: Scalars['Usd']['output'];
  /** Lines that were there with another amount or other tokens. */
  readonly changed: Scalars['Count']['output'];
  /** The first day of the file. */
  readonly from: Scalars['Date']['output'];
  /** How many lines the file has. */
  readonly lines: Scalars['Count']['output'];
  /** The provider's slug. */
  readonly provider: Scalars['String']['output'];
  /** Lines of the file's days that were there and are not in the file. */
  readonly removed: Scalars['Count']['output'];
  /** The last day of the file. */
  readonly to: Scalars['Date']['output'];
};

/** JSON that satisfies a schema. */
export type JsonSchemaInput = {
  /** A name for it: 1 to 64 letters, digits, `_` or `-`. */
  readonly name: Scalars['String']['input'];
  /** The JSON Schema, an object. */
  readonly schema: Scalars['JSON']['input'];
  /** Whether the provider must hold to it. Default: the provider's. */
  readonly strict?: InputMaybe<Scalars['Boolean']['input']>;
};

/** How the calls of a key may be made. What stands here comes before everything that an operation says. */
export type KeyDirectives = {
  readonly __typename?: 'KeyDirectives';
  /** What an operation may not carry: one that does is refused before anything of it runs (DIRECTIVE_FORBIDDEN). */
  readonly forbidden: ReadonlyArray<ExecutableDirective>;
  /** The most a call may cost, in US dollars, also one that asks for no limit; null: anything. */
  readonly maxCost?: Maybe<Scalars['Usd']['output']>;
  /** The most tokens of one answer; null: as many as a call asks for. */
  readonly maxOutputTokens?: Maybe<Scalars['Int']['output']>;
  /** How the offer is chosen. */
  readonly route: KeyRoute;
  /** How long a call may take at most. */
  readonly timeout: KeyTimeout;
};

/** How the calls of a key may be made: what operations may not carry, and what holds whatever they carry. */
export type KeyDirectivesInput = {
  /** What an operation may not carry: one that does is refused before anything of it runs (DIRECTIVE_FORBIDDEN). */
  readonly forbidden?: InputMaybe<ReadonlyArray<ExecutableDirective>>;
  /** The most a call may cost, in US dollars, also one that asks for no limit. */
  readonly maxCost?: InputMaybe<Scalars['Usd']['input']>;
  /** The most tokens of one answer: a call that asks for more is given this. */
  readonly maxOutputTokens?: InputMaybe<Scalars['Int']['input']>;
  /** How the offer is chosen. */
  readonly route?: InputMaybe<KeyRouteInput>;
  /** How long a call may take at most, in milliseconds: a call that asks for longer is given this. */
  readonly timeout?: InputMaybe<TimeoutInput>;
};

/** A name and a value that a key is filed by. */
export type KeyLabel = {
  readonly __typename?: 'KeyLabel';
  /** The name. */
  readonly name: Scalars['String']['output'];
  /** The value. */
  readonly value: Scalars['String']['output'];
};

/** Which label. */
export type KeyLabelFilter = {
  /** The name. */
  readonly name: Scalars['String']['input'];
  /** The value. Default: any. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
};

/** A name and a value that a key is filed by. */
export type KeyLabelInput = {
  /** The name: a letter, then up to 63 letters, digits, "_", ".", "/" or "-". A key has each name once. */
  readonly name: Scalars['String']['input'];
  /** The value, 1 to 256 characters. */
  readonly value: Scalars['String']['input'];
};

/** The most an offer may ask for, for the calls of a key. An unknown price satisfies no limit. */
export type KeyMaxPrice = {
  readonly __typename?: 'KeyMaxPrice';
  /** US dollars for 1,000,000 tokens of input; null: anything. */
  readonly input?: Maybe<Scalars['Usd']['output']>;
  /** US dollars for 1,000,000 tokens of output; null: anything. */
  readonly output?: Maybe<Scalars['Usd']['output']>;
};

/** How the offer is chosen for the calls of a key. */
export type KeyRoute = {
  readonly __typename?: 'KeyRoute';
  /** Only offers that are known to keep this data policy; null: any. */
  readonly dataPolicy?: Maybe<DataPolicy>;
  /** False: a call is served by the model it asks for, or not at all. */
  readonly fallbacks: Scalars['Boolean']['output'];
  /** Slugs of providers or offers that are never tried. */
  readonly ignore: ReadonlyArray<Scalars['String']['output']>;
  /** The most an offer may ask for. */
  readonly maxPrice: KeyMaxPrice;
  /** Slugs of providers or offers: nothing else is tried. Empty: everything may be. */
  readonly only: ReadonlyArray<Scalars['String']['output']>;
  /** Only offers that are known to be in one of these regions. Empty: anywhere. */
  readonly regions: ReadonlyArray<Scalars['String']['output']>;
  /** True: an offer that does not know a parameter of the call is left out, whatever the call says. */
  readonly requireParameters: Scalars['Boolean']['output'];
  /** What offers are ordered by, whatever a call says, also by `order`; null: as the call says. */
  readonly sort?: Maybe<RouteSort>;
};

/** How the offer is chosen for the calls of a key, whatever they say. */
export type KeyRouteInput = {
  /** Only offers that are known to keep this data policy. */
  readonly dataPolicy?: InputMaybe<DataPolicy>;
  /** False: a call is served by the model it asks for, or not at all: its own `fallbacks` do not count. */
  readonly fallbacks?: InputMaybe<Scalars['Boolean']['input']>;
  /** Slugs of providers or offers that are never tried. */
  readonly ignore?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The most an offer may ask for. The lower of this and what a call says counts. */
  readonly maxPrice?: InputMaybe<MaxPriceInput>;
  /** Slugs of providers or offers: nothing else is tried. What a call asks for beside them it does not get. */
  readonly only?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Only offers that are known to be in one of these regions, by the providers' own names for them. An unknown region is none of them. */
  readonly regions?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** True: an offer that does not know a parameter of the call is left out. */
  readonly requireParameters?: InputMaybe<Scalars['Boolean']['input']>;
  /** What offers are ordered by; a call's own `sort` and `order` do not count then. */
  readonly sort?: InputMaybe<RouteSort>;
};

/** How long the calls of a key may take at most, in milliseconds; null: as long as a call says. */
export type KeyTimeout = {
  readonly __typename?: 'KeyTimeout';
  /** Milliseconds from the start of an attempt to its first token. */
  readonly firstTokenMs?: Maybe<Scalars['Int']['output']>;
  /** Milliseconds between two reads from the provider. */
  readonly idleMs?: Maybe<Scalars['Int']['output']>;
  /** Milliseconds for the whole call with all its attempts. */
  readonly totalMs?: Maybe<Scalars['Int']['output']>;
};

/** The most an offer may ask for. An unknown price satisfies no limit. */
export type MaxPriceInput = {
  /** US dollars for 1,000,000 tokens of input. */
  readonly input?: InputMaybe<Scalars['Usd']['input']>;
  /** US dollars for 1,000,000 tokens of output. */
  readonly output?: InputMaybe<Scalars['Usd']['input']>;
};

/** One message, made so that `message { role content parts { … } }` is a `MessageInput`. */
export type Message = {
  readonly __typename?: 'Message';
  /** The text, where there is only text; else null. */
  readonly content?: Maybe<Scalars['String']['output']>;
  /** Tells speakers of one role apart. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The parts, where there is not only text; else null. */
  readonly parts?: Maybe<ReadonlyArray<MessagePart>>;
  /** Who speaks. */
  readonly role: Role;
};

/** One message. An answer's `message { role content parts }` goes back here unchanged, less any `__typename` that a client's cache put in. */
export type MessageInput = {
  /** The text, where there is only text. Exactly one of `content` and `parts` is given; null is not given. */
  readonly content?: InputMaybe<Scalars['String']['input']>;
  /** Tells speakers of one role apart. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The parts, where there is not only text. Exactly one of `content` and `parts` is given; null is not given. */
  readonly parts?: InputMaybe<ReadonlyArray<MessagePartInput>>;
  /** Who speaks. */
  readonly role: Role;
};

/** One part of a message. Each member has one field, the one of `MessagePartInput` that takes it: `... on ToolCallPart { toolCall { id name arguments } }` goes back as it came. */
export type MessagePart = AudioPart | CacheControlPart | FilePart | ImagePart | ReasoningPart | RefusalPart | TextPart | ToolCallPart | ToolResultPart;

/** One part of a message. */
export type MessagePartInput =
  /** A sound. */
  { readonly audio: AudioInput; readonly cacheControl?: never; readonly file?: never; readonly image?: never; readonly reasoning?: never; readonly refusal?: never; readonly text?: never; readonly toolCall?: never; readonly toolResult?: never; }
  |  /** A hint for the provider's prompt cache: all up to here comes again. Providers that cache by themselves, or not at all, ignore it. */
  { readonly audio?: never; readonly cacheControl: CacheControlInput; readonly file?: never; readonly image?: never; readonly reasoning?: never; readonly refusal?: never; readonly text?: never; readonly toolCall?: never; readonly toolResult?: never; }
  |  /** A file. */
  { readonly audio?: never; readonly cacheControl?: never; readonly file: FileInput; readonly image?: never; readonly reasoning?: never; readonly refusal?: never; readonly text?: never; readonly toolCall?: never; readonly toolResult?: never; }
  |  /** An image. */
  { readonly audio?: never; readonly cacheControl?: never; readonly file?: never; readonly image: ImageInput; readonly reasoning?: never; readonly refusal?: never; readonly text?: never; readonly toolCall?: never; readonly toolResult?: never; }
  |  /** What the model thought. */
  { readonly audio?: never; readonly cacheControl?: never; readonly file?: never; readonly image?: never; readonly reasoning: ReasoningInput; readonly refusal?: never; readonly text?: never; readonly toolCall?: never; readonly toolResult?: never; }
  |  /** The words in which the model refused. */
  { readonly audio?: never; readonly cacheControl?: never; readonly file?: never; readonly image?: never; readonly reasoning?: never; readonly refusal: Scalars['String']['input']; readonly text?: never; readonly toolCall?: never; readonly toolResult?: never; }
  |  /** A text. */
  { readonly audio?: never; readonly cacheControl?: never; readonly file?: never; readonly image?: never; readonly reasoning?: never; readonly refusal?: never; readonly text: Scalars['String']['input']; readonly toolCall?: never; readonly toolResult?: never; }
  |  /** A call of a tool that the model made. */
  { readonly audio?: never; readonly cacheControl?: never; readonly file?: never; readonly image?: never; readonly reasoning?: never; readonly refusal?: never; readonly text?: never; readonly toolCall: ToolCallInput; readonly toolResult?: never; }
  |  /** What a tool answered. */
  { readonly audio?: never; readonly cacheControl?: never; readonly file?: never; readonly image?: never; readonly reasoning?: never; readonly refusal?: never; readonly text?: never; readonly toolCall?: never; readonly toolResult: ToolResultInput; };

/** What is counted. */
export type Meter =
  /** Calls under way at once. */
  | 'PARALLEL'
  /** Calls. */
  | 'REQUESTS'
  /** US dollars. */
  | 'SPEND'
  /** Tokens of input and output. */
  | 'TOKENS';

/** In what an answer is given. */
export type Modality =
  /** Speech. */
  | 'AUDIO'
  /** Pictures. */
  | 'IMAGE'
  /** Words. */
  | 'TEXT';

/** What can be asked for. */
export type Model = Node & {
  readonly __typename?: 'Model';
  /** What is announced of its end; null: nothing. */
  readonly deprecation?: Maybe<Deprecation>;
  /** The family it is a version of; null where unknown. */
  readonly family?: Maybe<Scalars['String']['output']>;
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** What it is for. */
  readonly kind: ModelKind;
  /** Its name for people. */
  readonly name: Scalars['String']['output'];
  /** Who serves it, each at its own price. */
  readonly offers: ReadonlyArray<Offer>;
  /** When it was released, a date such as `2026-01-31`; null where unknown. */
  readonly releasedAt?: Maybe<Scalars['String']['output']>;
  /** True: a simulation, whose answers mean nothing. */
  readonly simulated: Scalars['Boolean']['output'];
  /** What it is asked for by: `vendor/name[:variant]`. */
  readonly slug: Scalars['ModelId']['output'];
  /** Where the gateway knows it from. */
  readonly source: FactSource;
};

/** Models in their order. */
export type ModelConnection = {
  readonly __typename?: 'ModelConnection';
  /** The models of this page, each with its cursor. */
  readonly edges: ReadonlyArray<ModelEdge>;
  /** The models of this page. */
  readonly nodes: ReadonlyArray<Model>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A model and its place. */
export type ModelEdge = {
  readonly __typename?: 'ModelEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The model. */
  readonly node: Model;
};

/** Which models; only what is given restricts. */
export type ModelFilter = {
  /** What they are for. */
  readonly kind?: InputMaybe<ModelKind>;
  /** The slug of a provider that serves them. */
  readonly provider?: InputMaybe<Scalars['String']['input']>;
  /** A part of the slug or the name, upper or lower case. */
  readonly search?: InputMaybe<Scalars['String']['input']>;
  /** True: simulations only; false: none. */
  readonly simulated?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What a model is for. */
export type ModelKind =
  /** Answers messages. */
  | 'CHAT'
  /** Turns texts into vectors. */
  | 'EMBEDDING';

/** The order of models. */
export type ModelOrder =
  /** By the lowest price of input; unknown prices last. */
  | 'INPUT_PRICE_ASC'
  /** By the lowest price of output; unknown prices last. */
  | 'OUTPUT_PRICE_ASC'
  /** By slug. */
  | 'SLUG_ASC'
  /** By slug, backwards. */
  | 'SLUG_DESC';

/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Cancels a call, by its id or its idempotency key. Cancelling twice is cancelling once. What it has used is charged. */
  readonly cancelCompletion?: Maybe<CancelCompletionPayload>;
  /** Makes a key. */
  readonly createApiKey?: Maybe<CreateApiKeyPayload>;
  /** Makes a limit. It holds for the next call. */
  readonly createBudget?: Maybe<CreateBudgetPayload>;
  /** Makes a short-lived token under the key that asks. Only a key can; a token cannot make another. */
  readonly createClientToken?: Maybe<CreateClientTokenPayload>;
  /** Asks a model and waits for the whole answer. */
  readonly createCompletion?: Maybe<Completion>;
  /** Asks several times in parallel and waits for all answers, in the order of the inputs. */
  readonly createCompletions?: Maybe<ReadonlyArray<CompletionResult>>;
  /**
   * Turns texts into vectors. Several of these fields in one operation share calls of the provider where they can, and so do those of several callers
   * of one organization that come within a few milliseconds; each caller pays its part.
   */
  readonly createEmbeddings?: Maybe<Embeddings>;
  /** Makes an organization. */
  readonly createOrganization?: Maybe<CreateOrganizationPayload>;
  /** Makes a team. */
  readonly createTeam?: Maybe<CreateTeamPayload>;
  /** Makes a user, so that there can be limits for it. Whoever comes with a token of the operator's identity provider is made a user by itself. */
  readonly createUser?: Maybe<CreateUserPayload>;
  /** Deletes an alias. An alias of the configuration of the same name holds again. Its history stays, and can be rolled back to. */
  readonly deleteAlias?: Maybe<DeleteAliasPayload>;
  /** Deletes a limit. It holds no more for the next call. */
  readonly deleteBudget?: Maybe<DeleteBudgetPayload>;
  /** Imports what a provider has billed, from a CSV file. The file takes the place of what was imported before for its days; the same file again changes nothing. */
  readonly importProviderCosts?: Maybe<ImportProviderCostsPayload>;
  /** Says what a name stands for, from the next call on. Answered when it is in effect on this replica. */
  readonly publishAlias?: Maybe<PublishAliasPayload>;
  /** Revokes a key. Revoking twice is revoking once. */
  readonly revokeApiKey?: Maybe<RevokeApiKeyPayload>;
  /** Brings an earlier version back, from the next call on. */
  readonly rollBackAlias?: Maybe<RollBackAliasPayload>;
  /** Gives a key a new secret beside the older ones, which end after the overlap. Nobody but who holds all that the key may do can rotate it. */
  readonly rotateApiKey?: Maybe<RotateApiKeyPayload>;
  /** Changes a key. A revoked key cannot be changed (CONFLICT). */
  readonly updateApiKey?: Maybe<UpdateApiKeyPayload>;
  /** Changes a limit. What was used stays used. */
  readonly updateBudget?: Maybe<UpdateBudgetPayload>;
  /** Changes an organization: its name, or whether its people are let in. */
  readonly updateOrganization?: Maybe<UpdateOrganizationPayload>;
  /** Changes a team: its name, or whether its keys are let in. */
  readonly updateTeam?: Maybe<UpdateTeamPayload>;
  /** Changes a user: its name, or whether it is let in. */
  readonly updateUser?: Maybe<UpdateUserPayload>;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCancelCompletionArgs = {
  input: CancelCompletionInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateBudgetArgs = {
  input: CreateBudgetInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateClientTokenArgs = {
  input: CreateClientTokenInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateCompletionArgs = {
  input: CompletionInput;
  maxCost?: InputMaybe<Scalars['Usd']['input']>;
  route?: InputMaybe<RouteInput>;
  timeout?: InputMaybe<TimeoutInput>;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateCompletionsArgs = {
  inputs: ReadonlyArray<CompletionInput>;
  maxCost?: InputMaybe<Scalars['Usd']['input']>;
  route?: InputMaybe<RouteInput>;
  timeout?: InputMaybe<TimeoutInput>;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateEmbeddingsArgs = {
  input: EmbeddingsInput;
  maxCost?: InputMaybe<Scalars['Usd']['input']>;
  route?: InputMaybe<RouteInput>;
  timeout?: InputMaybe<TimeoutInput>;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateOrganizationArgs = {
  input: CreateOrganizationInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateTeamArgs = {
  input: CreateTeamInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationCreateUserArgs = {
  input: CreateUserInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationDeleteAliasArgs = {
  input: DeleteAliasInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationDeleteBudgetArgs = {
  input: DeleteBudgetInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationImportProviderCostsArgs = {
  input: ImportProviderCostsInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationPublishAliasArgs = {
  input: PublishAliasInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationRollBackAliasArgs = {
  input: RollBackAliasInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationRotateApiKeyArgs = {
  input: RotateApiKeyInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationUpdateApiKeyArgs = {
  input: UpdateApiKeyInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationUpdateBudgetArgs = {
  input: UpdateBudgetInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationUpdateOrganizationArgs = {
  input: UpdateOrganizationInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationUpdateTeamArgs = {
  input: UpdateTeamInput;
};


/** Everything that changes or costs something. The fields of one operation run one after another; what shall run in parallel goes into one list. */
export type MutationUpdateUserArgs = {
  input: UpdateUserInput;
};

/** Whatever can be found again by its id. An id is opaque, unique over the whole graph, and accepted wherever the graph asks for the id of that type. */
export type Node = {
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
};

/** One provider's way of serving a model. What is not known is null, never guessed. */
export type Offer = {
  readonly __typename?: 'Offer';
  /** What it can do; null where unknown. */
  readonly capabilities?: Maybe<ReadonlyArray<Capability>>;
  /** Tokens of prompt and answer together; null where unknown. */
  readonly contextWindow?: Maybe<Scalars['Int']['output']>;
  /** What the provider does with what it is sent; null where unknown, which satisfies no requirement. */
  readonly dataPolicies?: Maybe<ReadonlyArray<DataPolicy>>;
  /** How it has served of late, as seen by the replica that answers. */
  readonly health: OfferHealth;
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** The most tokens of one answer; null where unknown. */
  readonly maxOutputTokens?: Maybe<Scalars['Int']['output']>;
  /** The model it serves, by its slug. */
  readonly model: Scalars['ModelId']['output'];
  /** What it asks for. */
  readonly price: Price;
  /** Who serves it; null where that provider is no longer configured. */
  readonly provider?: Maybe<Provider>;
  /** The name the provider knows the model by. */
  readonly providerModel: Scalars['String']['output'];
  /** How the weights are stored, for instance `Q4_K_M`; null where unknown. */
  readonly quantization?: Maybe<Scalars['String']['output']>;
  /** Where it runs; null where unknown. */
  readonly region?: Maybe<Scalars['String']['output']>;
  /** True: a simulation, whose answers mean nothing. */
  readonly simulated: Scalars['Boolean']['output'];
  /** The name that `route` takes: `provider/slug`. */
  readonly slug: Scalars['String']['output'];
};

/** How an offer has served of late, by the calls of the replica that answers: averages in which the newest call counts a fifth. Null where it has not been tried. */
export type OfferHealth = {
  readonly __typename?: 'OfferHealth';
  /** The share of attempts that failed on its side, 0 to 1. */
  readonly errorRate?: Maybe<Scalars['Float']['output']>;
  /** Milliseconds from the question to the first token. */
  readonly firstTokenMs?: Maybe<Scalars['Int']['output']>;
  /** Milliseconds from the question to the end of the answer, where it succeeded. */
  readonly latencyMs?: Maybe<Scalars['Int']['output']>;
  /** Whether it is asked. */
  readonly state: OfferState;
  /** Output tokens a second, from the first token on. */
  readonly throughput?: Maybe<Scalars['Float']['output']>;
};

/** Whether an offer is asked. */
export type OfferState =
  /** As usual. */
  | 'CLOSED'
  /** It has been left alone for long enough: the next call tries it. */
  | 'HALF_OPEN'
  /** It has kept failing and is left alone for a while; others serve. */
  | 'OPEN';

/** What becomes of the call when its last reader has gone, whether it said so or its connection broke. */
export type OnDisconnectInput = {
  /** How long it runs on, in milliseconds. Default: the operator's, 30,000 unless changed. */
  readonly graceMs?: InputMaybe<Scalars['Int']['input']>;
  /** Whether the call runs on. */
  readonly mode: OnDisconnectMode;
};

/** Whether a call runs on that nobody reads any more. */
export type OnDisconnectMode =
  /** It is cancelled at once. */
  | 'CANCEL'
  /** It runs on for the grace period, to be resumed or attached to. */
  | 'CONTINUE';

/** What may happen to text already sent when the stream moves to another offer. */
export type OnReroute =
  /** It stands: another offer goes on where it ends, or the call fails. */
  | 'CONTINUE_ONLY'
  /** It may be replaced, which `CompletionRerouted` says. */
  | 'REPLACE';

/** What a call was for. */
export type Operation =
  /** An answer. */
  | 'COMPLETION'
  /** Vectors. */
  | 'EMBEDDING';

/** Who owns teams, keys, budgets and usage; nothing of one is seen by another. */
export type Organization = Node & {
  readonly __typename?: 'Organization';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Since when nobody of the organization is let in, with whatever key or token; null: they are. */
  readonly disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
};

/** Organizations, newest first. */
export type OrganizationConnection = {
  readonly __typename?: 'OrganizationConnection';
  /** The organizations of this page, each with its cursor. */
  readonly edges: ReadonlyArray<OrganizationEdge>;
  /** The organizations of this page. */
  readonly nodes: ReadonlyArray<Organization>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** An organization and its place. */
export type OrganizationEdge = {
  readonly __typename?: 'OrganizationEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The organization. */
  readonly node: Organization;
};

/** How a call ended. */
export type Outcome =
  /** Ended by the caller. */
  | 'CANCELLED'
  /** Ended by an error. */
  | 'FAILED'
  /** Answered. */
  | 'SUCCEEDED'
  /** The process that ran it is gone. */
  | 'UNKNOWN';

/** The form of the answer. */
export type OutputFormatInput =
  /** JSON that satisfies a schema. */
  { readonly jsonSchema: JsonSchemaInput; readonly mode?: never; }
  |  /** Text, or JSON of any form. */
  { readonly jsonSchema?: never; readonly mode: OutputMode; };

/** A picture, whole, or a piece of speech; the pieces are played one after another, or joined byte by byte. */
export type OutputMedia = {
  readonly __typename?: 'OutputMedia';
  /** Its bytes in base64. */
  readonly data: Scalars['String']['output'];
  /** For instance `image/png` or `audio/pcm`. */
  readonly mediaType: Scalars['String']['output'];
};

/** Text, or JSON of any form. */
export type OutputMode =
  /** JSON of any form. */
  | 'JSON'
  /** Text. */
  | 'TEXT';

/** Where a page of a connection stands. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** The cursor of the page's last item, for `after`; null for an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is something before this page, as far as that is known: true for every page behind the first. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the page's first item; null for an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** What an offer asks for. Null is unknown, `"0"` is free. */
export type Price = {
  readonly __typename?: 'Price';
  /** US dollars for 1,000,000 tokens of input written into the provider's cache; null: as input. */
  readonly cacheWrite?: Maybe<Scalars['Usd']['output']>;
  /** US dollars for 1,000,000 tokens of input that the provider had cached; null: as input. */
  readonly cachedInput?: Maybe<Scalars['Usd']['output']>;
  /** US dollars for 1,000,000 tokens of input. */
  readonly input?: Maybe<Scalars['Usd']['output']>;
  /** US dollars for 1,000,000 tokens of output. */
  readonly output?: Maybe<Scalars['Usd']['output']>;
  /** US dollars for 1,000,000 tokens of reasoning; null: as output. */
  readonly reasoning?: Maybe<Scalars['Usd']['output']>;
  /** US dollars for each call; null: no fee. */
  readonly request?: Maybe<Scalars['Usd']['output']>;
  /** Where the price comes from; null where there is none. */
  readonly source?: Maybe<FactSource>;
};

/** Who asks. */
export type Principal = {
  readonly __typename?: 'Principal';
  /** The id of the key, of the user or of the client token. */
  readonly id: Scalars['ID']['output'];
  /** What the credential is. */
  readonly kind: PrincipalKind;
  /** Its name. */
  readonly name: Scalars['String']['output'];
};

/** What a credential is. */
export type PrincipalKind =
  /** An API key. */
  | 'API_KEY'
  /** A short-lived token that acts under an API key. */
  | 'CLIENT_TOKEN'
  /** A token of the operator's identity provider, which says who the user is. */
  | 'USER';

/** Who answers. */
export type Provider = Node & {
  readonly __typename?: 'Provider';
  /** The wire format it speaks, for instance `openai-chat`. */
  readonly format: Scalars['String']['output'];
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** Its name for people. */
  readonly name: Scalars['String']['output'];
  /** True: a simulation, whose answers mean nothing. */
  readonly simulated: Scalars['Boolean']['output'];
  /** The name that `route` and filters take, for instance `openai`. */
  readonly slug: Scalars['String']['output'];
  /** Where the gateway knows it from. */
  readonly source: FactSource;
};

/** The names of a file's columns, as its first line has them. */
export type ProviderCostMappingInput = {
  /** The amount in US dollars: a decimal such as `12.345` or `1.2e-5`, below 0 for what is given back. It is worked out exactly; what is finer than a nanodollar is rounded to the nearest. */
  readonly amount: Scalars['String']['input'];
  /** The currency; every line must say USD. Default: all of it is in US dollars. */
  readonly currency?: InputMaybe<Scalars['String']['input']>;
  /** The day: `2026-01-31`, or the midnight at its beginning, `2026-01-31T00:00:00Z`. */
  readonly day: Scalars['String']['input'];
  /** Tokens of input. */
  readonly inputTokens?: InputMaybe<Scalars['String']['input']>;
  /** What tells lines of one day and model apart, for instance a project. Default: their order. */
  readonly key?: InputMaybe<Scalars['String']['input']>;
  /** The provider's name for the model. Default: no line names one. */
  readonly model?: InputMaybe<Scalars['String']['input']>;
  /** Tokens of output. */
  readonly outputTokens?: InputMaybe<Scalars['String']['input']>;
};

/** What a name is to stand for. */
export type PublishAliasInput = {
  /** True: nobody is to be served by it. */
  readonly disabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** The name, 1 to 100 characters without `/` and blanks. Under that of an alias of the configuration, the publication takes its place in this organization. */
  readonly name: Scalars['String']['input'];
  /** Why it is published, 1 to 1,000 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** In which organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
  /** Who is always given the same one. */
  readonly sticky?: InputMaybe<AliasStickiness>;
  /** The models that share its calls, 1 to 20 of one kind, each once. Two with the weights 95 and 5 are a canary. */
  readonly targets: ReadonlyArray<AliasTargetInput>;
};

/** The alias as it stands now. */
export type PublishAliasPayload = {
  readonly __typename?: 'PublishAliasPayload';
  /** The alias. */
  readonly alias: Alias;
};

/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type Query = {
  readonly __typename?: 'Query';
  /** What operators were told, newest first. */
  readonly alerts?: Maybe<AlertConnection>;
  /** One alias; null where there is none the caller may ask for. */
  readonly alias?: Maybe<Alias>;
  /** The aliases the caller may ask for, by name: the organization's own, and those of the configuration whose names it has not taken. */
  readonly aliases?: Maybe<AliasConnection>;
  /** The organization's keys, newest first. */
  readonly apiKeys?: Maybe<ApiKeyConnection>;
  /** What was administered, newest first. */
  readonly auditLog?: Maybe<AuditEntryConnection>;
  /** The organization's limits, newest first. */
  readonly budgets?: Maybe<BudgetConnection>;
  /** One call; null where there is none the caller may see. */
  readonly completion?: Maybe<Completion>;
  /** The calls the caller may see, newest first: its own key's, or its own where it is a user; with USAGE_READ_ALL its organization's. Texts are not kept. */
  readonly completions?: Maybe<CompletionConnection>;
  /** What a call would cost and who would answer it, worked out from the real request. */
  readonly estimate?: Maybe<Estimate>;
  /** One model; null where there is none the caller may ask for. */
  readonly model?: Maybe<Model>;
  /** The models the caller may ask for. */
  readonly models?: Maybe<ModelConnection>;
  /** Whatever has this id; null where there is no such thing, or none the caller may see. */
  readonly node?: Maybe<Node>;
  /** Whatever has these ids, in their order; null for each that does not exist or that the caller may not see. At most 100. */
  readonly nodes?: Maybe<ReadonlyArray<Maybe<Node>>>;
  /** All organizations, newest first. */
  readonly organizations?: Maybe<OrganizationConnection>;
  /** Everyone who can be asked. */
  readonly providers?: Maybe<ReadonlyArray<Provider>>;
  /** Compares what a provider has billed with what the ledger has, over all organizations: a bill does not tell them apart. */
  readonly reconciliation?: Maybe<Reconciliation>;
  /** The organization's teams, newest first. */
  readonly teams?: Maybe<TeamConnection>;
  /** What was used: by the caller's own key, or for the caller itself where it is a user; with USAGE_READ_ALL by its organization. */
  readonly usage?: Maybe<UsageReport>;
  /** Works the cost of calls out again from their tokens, at today's prices or at those they ran at. It only reads: what is booked stays. */
  readonly usageRepriced?: Maybe<RepricedUsage>;
  /** The organization's users, ordered by their id. */
  readonly users?: Maybe<UserConnection>;
  /** The caller. */
  readonly viewer?: Maybe<Viewer>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryAlertsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AlertFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryAliasArgs = {
  name: Scalars['String']['input'];
  organizationId?: InputMaybe<Scalars['ID']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryAliasesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryApiKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ApiKeyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryAuditLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditLogFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryBudgetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BudgetFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryCompletionArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryCompletionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UsageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryEstimateArgs = {
  input: CompletionInput;
  maxCost?: InputMaybe<Scalars['Usd']['input']>;
  route?: InputMaybe<RouteInput>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryModelArgs = {
  slug: Scalars['ModelId']['input'];
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryModelsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ModelFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ModelOrder>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryNodesArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryOrganizationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryReconciliationArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy?: InputMaybe<ReadonlyArray<ReconciliationDimension>>;
  provider: Scalars['String']['input'];
  range: DateRange;
  timeZone?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryTeamsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TeamFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryUsageArgs = {
  bucket?: InputMaybe<UsageBucket>;
  filter?: InputMaybe<UsageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  groupBy?: InputMaybe<ReadonlyArray<UsageDimension>>;
  range: DateTimeRange;
  timeZone?: InputMaybe<Scalars['String']['input']>;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryUsageRepricedArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  organizationId?: InputMaybe<Scalars['ID']['input']>;
  prices?: InputMaybe<RepricingBasis>;
  range: DateTimeRange;
};


/** Everything that is read. A root field answers null only together with an error, so that one failure takes no other answer along. */
export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** How a limit stands now. */
export type Quota = {
  readonly __typename?: 'Quota';
  /** The limit. */
  readonly budget: Budget;
  /** What is reserved for calls under way; of the window MINUTE, for those admitted in the last 60 seconds. */
  readonly held: Scalars['Amount']['output'];
  /** The most that may be used in this period. */
  readonly limit: Scalars['Amount']['output'];
  /** What is counted. */
  readonly meter: Meter;
  /** When it begins anew; null: never. Of the window MINUTE: when all that is used now no longer counts; null: nothing is used. */
  readonly resetsAt?: Maybe<Scalars['DateTime']['output']>;
  /** What was used in it, over all replicas as far as this one knows; of the window MINUTE, in the last 60 seconds. */
  readonly used: Scalars['Amount']['output'];
};

/** What the model thought. */
export type Reasoning = {
  readonly __typename?: 'Reasoning';
  /** The provider's seal on this thought, which must go back to it unchanged. A thought that the provider shows nobody has an empty text. */
  readonly signature?: Maybe<Scalars['String']['output']>;
  /** The thought. */
  readonly text: Scalars['String']['output'];
};

/** How much the model thinks before it answers. */
export type ReasoningEffort =
  /** Much. */
  | 'HIGH'
  /** A little. */
  | 'LOW'
  /** Some. */
  | 'MEDIUM'
  /** As little as it can. */
  | 'MINIMAL'
  /** Not at all. */
  | 'NONE';

/** What the model thought. */
export type ReasoningInput = {
  /** The provider's seal on this thought, which must go back to it unchanged. A thought that the provider shows nobody has an empty text. */
  readonly signature?: InputMaybe<Scalars['String']['input']>;
  /** The thought. */
  readonly text: Scalars['String']['input'];
};

/** What the model thought. */
export type ReasoningPart = {
  readonly __typename?: 'ReasoningPart';
  /** The thought. */
  readonly reasoning: Reasoning;
};

/** A provider's bill beside the ledger. */
export type Reconciliation = {
  readonly __typename?: 'Reconciliation';
  /** The provider's slug. */
  readonly provider: Scalars['String']['output'];
  /** How many rows there are, beyond `first` too. */
  readonly rowCount: Scalars['Count']['output'];
  /** One for each combination of what it is grouped by: by day, then by model. */
  readonly rows: ReadonlyArray<ReconciliationRow>;
  /** The zone whose days both sides are counted by. */
  readonly timeZone: Scalars['String']['output'];
  /** All of it. */
  readonly totals: ReconciliationRow;
};

/** What a provider's bill and the ledger are told apart by. */
export type ReconciliationDimension =
  /** The day, of the provider's calendar. */
  | 'DAY'
  /** The model. */
  | 'MODEL';

/** One comparison. An attempt counts on the day on which it began, under the first of its names that the bill has: that by which the provider answered, that by which it was asked, the model's slug, the slug without its vendor. */
export type ReconciliationRow = {
  readonly __typename?: 'ReconciliationRow';
  /** Attempts in the ledger that were billed. */
  readonly attempts: Scalars['Count']['output'];
  /** What the provider has billed, in US dollars; below 0 where it has given back; null: nothing. */
  readonly billed?: Maybe<Scalars['Usd']['output']>;
  /** Tokens of input and output on the bill; null where it does not say. */
  readonly billedTokens?: Maybe<Scalars['Count']['output']>;
  /** What the ledger has, in US dollars, attempts of unknown price left out; null: nothing. */
  readonly booked?: Maybe<Scalars['Usd']['output']>;
  /** Tokens of input and output in the ledger; null: no attempts. */
  readonly bookedTokens?: Maybe<Scalars['Count']['output']>;
  /** The day; null where it is not grouped by that. */
  readonly day?: Maybe<Scalars['Date']['output']>;
  /** What is billed beyond what is booked, in US dollars; below 0: less. Null where one side is missing. */
  readonly difference?: Maybe<Scalars['Usd']['output']>;
  /** The difference in percent of what is billed, to four decimal places. Null where one side is missing, or nothing is billed. */
  readonly differencePercent?: Maybe<Scalars['Float']['output']>;
  /** The model, by the provider's name; null where it is not grouped by that, or where the bill names none. */
  readonly model?: Maybe<Scalars['String']['output']>;
  /** Which side has something. */
  readonly status: ReconciliationStatus;
  /** Those of them whose end is not known, and that are booked at what was held for them. */
  readonly unknown: Scalars['Count']['output'];
  /** Those of them whose price is not known, and that are not in `booked`. */
  readonly unpriced: Scalars['Count']['output'];
};

/** Which side has something. */
export type ReconciliationStatus =
  /** Both. */
  | 'MATCHED'
  /** The provider alone: calls past this gateway, fees, or names that do not meet. */
  | 'ONLY_BILLED'
  /** The ledger alone: not billed yet, not imported, or names that do not meet. */
  | 'ONLY_BOOKED';

/** The model refused. */
export type RefusalPart = {
  readonly __typename?: 'RefusalPart';
  /** The words in which it refused. */
  readonly refusal: Scalars['String']['output'];
};

/** The attempts that one offer was billed for. */
export type RepricedRow = {
  readonly __typename?: 'RepricedRow';
  /** The model's slug. */
  readonly model: Scalars['ModelId']['output'];
  /** The offer's slug, `provider/model`. */
  readonly offer: Scalars['String']['output'];
  /** The provider's slug. */
  readonly provider: Scalars['String']['output'];
  /** All of it. */
  readonly totals: RepricedTotals;
};

/** Sums over attempts that were billed. */
export type RepricedTotals = {
  readonly __typename?: 'RepricedTotals';
  /** Attempts. */
  readonly attempts: Scalars['Count']['output'];
  /** What the ledger has for them, in US dollars; attempts of unknown price are not in it. */
  readonly booked: Scalars['Usd']['output'];
  /** Attempts that are not in `booked`, because no price was known. */
  readonly bookedUnpriced: Scalars['Count']['output'];
  /** What they would cost beyond what is booked, in US dollars; below 0: less. */
  readonly difference: Scalars['Usd']['output'];
  /** Attempts whose two amounts are not the same. */
  readonly different: Scalars['Count']['output'];
  /** What they would cost, in US dollars; an attempt whose end is not known stays at what was held for it, the part of a provider's call that callers share changes in proportion, and attempts of unknown price are not in it. */
  readonly repriced: Scalars['Usd']['output'];
  /** Attempts that are not in `repriced`, because no price is known. */
  readonly repricedUnpriced: Scalars['Count']['output'];
};

/** What calls would cost at given prices. */
export type RepricedUsage = {
  readonly __typename?: 'RepricedUsage';
  /** How many rows there are, beyond `first` too. */
  readonly rowCount: Scalars['Count']['output'];
  /** One for each offer, the largest booked cost first. */
  readonly rows: ReadonlyArray<RepricedRow>;
  /** All of it. */
  readonly totals: RepricedTotals;
};

/** At which prices calls are worked out again. */
export type RepricingBasis =
  /** What each offer asks for now. */
  | 'CURRENT'
  /** What each attempt ran at: the ledger's own amounts must come out. */
  | 'SNAPSHOT';

/** Which key is revoked. */
export type RevokeApiKeyInput = {
  /** The key's id. */
  readonly id: Scalars['ID']['input'];
};

/** The key that was revoked. */
export type RevokeApiKeyPayload = {
  readonly __typename?: 'RevokeApiKeyPayload';
  /** The key. */
  readonly apiKey: ApiKey;
};

/** Who speaks. */
export type Role =
  /** The model. */
  | 'ASSISTANT'
  /** The application's instructions, where a model knows them apart from the operator's. */
  | 'DEVELOPER'
  /** The operator's instructions. */
  | 'SYSTEM'
  /** A tool, answering a call of the model. */
  | 'TOOL'
  /** The person. */
  | 'USER';

/** What is brought back. */
export type RollBackAliasInput = {
  /** The alias's name; also one that was deleted. */
  readonly name: Scalars['String']['input'];
  /** Why it is brought back, 1 to 1,000 characters. */
  readonly note?: InputMaybe<Scalars['String']['input']>;
  /** In which organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
  /** The version whose models, weights and switches are to hold again. That is published as a new version. */
  readonly to: Scalars['Int']['input'];
};

/** The alias as it stands now. */
export type RollBackAliasPayload = {
  readonly __typename?: 'RollBackAliasPayload';
  /** The alias. */
  readonly alias: Alias;
};

/** Which key gets a new secret. */
export type RotateApiKeyInput = {
  /** The key's id. */
  readonly id: Scalars['ID']['input'];
  /** Seconds from now for which its older secrets still work, 0 to 2592000 (30 days). */
  readonly overlapSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** The key with its new secret. */
export type RotateApiKeyPayload = {
  readonly __typename?: 'RotateApiKeyPayload';
  /** The key. */
  readonly apiKey: ApiKey;
  /** The new secret. It is shown here and never again. */
  readonly secret: Scalars['String']['output'];
};

/** Which of several offers a routed field takes when nobody says otherwise. */
export type RouteDefault =
  /** The offer with the lowest price. */
  | 'CHEAPEST';

/** How the offer is chosen. What is not given is taken from `@route` on the field, then on the operation, then from the operator. */
export type RouteInput = {
  /** Models that are tried, in this order, when none of the asked one's offers can serve. */
  readonly fallbacks?: InputMaybe<ReadonlyArray<Scalars['ModelId']['input']>>;
  /** Slugs of providers or offers that are never tried. */
  readonly ignore?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The most an offer may ask for. */
  readonly maxPrice?: InputMaybe<MaxPriceInput>;
  /** Slugs of providers or offers; nothing else is tried. */
  readonly only?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Slugs of providers or offers, tried first and in this order; the others follow. */
  readonly order?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** True: an offer that does not know a parameter of the call is left out; false: the parameter is dropped with a warning. */
  readonly requireParameters?: InputMaybe<Scalars['Boolean']['input']>;
  /** What offers are ordered by. */
  readonly sort?: InputMaybe<RouteSort>;
};

/** What offers are ordered by. */
export type RouteSort =
  /** Price, latency and throughput weighed together. */
  | 'BALANCED'
  /** The soonest first token first. */
  | 'LATENCY'
  /** The lowest price first. */
  | 'PRICE'
  /** The most tokens a second first. */
  | 'THROUGHPUT';

/**
 * How a JSON schema was asked for. Whichever it was, an answer that does not satisfy the schema is UPSTREAM_MALFORMED, but for a native one,
 * whose provider has seen to it.
 */
export type SchemaMethod =
  /** In the provider's own field for schemas. */
  | 'NATIVE'
  /** In words, because the provider has neither. */
  | 'PROMPT'
  /** As the arguments of the one tool that had to be called. */
  | 'TOOL';

/** What a credential may do. */
export type Scope =
  /** Set the user a call is made for. */
  | 'ACT_FOR_USERS'
  /** Everything, including organizations and teams. */
  | 'ADMIN'
  /** See the alerts of the organization; held by who holds KEYS_MANAGE or USAGE_READ_ALL. */
  | 'ALERTS_READ'
  /** See what was administered in the organization, and by whom. */
  | 'AUDIT_READ'
  /** Make, stream, resume and cancel completions. */
  | 'COMPLETIONS_WRITE'
  /** Make embeddings. */
  | 'EMBEDDINGS_WRITE'
  /** Make, change and revoke API keys, users and budgets of the organization. */
  | 'KEYS_MANAGE'
  /** Read the metrics of the process at `/metrics`, which tell of all organizations together. */
  | 'METRICS_READ'
  /** Publish, roll back and delete aliases of the organization, and see their history. */
  | 'MODELS_MANAGE'
  /** See models, providers, offers, prices and estimates. */
  | 'MODELS_READ'
  /** See the usage and the calls of one's own key, or of oneself. */
  | 'USAGE_READ'
  /** With USAGE_READ: see the usage and the calls of the whole organization. */
  | 'USAGE_READ_ALL';

/** What is told as it happens. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Alerts as they are raised, on whichever replica. Who reads so slowly that some would be left out is told STREAM_EXPIRED, and it ends; `alerts` lists what was missed. */
  readonly alerts: Alert;
  /** Asks a model and tells the answer as it is written. */
  readonly completionStream: CompletionEvent;
  /** Asks several times in parallel and tells all answers as they are written: `completionId` says whose event it is. When one call cannot be started, none is. */
  readonly completionStreams: CompletionEvent;
  /** The caller's limits as they change: first how each stands now, then each that has changed, no oftener than every quarter second. What other replicas use is told within about a second. */
  readonly quotaChanged: Quota;
  /** Tells a call's events again from a place, and goes on with those to come. Only who started it may. */
  readonly resumeCompletion: CompletionEvent;
};


/** What is told as it happens. */
export type SubscriptionAlertsArgs = {
  filter?: InputMaybe<AlertFilter>;
};


/** What is told as it happens. */
export type SubscriptionCompletionStreamArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  coalesceMs?: InputMaybe<Scalars['Int']['input']>;
  input: CompletionInput;
  maxCost?: InputMaybe<Scalars['Usd']['input']>;
  route?: InputMaybe<RouteInput>;
  timeout?: InputMaybe<TimeoutInput>;
};


/** What is told as it happens. */
export type SubscriptionCompletionStreamsArgs = {
  coalesceMs?: InputMaybe<Scalars['Int']['input']>;
  inputs: ReadonlyArray<CompletionInput>;
  maxCost?: InputMaybe<Scalars['Usd']['input']>;
  route?: InputMaybe<RouteInput>;
  timeout?: InputMaybe<TimeoutInput>;
};


/** What is told as it happens. */
export type SubscriptionResumeCompletionArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

/** A name and a value on a call, for usage and budgets. */
export type Tag = {
  readonly __typename?: 'Tag';
  /** The name. */
  readonly name: Scalars['String']['output'];
  /** The value. */
  readonly value: Scalars['String']['output'];
};

/** A name and a value on a call, for usage and budgets. A call takes at most 16. */
export type TagInput = {
  /** Begins with a letter and has up to 64 letters, digits, `_`, `.` or `-`. */
  readonly name: Scalars['String']['input'];
  /** 1 to 256 characters. */
  readonly value: Scalars['String']['input'];
};

/** A part of an organization, which keys belong to. */
export type Team = Node & {
  readonly __typename?: 'Team';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Since when nobody is let in with a key of the team or a token that places them in it; null: they are. */
  readonly disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** The id, unique over all types. */
  readonly id: Scalars['ID']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** The organization it is a part of. */
  readonly organization: Organization;
};

/** Teams, newest first. */
export type TeamConnection = {
  readonly __typename?: 'TeamConnection';
  /** The teams of this page, each with its cursor. */
  readonly edges: ReadonlyArray<TeamEdge>;
  /** The teams of this page. */
  readonly nodes: ReadonlyArray<Team>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A team and its place. */
export type TeamEdge = {
  readonly __typename?: 'TeamEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The team. */
  readonly node: Team;
};

/** Which teams. */
export type TeamFilter = {
  /** Of which organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
};

/** A text. */
export type TextPart = {
  readonly __typename?: 'TextPart';
  /** The text. */
  readonly text: Scalars['String']['output'];
};

/** How long a call may take, in milliseconds. What is not given is taken from `@timeout` on the field, then on the operation, then from the operator. */
export type TimeoutInput = {
  /** Milliseconds from the start of an attempt to its first token. */
  readonly firstTokenMs?: InputMaybe<Scalars['Int']['input']>;
  /** Milliseconds between two reads from the provider. */
  readonly idleMs?: InputMaybe<Scalars['Int']['input']>;
  /** Milliseconds for the whole call with all its attempts. */
  readonly totalMs?: InputMaybe<Scalars['Int']['input']>;
};

/** When a call began and how long it took. */
export type Timing = {
  readonly __typename?: 'Timing';
  /** Milliseconds from there to the end. */
  readonly durationMs: Scalars['Int']['output'];
  /** Milliseconds from there to the first token; null where there was none. */
  readonly firstTokenMs?: Maybe<Scalars['Int']['output']>;
  /** When it began. */
  readonly startedAt: Scalars['DateTime']['output'];
};

/** A token that might have come. */
export type TokenAlternative = {
  readonly __typename?: 'TokenAlternative';
  /** The natural logarithm of its probability. */
  readonly logprob: Scalars['Float']['output'];
  /** The token. */
  readonly token: Scalars['String']['output'];
};

/** Sums of tokens. */
export type TokenCounts = {
  readonly __typename?: 'TokenCounts';
  /** Those of the input that the provider had cached. */
  readonly cachedInput: Scalars['Count']['output'];
  /** Tokens of input, cached ones included. */
  readonly input: Scalars['Count']['output'];
  /** Tokens of output, reasoning included. */
  readonly output: Scalars['Count']['output'];
  /** Those of the output that were reasoning. */
  readonly reasoning: Scalars['Count']['output'];
};

/** The probability of a token. */
export type TokenLogprob = {
  readonly __typename?: 'TokenLogprob';
  /** The natural logarithm of its probability. */
  readonly logprob: Scalars['Float']['output'];
  /** The token. */
  readonly token: Scalars['String']['output'];
  /** The likeliest tokens in its place. */
  readonly top: ReadonlyArray<TokenAlternative>;
};

/** Tokens. Null is not reported, 0 is none. */
export type TokenUsage = {
  readonly __typename?: 'TokenUsage';
  /** Who counted. */
  readonly basis: UsageBasis;
  /** Those of the input that were written into the provider's cache. */
  readonly cacheWriteTokens?: Maybe<Scalars['Int']['output']>;
  /** Those of the input that the provider had cached. */
  readonly cachedInputTokens?: Maybe<Scalars['Int']['output']>;
  /** Tokens of input, cached and cache-written ones included. */
  readonly inputTokens?: Maybe<Scalars['Int']['output']>;
  /** Tokens of output, reasoning included. */
  readonly outputTokens?: Maybe<Scalars['Int']['output']>;
  /** Those of the output that were reasoning. */
  readonly reasoningTokens?: Maybe<Scalars['Int']['output']>;
};

/** A call of a tool that the model made. */
export type ToolCall = {
  readonly __typename?: 'ToolCall';
  /** The arguments as the model wrote them: the text of a JSON object. */
  readonly arguments: Scalars['String']['output'];
  /** The call's id, as the model gave it. */
  readonly id: Scalars['String']['output'];
  /** The tool's name. */
  readonly name: Scalars['String']['output'];
};

/** A fragment of a tool call. */
export type ToolCallDelta = {
  readonly __typename?: 'ToolCallDelta';
  /** More of the arguments' JSON text, to be joined in order. */
  readonly arguments: Scalars['String']['output'];
  /** The call's id; comes with its first fragment. */
  readonly id?: Maybe<Scalars['String']['output']>;
  /** Which call of this answer, from 0. */
  readonly index: Scalars['Int']['output'];
  /** The tool's name; comes with its first fragment. */
  readonly name?: Maybe<Scalars['String']['output']>;
};

/** A call of a tool that the model made. */
export type ToolCallInput = {
  /** The arguments as the model wrote them: the text of a JSON object. */
  readonly arguments: Scalars['String']['input'];
  /** The call's id, as the model gave it. */
  readonly id: Scalars['String']['input'];
  /** The tool's name. */
  readonly name: Scalars['String']['input'];
};

/** A call of a tool that the model made. */
export type ToolCallPart = {
  readonly __typename?: 'ToolCallPart';
  /** The call. */
  readonly toolCall: ToolCall;
};

/** Whether and which tool is called. */
export type ToolChoiceInput =
  /** Whether a tool is called. */
  { readonly mode: ToolChoiceMode; readonly tool?: never; }
  |  /** The name of the one tool that must be called. */
  { readonly mode?: never; readonly tool: Scalars['String']['input']; };

/** Whether a tool is called. */
export type ToolChoiceMode =
  /** The model decides. */
  | 'AUTO'
  /** None is called. */
  | 'NONE'
  /** At least one is called. */
  | 'REQUIRED';

/** What the model may call. */
export type ToolInput = {
  /** What it is for. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** Its name: 1 to 128 letters, digits, `_`, `.` or `-`. */
  readonly name: Scalars['String']['input'];
  /** JSON Schema of its arguments, an object. Default: no arguments. */
  readonly parameters?: InputMaybe<Scalars['JSON']['input']>;
  /** Whether the arguments must satisfy the schema. Default: the provider's. */
  readonly strict?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What a tool answered. */
export type ToolResult = {
  readonly __typename?: 'ToolResult';
  /** True: the tool failed. */
  readonly isError: Scalars['Boolean']['output'];
  /** The answer. */
  readonly parts: ReadonlyArray<MessagePart>;
  /** The id of the call it answers. */
  readonly toolCallId: Scalars['String']['output'];
};

/** What a tool answered. */
export type ToolResultInput = {
  /** True: the tool failed, and the parts say how. Default: false. */
  readonly isError?: InputMaybe<Scalars['Boolean']['input']>;
  /** The answer. */
  readonly parts: ReadonlyArray<MessagePartInput>;
  /** The id of the call it answers. */
  readonly toolCallId: Scalars['String']['input'];
};

/** What a tool answered. */
export type ToolResultPart = {
  readonly __typename?: 'ToolResultPart';
  /** The answer. */
  readonly toolResult: ToolResult;
};

/** What is to be changed; what is not given stays. */
export type UpdateApiKeyInput = {
  /** The IP addresses it may be used from, and ranges of them; null: all. */
  readonly allowedAddresses?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The models it may ask for, by slug or alias; null: all. */
  readonly allowedModels?: InputMaybe<ReadonlyArray<Scalars['ModelId']['input']>>;
  /** How its calls may be made, instead of all that was said of it; null: as they say. */
  readonly directives?: InputMaybe<KeyDirectivesInput>;
  /** True switches it off: it is refused until it is switched on again. */
  readonly disabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** When its time is over; null: never. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The key's id. */
  readonly id: Scalars['ID']['input'];
  /** What it is filed by, instead of all that it was; null: nothing. */
  readonly labels?: InputMaybe<ReadonlyArray<KeyLabelInput>>;
  /** Its name, 1 to 200 characters. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** What it may do: nothing that the caller may not. */
  readonly scopes?: InputMaybe<ReadonlyArray<Scope>>;
};

/** The key that was changed. */
export type UpdateApiKeyPayload = {
  readonly __typename?: 'UpdateApiKeyPayload';
  /** The key. */
  readonly apiKey: ApiKey;
};

/** What is to be changed; what is not given stays. What was used stays used: a limit below it admits nothing further. */
export type UpdateBudgetInput = {
  /** The limit's id. */
  readonly id: Scalars['ID']['input'];
  /** The most that may be used in one period. */
  readonly limit?: InputMaybe<BudgetLimitInput>;
  /** What happens at the limit. */
  readonly policy?: InputMaybe<BudgetPolicy>;
  /** False: from the next call on it refuses what exceeds it. */
  readonly shadow?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The limit that was changed. */
export type UpdateBudgetPayload = {
  readonly __typename?: 'UpdateBudgetPayload';
  /** The limit. */
  readonly budget: Budget;
};

/** What is to be changed. */
export type UpdateOrganizationInput = {
  /** True: from now on nobody of the organization is let in, with whatever key or token; false: they are again. Not one's own (CONFLICT). Default: as it is. */
  readonly disabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** The organization's id. */
  readonly id: Scalars['ID']['input'];
  /** Its name, 1 to 200 characters. Default: as it is. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** The organization that was changed. */
export type UpdateOrganizationPayload = {
  readonly __typename?: 'UpdateOrganizationPayload';
  /** The organization. */
  readonly organization: Organization;
};

/** What is to be changed. */
export type UpdateTeamInput = {
  /** True: from now on nobody is let in with a key of the team or a token that places them in it; false: they are again. Not that of the own key (CONFLICT). Default: as it is. */
  readonly disabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** The team's id. */
  readonly id: Scalars['ID']['input'];
  /** Its name, 1 to 200 characters. Default: as it is. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** The team that was changed. */
export type UpdateTeamPayload = {
  readonly __typename?: 'UpdateTeamPayload';
  /** The team. */
  readonly team: Team;
};

/** What is to be changed. */
export type UpdateUserInput = {
  /** True: from now on neither the user's tokens nor its keys are let in; false: they are again. Default: as it is. */
  readonly disabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** The user's id. */
  readonly id: Scalars['ID']['input'];
  /** The name, for people, 1 to 200 characters. Default: as it is. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** The organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
};

/** The user that was changed. */
export type UpdateUserPayload = {
  readonly __typename?: 'UpdateUserPayload';
  /** The user. */
  readonly user: User;
};

/** Who counted the tokens. */
export type UsageBasis =
  /** The gateway, because the provider reported none. */
  | 'ESTIMATED'
  /** The provider. */
  | 'MEASURED';

/** The spans of time that points are made of. */
export type UsageBucket =
  /** Days of the time zone. */
  | 'DAY'
  /** Hours. */
  | 'HOUR'
  /** Months of the time zone. */
  | 'MONTH'
  /** Weeks of the time zone, from Monday. */
  | 'WEEK';

/** What usage is told apart by. */
export type UsageDimension =
  /** The key that asked. */
  | 'API_KEY'
  /** The model that answered. */
  | 'MODEL'
  /** Completion or embedding. */
  | 'OPERATION'
  /** How the call ended. */
  | 'OUTCOME'
  /** The provider that answered. */
  | 'PROVIDER'
  /** Whether a simulation answered. */
  | 'SIMULATED'
  /** The key's team. */
  | 'TEAM'
  /** The principal's user. */
  | 'USER';

/** Which calls; only what is given restricts. */
export type UsageFilter = {
  /** These keys. */
  readonly apiKeyIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** These models, by slug. */
  readonly models?: InputMaybe<ReadonlyArray<Scalars['ModelId']['input']>>;
  /** These operations. */
  readonly operations?: InputMaybe<ReadonlyArray<Operation>>;
  /** Calls that ended so. */
  readonly outcomes?: InputMaybe<ReadonlyArray<Outcome>>;
  /** These providers, by slug. */
  readonly providers?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** True: simulations only; false: none. */
  readonly simulated?: InputMaybe<Scalars['Boolean']['input']>;
  /** Keys of these teams. */
  readonly teamIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  /** These users. */
  readonly userIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** What a group has in common. Null where it is not grouped by that, or where it was not set. */
export type UsageKey = {
  readonly __typename?: 'UsageKey';
  /** The key's id. */
  readonly apiKey?: Maybe<Scalars['ID']['output']>;
  /** The model's slug. */
  readonly model?: Maybe<Scalars['ModelId']['output']>;
  /** What the calls were for. */
  readonly operation?: Maybe<Operation>;
  /** How they ended. */
  readonly outcome?: Maybe<Outcome>;
  /** The provider's slug. */
  readonly provider?: Maybe<Scalars['String']['output']>;
  /** Whether a simulation answered. */
  readonly simulated?: Maybe<Scalars['Boolean']['output']>;
  /** The team's id. */
  readonly team?: Maybe<Scalars['ID']['output']>;
  /** The user's id. */
  readonly user?: Maybe<Scalars['ID']['output']>;
};

/** Sums over the calls of a span of time. */
export type UsagePoint = {
  readonly __typename?: 'UsagePoint';
  /** Where the span begins. */
  readonly at: Scalars['DateTime']['output'];
  /** What they cost, in US dollars; calls of unknown price are not in it. */
  readonly cost: Scalars['Usd']['output'];
  /** Those of them that failed. */
  readonly errors: Scalars['Count']['output'];
  /** Calls. */
  readonly requests: Scalars['Count']['output'];
  /** Tokens. */
  readonly tokens: TokenCounts;
};

/** What was used in a range of time. */
export type UsageReport = {
  readonly __typename?: 'UsageReport';
  /** Up to when every call of this replica is counted; those of others are at most a second behind. */
  readonly asOf: Scalars['DateTime']['output'];
  /** How many rows there are, beyond `first` too. */
  readonly rowCount: Scalars['Count']['output'];
  /** One for each combination of what it is grouped by, the largest cost first. */
  readonly rows: ReadonlyArray<UsageRow>;
  /** All of it. */
  readonly totals: UsageTotals;
};

/** The usage of one group. */
export type UsageRow = {
  readonly __typename?: 'UsageRow';
  /** Which group. */
  readonly key: UsageKey;
  /** The same over time; empty where no `bucket` was asked for. */
  readonly points: ReadonlyArray<UsagePoint>;
  /** All of it. */
  readonly totals: UsageTotals;
};

/** Sums over calls. */
export type UsageTotals = {
  readonly __typename?: 'UsageTotals';
  /** What they cost, in US dollars; calls of unknown price are not in it. */
  readonly cost: Scalars['Usd']['output'];
  /** Those of them that failed. */
  readonly errors: Scalars['Count']['output'];
  /** Calls. */
  readonly requests: Scalars['Count']['output'];
  /** Tokens. */
  readonly tokens: TokenCounts;
};

/** Somebody calls are made for: whose usage is counted, and for whom there may be limits. */
export type User = {
  readonly __typename?: 'User';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Since when the user is not let in, neither by a token nor by a key of its own; null: it is. */
  readonly disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** The id: the same wherever the organization calls somebody by this name. */
  readonly id: Scalars['ID']['output'];
  /** The name, for people. */
  readonly name: Scalars['String']['output'];
  /** The organization whose user it is. */
  readonly organization: Organization;
};

/** Users, ordered by their id. */
export type UserConnection = {
  readonly __typename?: 'UserConnection';
  /** The users of this page, each with its cursor. */
  readonly edges: ReadonlyArray<UserEdge>;
  /** The users of this page. */
  readonly nodes: ReadonlyArray<User>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A user and its place. */
export type UserEdge = {
  readonly __typename?: 'UserEdge';
  /** The place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The user. */
  readonly node: User;
};

/** Which users. */
export type UserFilter = {
  /** Of which organization. Default: the caller's own. */
  readonly organizationId?: InputMaybe<Scalars['ID']['input']>;
};

/** How vectors are written. */
export type VectorEncoding =
  /** As base64 of 32-bit little-endian floats: less than half the bytes. */
  | 'BASE64'
  /** As lists of numbers. */
  | 'FLOAT';

/** The caller and what it may do. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /** The caller's organization. */
  readonly organization: Organization;
  /** Who asks. */
  readonly principal: Principal;
  /** Every limit that covers the caller, whatever the model and the tags. */
  readonly quotas: ReadonlyArray<Quota>;
  /** What the caller may do. */
  readonly scopes: ReadonlyArray<Scope>;
  /** The caller's team. */
  readonly team: Team;
};

/** What a shadow limit would have refused. */
export type WouldRefuse = {
  readonly __typename?: 'WouldRefuse';
  /** What that would have reserved. */
  readonly amount: Scalars['Amount']['output'];
  /** How often: once a call for calls and places, once an attempt for tokens and money. */
  readonly count: Scalars['Count']['output'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CompletionEvent:
    | ( DomainCompletionEvent )
    | ( DomainCompletionEvent )
    | ( DomainCompletionEvent )
    | ( DomainCompletionEvent )
    | ( DomainCompletionEvent )
  ;
  CompletionResult:
    | ( DomainCompletion )
    | ( GraphCompletionFailure )
  ;
  MessagePart:
    | ( AudioPart )
    | ( CacheControlPart )
    | ( FilePart )
    | ( ImagePart )
    | ( ReasoningPart )
    | ( RefusalPart )
    | ( TextPart )
    | ( ToolCallPart )
    | ( Omit<ToolResultPart, 'toolResult'> & { toolResult: _RefType['ToolResult'] } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( DomainApiKey )
    | ( DomainBudget )
    | ( DomainCompletion )
    | ( DomainModel )
    | ( DomainOrganization )
    | ( DomainProvider )
    | ( DomainTeam )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Alert: ResolverTypeWrapper<DomainAlert>;
  AlertConnection: ResolverTypeWrapper<Omit<AlertConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AlertEdge']>, nodes: ReadonlyArray<ResolversTypes['Alert']> }>;
  AlertDelivery: ResolverTypeWrapper<DomainAlertDelivery>;
  AlertDeliveryState: AlertDeliveryState;
  AlertEdge: ResolverTypeWrapper<Omit<AlertEdge, 'node'> & { node: ResolversTypes['Alert'] }>;
  AlertFilter: AlertFilter;
  AlertKind: AlertKind;
  Alias: ResolverTypeWrapper<DomainAlias>;
  AliasConnection: ResolverTypeWrapper<Omit<AliasConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AliasEdge']>, nodes: ReadonlyArray<ResolversTypes['Alias']> }>;
  AliasEdge: ResolverTypeWrapper<Omit<AliasEdge, 'node'> & { node: ResolversTypes['Alias'] }>;
  AliasSource: AliasSource;
  AliasStickiness: AliasStickiness;
  AliasTarget: ResolverTypeWrapper<AliasTarget>;
  AliasTargetInput: AliasTargetInput;
  AliasVersion: ResolverTypeWrapper<DomainAliasVersion>;
  AliasVersionConnection: ResolverTypeWrapper<Omit<AliasVersionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AliasVersionEdge']>, nodes: ReadonlyArray<ResolversTypes['AliasVersion']> }>;
  AliasVersionEdge: ResolverTypeWrapper<Omit<AliasVersionEdge, 'node'> & { node: ResolversTypes['AliasVersion'] }>;
  Alternative: ResolverTypeWrapper<DomainAlternative>;
  Amount: ResolverTypeWrapper<Scalars['Amount']['output']>;
  ApiKey: ResolverTypeWrapper<DomainApiKey>;
  ApiKeyConnection: ResolverTypeWrapper<Omit<ApiKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversTypes['ApiKey']> }>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  ApiKeyFilter: ApiKeyFilter;
  ApiKeyStatus: ApiKeyStatus;
  Attempt: ResolverTypeWrapper<DomainAttempt>;
  AttemptOutcome: AttemptOutcome;
  Audio: ResolverTypeWrapper<Audio>;
  AudioInput: AudioInput;
  AudioOutputInput: AudioOutputInput;
  AudioPart: ResolverTypeWrapper<AudioPart>;
  AuditAction: AuditAction;
  AuditActor: ResolverTypeWrapper<DomainAuditActor>;
  AuditActorKind: AuditActorKind;
  AuditEntry: ResolverTypeWrapper<DomainAuditEntry>;
  AuditEntryConnection: ResolverTypeWrapper<Omit<AuditEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AuditEntryEdge']>, nodes: ReadonlyArray<ResolversTypes['AuditEntry']> }>;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  AuditLogFilter: AuditLogFilter;
  AuditSubject: ResolverTypeWrapper<AuditSubject>;
  AuditSubjectType: AuditSubjectType;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Budget: ResolverTypeWrapper<DomainBudget>;
  BudgetConnection: ResolverTypeWrapper<Omit<BudgetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['BudgetEdge']>, nodes: ReadonlyArray<ResolversTypes['Budget']> }>;
  BudgetEdge: ResolverTypeWrapper<Omit<BudgetEdge, 'node'> & { node: ResolversTypes['Budget'] }>;
  BudgetFilter: BudgetFilter;
  BudgetLimitInput: BudgetLimitInput;
  BudgetPolicy: BudgetPolicy;
  BudgetScope: ResolverTypeWrapper<BudgetScope>;
  BudgetScopeInput: BudgetScopeInput;
  BudgetWindow: BudgetWindow;
  CacheControl: ResolverTypeWrapper<CacheControl>;
  CacheControlInput: CacheControlInput;
  CacheControlPart: ResolverTypeWrapper<CacheControlPart>;
  CacheLifetime: CacheLifetime;
  CancelCompletionInput: CancelCompletionInput;
  CancelCompletionPayload: ResolverTypeWrapper<CancelCompletionPayload>;
  Capability: Capability;
  Citation: ResolverTypeWrapper<Citation>;
  ClientTokenLimitsInput: ClientTokenLimitsInput;
  Completion: ResolverTypeWrapper<DomainCompletion>;
  CompletionConnection: ResolverTypeWrapper<Omit<CompletionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['CompletionEdge']>, nodes: ReadonlyArray<ResolversTypes['Completion']> }>;
  CompletionDelta: ResolverTypeWrapper<DomainCompletionEvent>;
  CompletionEdge: ResolverTypeWrapper<Omit<CompletionEdge, 'node'> & { node: ResolversTypes['Completion'] }>;
  CompletionError: ResolverTypeWrapper<DomainCompletionError>;
  CompletionEvent: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CompletionEvent']>;
  CompletionFailed: ResolverTypeWrapper<DomainCompletionEvent>;
  CompletionFailure: ResolverTypeWrapper<GraphCompletionFailure>;
  CompletionFinished: ResolverTypeWrapper<DomainCompletionEvent>;
  CompletionInput: CompletionInput;
  CompletionRerouted: ResolverTypeWrapper<DomainCompletionEvent>;
  CompletionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CompletionResult']>;
  CompletionStarted: ResolverTypeWrapper<DomainCompletionEvent>;
  CompletionState: CompletionState;
  ConsideredOffer: ResolverTypeWrapper<DomainConsideredOffer>;
  Cost: ResolverTypeWrapper<DomainCost>;
  Count: ResolverTypeWrapper<Scalars['Count']['output']>;
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: ResolverTypeWrapper<Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  CreateBudgetInput: CreateBudgetInput;
  CreateBudgetPayload: ResolverTypeWrapper<Omit<CreateBudgetPayload, 'budget'> & { budget: ResolversTypes['Budget'] }>;
  CreateClientTokenInput: CreateClientTokenInput;
  CreateClientTokenPayload: ResolverTypeWrapper<CreateClientTokenPayload>;
  CreateOrganizationInput: CreateOrganizationInput;
  CreateOrganizationPayload: ResolverTypeWrapper<Omit<CreateOrganizationPayload, 'organization'> & { organization: ResolversTypes['Organization'] }>;
  CreateTeamInput: CreateTeamInput;
  CreateTeamPayload: ResolverTypeWrapper<Omit<CreateTeamPayload, 'team'> & { team: ResolversTypes['Team'] }>;
  CreateUserInput: CreateUserInput;
  CreateUserPayload: ResolverTypeWrapper<Omit<CreateUserPayload, 'user'> & { user: ResolversTypes['User'] }>;
  DataPolicy: DataPolicy;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateRange: DateRange;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DateTimeRange: DateTimeRange;
  DeleteAliasInput: DeleteAliasInput;
  DeleteAliasPayload: ResolverTypeWrapper<DeleteAliasPayload>;
  DeleteBudgetInput: DeleteBudgetInput;
  DeleteBudgetPayload: ResolverTypeWrapper<DeleteBudgetPayload>;
  Deprecation: ResolverTypeWrapper<Deprecation>;
  Embeddings: ResolverTypeWrapper<EncodedEmbeddings>;
  EmbeddingsInput: EmbeddingsInput;
  ErrorCode: ErrorCode;
  Estimate: ResolverTypeWrapper<GatewayEstimate>;
  ExecutableDirective: ExecutableDirective;
  FactSource: FactSource;
  File: ResolverTypeWrapper<File>;
  FileInput: FileInput;
  FilePart: ResolverTypeWrapper<FilePart>;
  FinishReason: FinishReason;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Image: ResolverTypeWrapper<Image>;
  ImageDetail: ImageDetail;
  ImageInput: ImageInput;
  ImagePart: ResolverTypeWrapper<ImagePart>;
  ImportProviderCostsInput: ImportProviderCostsInput;
  ImportProviderCostsPayload: ResolverTypeWrapper<ImportProviderCostsPayload>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  JsonSchemaInput: JsonSchemaInput;
  KeyDirectives: ResolverTypeWrapper<DomainKeyRules>;
  KeyDirectivesInput: KeyDirectivesInput;
  KeyLabel: ResolverTypeWrapper<KeyLabel>;
  KeyLabelFilter: KeyLabelFilter;
  KeyLabelInput: KeyLabelInput;
  KeyMaxPrice: ResolverTypeWrapper<KeyMaxPrice>;
  KeyRoute: ResolverTypeWrapper<DomainRouteRules>;
  KeyRouteInput: KeyRouteInput;
  KeyTimeout: ResolverTypeWrapper<KeyTimeout>;
  MaxPriceInput: MaxPriceInput;
  Message: ResolverTypeWrapper<GraphMessage>;
  MessageInput: MessageInput;
  MessagePart: ResolverTypeWrapper<GraphMessagePart>;
  MessagePartInput: MessagePartInput;
  Meter: Meter;
  Modality: Modality;
  Model: ResolverTypeWrapper<DomainModel>;
  ModelConnection: ResolverTypeWrapper<Omit<ModelConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ModelEdge']>, nodes: ReadonlyArray<ResolversTypes['Model']> }>;
  ModelEdge: ResolverTypeWrapper<Omit<ModelEdge, 'node'> & { node: ResolversTypes['Model'] }>;
  ModelFilter: ModelFilter;
  ModelId: ResolverTypeWrapper<Scalars['ModelId']['output']>;
  ModelKind: ModelKind;
  ModelOrder: ModelOrder;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Offer: ResolverTypeWrapper<DomainOffer>;
  OfferHealth: ResolverTypeWrapper<OfferHealthReport>;
  OfferState: OfferState;
  OnDisconnectInput: OnDisconnectInput;
  OnDisconnectMode: OnDisconnectMode;
  OnReroute: OnReroute;
  Operation: Operation;
  Organization: ResolverTypeWrapper<DomainOrganization>;
  OrganizationConnection: ResolverTypeWrapper<Omit<OrganizationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['OrganizationEdge']>, nodes: ReadonlyArray<ResolversTypes['Organization']> }>;
  OrganizationEdge: ResolverTypeWrapper<Omit<OrganizationEdge, 'node'> & { node: ResolversTypes['Organization'] }>;
  Outcome: Outcome;
  OutputFormatInput: OutputFormatInput;
  OutputMedia: ResolverTypeWrapper<OutputMedia>;
  OutputMode: OutputMode;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Price: ResolverTypeWrapper<DomainOffer>;
  Principal: ResolverTypeWrapper<DomainPrincipal>;
  PrincipalKind: PrincipalKind;
  Provider: ResolverTypeWrapper<DomainProvider>;
  ProviderCostMappingInput: ProviderCostMappingInput;
  PublishAliasInput: PublishAliasInput;
  PublishAliasPayload: ResolverTypeWrapper<Omit<PublishAliasPayload, 'alias'> & { alias: ResolversTypes['Alias'] }>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Quota: ResolverTypeWrapper<DomainQuota>;
  Reasoning: ResolverTypeWrapper<Reasoning>;
  ReasoningEffort: ReasoningEffort;
  ReasoningInput: ReasoningInput;
  ReasoningPart: ResolverTypeWrapper<ReasoningPart>;
  Reconciliation: ResolverTypeWrapper<Omit<Reconciliation, 'rows' | 'totals'> & { rows: ReadonlyArray<ResolversTypes['ReconciliationRow']>, totals: ResolversTypes['ReconciliationRow'] }>;
  ReconciliationDimension: ReconciliationDimension;
  ReconciliationRow: ResolverTypeWrapper<DomainReconciliationRow>;
  ReconciliationStatus: ReconciliationStatus;
  RefusalPart: ResolverTypeWrapper<RefusalPart>;
  RepricedRow: ResolverTypeWrapper<DomainRepricedRow>;
  RepricedTotals: ResolverTypeWrapper<DomainRepricedSum>;
  RepricedUsage: ResolverTypeWrapper<Omit<RepricedUsage, 'rows' | 'totals'> & { rows: ReadonlyArray<ResolversTypes['RepricedRow']>, totals: ResolversTypes['RepricedTotals'] }>;
  RepricingBasis: RepricingBasis;
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyPayload: ResolverTypeWrapper<Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  Role: Role;
  RollBackAliasInput: RollBackAliasInput;
  RollBackAliasPayload: ResolverTypeWrapper<Omit<RollBackAliasPayload, 'alias'> & { alias: ResolversTypes['Alias'] }>;
  RotateApiKeyInput: RotateApiKeyInput;
  RotateApiKeyPayload: ResolverTypeWrapper<Omit<RotateApiKeyPayload, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  RouteDefault: RouteDefault;
  RouteInput: RouteInput;
  RouteSort: RouteSort;
  SchemaMethod: SchemaMethod;
  Scope: Scope;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Tag: ResolverTypeWrapper<Tag>;
  TagInput: TagInput;
  Team: ResolverTypeWrapper<DomainTeam>;
  TeamConnection: ResolverTypeWrapper<Omit<TeamConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TeamEdge']>, nodes: ReadonlyArray<ResolversTypes['Team']> }>;
  TeamEdge: ResolverTypeWrapper<Omit<TeamEdge, 'node'> & { node: ResolversTypes['Team'] }>;
  TeamFilter: TeamFilter;
  TextPart: ResolverTypeWrapper<TextPart>;
  TimeoutInput: TimeoutInput;
  Timing: ResolverTypeWrapper<DomainTiming>;
  TokenAlternative: ResolverTypeWrapper<TokenAlternative>;
  TokenCounts: ResolverTypeWrapper<TokenCounts>;
  TokenLogprob: ResolverTypeWrapper<TokenLogprob>;
  TokenUsage: ResolverTypeWrapper<TokenUsage>;
  ToolCall: ResolverTypeWrapper<ToolCall>;
  ToolCallDelta: ResolverTypeWrapper<ToolCallDelta>;
  ToolCallInput: ToolCallInput;
  ToolCallPart: ResolverTypeWrapper<ToolCallPart>;
  ToolChoiceInput: ToolChoiceInput;
  ToolChoiceMode: ToolChoiceMode;
  ToolInput: ToolInput;
  ToolResult: ResolverTypeWrapper<Omit<ToolResult, 'parts'> & { parts: ReadonlyArray<ResolversTypes['MessagePart']> }>;
  ToolResultInput: ToolResultInput;
  ToolResultPart: ResolverTypeWrapper<Omit<ToolResultPart, 'toolResult'> & { toolResult: ResolversTypes['ToolResult'] }>;
  UpdateApiKeyInput: UpdateApiKeyInput;
  UpdateApiKeyPayload: ResolverTypeWrapper<Omit<UpdateApiKeyPayload, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  UpdateBudgetInput: UpdateBudgetInput;
  UpdateBudgetPayload: ResolverTypeWrapper<Omit<UpdateBudgetPayload, 'budget'> & { budget: ResolversTypes['Budget'] }>;
  UpdateOrganizationInput: UpdateOrganizationInput;
  UpdateOrganizationPayload: ResolverTypeWrapper<Omit<UpdateOrganizationPayload, 'organization'> & { organization: ResolversTypes['Organization'] }>;
  UpdateTeamInput: UpdateTeamInput;
  UpdateTeamPayload: ResolverTypeWrapper<Omit<UpdateTeamPayload, 'team'> & { team: ResolversTypes['Team'] }>;
  UpdateUserInput: UpdateUserInput;
  UpdateUserPayload: ResolverTypeWrapper<Omit<UpdateUserPayload, 'user'> & { user: ResolversTypes['User'] }>;
  UsageBasis: UsageBasis;
  UsageBucket: UsageBucket;
  UsageDimension: UsageDimension;
  UsageFilter: UsageFilter;
  UsageKey: ResolverTypeWrapper<DomainUsageRow>;
  UsagePoint: ResolverTypeWrapper<DomainUsagePoint>;
  UsageReport: ResolverTypeWrapper<DomainUsageReport>;
  UsageRow: ResolverTypeWrapper<DomainUsageRow>;
  UsageTotals: ResolverTypeWrapper<DomainUsageTotals>;
  Usd: ResolverTypeWrapper<Scalars['Usd']['output']>;
  User: ResolverTypeWrapper<DomainUser>;
  UserConnection: ResolverTypeWrapper<Omit<UserConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['UserEdge']>, nodes: ReadonlyArray<ResolversTypes['User']> }>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserFilter: UserFilter;
  Vector: ResolverTypeWrapper<Scalars['Vector']['output']>;
  VectorEncoding: VectorEncoding;
  Viewer: ResolverTypeWrapper<DomainPrincipal>;
  WouldRefuse: ResolverTypeWrapper<WouldRefuse>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Alert: DomainAlert;
  AlertConnection: Omit<AlertConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AlertEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Alert']> };
  AlertDelivery: DomainAlertDelivery;
  AlertEdge: Omit<AlertEdge, 'node'> & { node: ResolversParentTypes['Alert'] };
  AlertFilter: AlertFilter;
  Alias: DomainAlias;
  AliasConnection: Omit<AliasConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AliasEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Alias']> };
  AliasEdge: Omit<AliasEdge, 'node'> & { node: ResolversParentTypes['Alias'] };
  AliasTarget: AliasTarget;
  AliasTargetInput: AliasTargetInput;
  AliasVersion: DomainAliasVersion;
  AliasVersionConnection: Omit<AliasVersionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AliasVersionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['AliasVersion']> };
  AliasVersionEdge: Omit<AliasVersionEdge, 'node'> & { node: ResolversParentTypes['AliasVersion'] };
  Alternative: DomainAlternative;
  Amount: Scalars['Amount']['output'];
  ApiKey: DomainApiKey;
  ApiKeyConnection: Omit<ApiKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ApiKey']> };
  ApiKeyEdge: Omit<ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  ApiKeyFilter: ApiKeyFilter;
  Attempt: DomainAttempt;
  Audio: Audio;
  AudioInput: AudioInput;
  AudioOutputInput: AudioOutputInput;
  AudioPart: AudioPart;
  AuditActor: DomainAuditActor;
  AuditEntry: DomainAuditEntry;
  AuditEntryConnection: Omit<AuditEntryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEntryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['AuditEntry']> };
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  AuditLogFilter: AuditLogFilter;
  AuditSubject: AuditSubject;
  Boolean: Scalars['Boolean']['output'];
  Budget: DomainBudget;
  BudgetConnection: Omit<BudgetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['BudgetEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Budget']> };
  BudgetEdge: Omit<BudgetEdge, 'node'> & { node: ResolversParentTypes['Budget'] };
  BudgetFilter: BudgetFilter;
  BudgetLimitInput: BudgetLimitInput;
  BudgetScope: BudgetScope;
  BudgetScopeInput: BudgetScopeInput;
  CacheControl: CacheControl;
  CacheControlInput: CacheControlInput;
  CacheControlPart: CacheControlPart;
  CancelCompletionInput: CancelCompletionInput;
  CancelCompletionPayload: CancelCompletionPayload;
  Citation: Citation;
  ClientTokenLimitsInput: ClientTokenLimitsInput;
  Completion: DomainCompletion;
  CompletionConnection: Omit<CompletionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['CompletionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Completion']> };
  CompletionDelta: DomainCompletionEvent;
  CompletionEdge: Omit<CompletionEdge, 'node'> & { node: ResolversParentTypes['Completion'] };
  CompletionError: DomainCompletionError;
  CompletionEvent: ResolversUnionTypes<ResolversParentTypes>['CompletionEvent'];
  CompletionFailed: DomainCompletionEvent;
  CompletionFailure: GraphCompletionFailure;
  CompletionFinished: DomainCompletionEvent;
  CompletionInput: CompletionInput;
  CompletionRerouted: DomainCompletionEvent;
  CompletionResult: ResolversUnionTypes<ResolversParentTypes>['CompletionResult'];
  CompletionStarted: DomainCompletionEvent;
  ConsideredOffer: DomainConsideredOffer;
  Cost: DomainCost;
  Count: Scalars['Count']['output'];
  CreateApiKeyInput: CreateApiKeyInput;
  CreateApiKeyPayload: Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  CreateBudgetInput: CreateBudgetInput;
  CreateBudgetPayload: Omit<CreateBudgetPayload, 'budget'> & { budget: ResolversParentTypes['Budget'] };
  CreateClientTokenInput: CreateClientTokenInput;
  CreateClientTokenPayload: CreateClientTokenPayload;
  CreateOrganizationInput: CreateOrganizationInput;
  CreateOrganizationPayload: Omit<CreateOrganizationPayload, 'organization'> & { organization: ResolversParentTypes['Organization'] };
  CreateTeamInput: CreateTeamInput;
  CreateTeamPayload: Omit<CreateTeamPayload, 'team'> & { team: ResolversParentTypes['Team'] };
  CreateUserInput: CreateUserInput;
  CreateUserPayload: Omit<CreateUserPayload, 'user'> & { user: ResolversParentTypes['User'] };
  Date: Scalars['Date']['output'];
  DateRange: DateRange;
  DateTime: Scalars['DateTime']['output'];
  DateTimeRange: DateTimeRange;
  DeleteAliasInput: DeleteAliasInput;
  DeleteAliasPayload: DeleteAliasPayload;
  DeleteBudgetInput: DeleteBudgetInput;
  DeleteBudgetPayload: DeleteBudgetPayload;
  Deprecation: Deprecation;
  Embeddings: EncodedEmbeddings;
  EmbeddingsInput: EmbeddingsInput;
  Estimate: GatewayEstimate;
  File: File;
  FileInput: FileInput;
  FilePart: FilePart;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Image: Image;
  ImageInput: ImageInput;
  ImagePart: ImagePart;
  ImportProviderCostsInput: ImportProviderCostsInput;
  ImportProviderCostsPayload: ImportProviderCostsPayload;
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  JsonSchemaInput: JsonSchemaInput;
  KeyDirectives: DomainKeyRules;
  KeyDirectivesInput: KeyDirectivesInput;
  KeyLabel: KeyLabel;
  KeyLabelFilter: KeyLabelFilter;
  KeyLabelInput: KeyLabelInput;
  KeyMaxPrice: KeyMaxPrice;
  KeyRoute: DomainRouteRules;
  KeyRouteInput: KeyRouteInput;
  KeyTimeout: KeyTimeout;
  MaxPriceInput: MaxPriceInput;
  Message: GraphMessage;
  MessageInput: MessageInput;
  MessagePart: GraphMessagePart;
  MessagePartInput: MessagePartInput;
  Model: DomainModel;
  ModelConnection: Omit<ModelConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ModelEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Model']> };
  ModelEdge: Omit<ModelEdge, 'node'> & { node: ResolversParentTypes['Model'] };
  ModelFilter: ModelFilter;
  ModelId: Scalars['ModelId']['output'];
  Mutation: Record<PropertyKey, never>;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Offer: DomainOffer;
  OfferHealth: OfferHealthReport;
  OnDisconnectInput: OnDisconnectInput;
  Organization: DomainOrganization;
  OrganizationConnection: Omit<OrganizationConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['OrganizationEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Organization']> };
  OrganizationEdge: Omit<OrganizationEdge, 'node'> & { node: ResolversParentTypes['Organization'] };
  OutputFormatInput: OutputFormatInput;
  OutputMedia: OutputMedia;
  PageInfo: PageInfo;
  Price: DomainOffer;
  Principal: DomainPrincipal;
  Provider: DomainProvider;
  ProviderCostMappingInput: ProviderCostMappingInput;
  PublishAliasInput: PublishAliasInput;
  PublishAliasPayload: Omit<PublishAliasPayload, 'alias'> & { alias: ResolversParentTypes['Alias'] };
  Query: Record<PropertyKey, never>;
  Quota: DomainQuota;
  Reasoning: Reasoning;
  ReasoningInput: ReasoningInput;
  ReasoningPart: ReasoningPart;
  Reconciliation: Omit<Reconciliation, 'rows' | 'totals'> & { rows: ReadonlyArray<ResolversParentTypes['ReconciliationRow']>, totals: ResolversParentTypes['ReconciliationRow'] };
  ReconciliationRow: DomainReconciliationRow;
  RefusalPart: RefusalPart;
  RepricedRow: DomainRepricedRow;
  RepricedTotals: DomainRepricedSum;
  RepricedUsage: Omit<RepricedUsage, 'rows' | 'totals'> & { rows: ReadonlyArray<ResolversParentTypes['RepricedRow']>, totals: ResolversParentTypes['RepricedTotals'] };
  RevokeApiKeyInput: RevokeApiKeyInput;
  RevokeApiKeyPayload: Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  RollBackAliasInput: RollBackAliasInput;
  RollBackAliasPayload: Omit<RollBackAliasPayload, 'alias'> & { alias: ResolversParentTypes['Alias'] };
  RotateApiKeyInput: RotateApiKeyInput;
  RotateApiKeyPayload: Omit<RotateApiKeyPayload, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  RouteInput: RouteInput;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  Tag: Tag;
  TagInput: TagInput;
  Team: DomainTeam;
  TeamConnection: Omit<TeamConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TeamEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Team']> };
  TeamEdge: Omit<TeamEdge, 'node'> & { node: ResolversParentTypes['Team'] };
  TeamFilter: TeamFilter;
  TextPart: TextPart;
  TimeoutInput: TimeoutInput;
  Timing: DomainTiming;
  TokenAlternative: TokenAlternative;
  TokenCounts: TokenCounts;
  TokenLogprob: TokenLogprob;
  TokenUsage: TokenUsage;
  ToolCall: ToolCall;
  ToolCallDelta: ToolCallDelta;
  ToolCallInput: ToolCallInput;
  ToolCallPart: ToolCallPart;
  ToolChoiceInput: ToolChoiceInput;
  ToolInput: ToolInput;
  ToolResult: Omit<ToolResult, 'parts'> & { parts: ReadonlyArray<ResolversParentTypes['MessagePart']> };
  ToolResultInput: ToolResultInput;
  ToolResultPart: Omit<ToolResultPart, 'toolResult'> & { toolResult: ResolversParentTypes['ToolResult'] };
  UpdateApiKeyInput: UpdateApiKeyInput;
  UpdateApiKeyPayload: Omit<UpdateApiKeyPayload, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  UpdateBudgetInput: UpdateBudgetInput;
  UpdateBudgetPayload: Omit<UpdateBudgetPayload, 'budget'> & { budget: ResolversParentTypes['Budget'] };
  UpdateOrganizationInput: UpdateOrganizationInput;
  UpdateOrganizationPayload: Omit<UpdateOrganizationPayload, 'organization'> & { organization: ResolversParentTypes['Organization'] };
  UpdateTeamInput: UpdateTeamInput;
  UpdateTeamPayload: Omit<UpdateTeamPayload, 'team'> & { team: ResolversParentTypes['Team'] };
  UpdateUserInput: UpdateUserInput;
  UpdateUserPayload: Omit<UpdateUserPayload, 'user'> & { user: ResolversParentTypes['User'] };
  UsageFilter: UsageFilter;
  UsageKey: DomainUsageRow;
  UsagePoint: DomainUsagePoint;
  UsageReport: DomainUsageReport;
  UsageRow: DomainUsageRow;
  UsageTotals: DomainUsageTotals;
  Usd: Scalars['Usd']['output'];
  User: DomainUser;
  UserConnection: Omit<UserConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['UserEdge']>, nodes: ReadonlyArray<ResolversParentTypes['User']> };
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserFilter: UserFilter;
  Vector: Scalars['Vector']['output'];
  Viewer: DomainPrincipal;
  WouldRefuse: WouldRefuse;
};

export type AuthDirectiveArgs = {
  scopes: ReadonlyArray<Scope>;
};

export type AuthDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = AuthDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CostRoutedDirectiveArgs = {
  default?: RouteDefault;
};

export type CostRoutedDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = CostRoutedDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type MaxCostDirectiveArgs = {
  usd: Scalars['Usd']['input'];
};

export type MaxCostDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = MaxCostDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type PublicDirectiveArgs = { };

export type PublicDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = PublicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type QuotaDirectiveArgs = {
  meters: ReadonlyArray<Meter>;
};

export type QuotaDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = QuotaDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type RouteDirectiveArgs = {
  fallbacks?: Maybe<ReadonlyArray<Scalars['ModelId']['input']>>;
  ignore?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  maxPrice?: Maybe<MaxPriceInput>;
  only?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  order?: Maybe<ReadonlyArray<Scalars['String']['input']>>;
  requireParameters?: Maybe<Scalars['Boolean']['input']>;
  sort?: Maybe<RouteSort>;
};

export type RouteDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = RouteDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type TimeoutDirectiveArgs = {
  firstTokenMs?: Maybe<Scalars['Int']['input']>;
  idleMs?: Maybe<Scalars['Int']['input']>;
  totalMs?: Maybe<Scalars['Int']['input']>;
};

export type TimeoutDirectiveResolver<Result, Parent, ContextType = GraphContext, Args = TimeoutDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AlertResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Alert'] = ResolversParentTypes['Alert']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  budget?: Resolver<Maybe<ResolversTypes['Budget']>, ParentType, ContextType>;
  deliveries?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AlertDelivery']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AlertKind'], ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['Amount']>, ParentType, ContextType>;
  meter?: Resolver<Maybe<ResolversTypes['Meter']>, ParentType, ContextType>;
  organizationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  percent?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  resetsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  used?: Resolver<Maybe<ResolversTypes['Amount']>, ParentType, ContextType>;
};

export type AlertConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AlertConnection'] = ResolversParentTypes['AlertConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AlertEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Alert']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AlertDeliveryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AlertDelivery'] = ResolversParentTypes['AlertDelivery']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  host?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['AlertDeliveryState'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  webhook?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AlertEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AlertEdge'] = ResolversParentTypes['AlertEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Alert'], ParentType, ContextType>;
};

export type AliasResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Alias'] = ResolversParentTypes['Alias']> = {
  disabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  history?: Resolver<Maybe<ResolversTypes['AliasVersionConnection']>, ParentType, ContextType, RequireFields<AliasHistoryArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['AliasSource'], ParentType, ContextType>;
  sticky?: Resolver<ResolversTypes['AliasStickiness'], ParentType, ContextType>;
  targets?: Resolver<ReadonlyArray<ResolversTypes['AliasTarget']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type AliasConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AliasConnection'] = ResolversParentTypes['AliasConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AliasEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Alias']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AliasEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AliasEdge'] = ResolversParentTypes['AliasEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Alias'], ParentType, ContextType>;
};

export type AliasTargetResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AliasTarget'] = ResolversParentTypes['AliasTarget']> = {
  model?: Resolver<ResolversTypes['ModelId'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AliasVersionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AliasVersion'] = ResolversParentTypes['AliasVersion']> = {
  disabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  publishedBy?: Resolver<ResolversTypes['AuditActor'], ParentType, ContextType>;
  restores?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  sticky?: Resolver<ResolversTypes['AliasStickiness'], ParentType, ContextType>;
  supersededAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  targets?: Resolver<ReadonlyArray<ResolversTypes['AliasTarget']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AliasVersionConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AliasVersionConnection'] = ResolversParentTypes['AliasVersionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AliasVersionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AliasVersion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AliasVersionEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AliasVersionEdge'] = ResolversParentTypes['AliasVersionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AliasVersion'], ParentType, ContextType>;
};

export type AlternativeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Alternative'] = ResolversParentTypes['Alternative']> = {
  finishReason?: Resolver<Maybe<ResolversTypes['FinishReason']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  providerFinishReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  toolCalls?: Resolver<ReadonlyArray<ResolversTypes['ToolCall']>, ParentType, ContextType>;
};

export interface AmountScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Amount'], any> {
  name: 'Amount';
}

export type ApiKeyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  allowedAddresses?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  allowedModels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ModelId']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  directives?: Resolver<Maybe<ResolversTypes['KeyDirectives']>, ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  labels?: Resolver<ReadonlyArray<ResolversTypes['KeyLabel']>, ParentType, ContextType>;
  lastFour?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['Scope']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ApiKeyStatus'], ParentType, ContextType>;
  team?: Resolver<ResolversTypes['Team'], ParentType, ContextType>;
  userId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type AttemptResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Attempt'] = ResolversParentTypes['Attempt']> = {
  cost?: Resolver<Maybe<ResolversTypes['Cost']>, ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  errorCode?: Resolver<Maybe<ResolversTypes['ErrorCode']>, ParentType, ContextType>;
  firstTokenMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['ModelId'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AttemptOutcome'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  providerRequestId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  usage?: Resolver<Maybe<ResolversTypes['TokenUsage']>, ParentType, ContextType>;
};

export type AudioResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Audio'] = ResolversParentTypes['Audio']> = {
  data?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  format?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mediaType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AudioPartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AudioPart'] = ResolversParentTypes['AudioPart']> = {
  audio?: Resolver<ResolversTypes['Audio'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AuditActorResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AuditActor'] = ResolversParentTypes['AuditActor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AuditActorKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['AuditAction'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['AuditActor'], ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  organizationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['AuditSubject'], ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AuditEntryConnection'] = ResolversParentTypes['AuditEntryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditSubjectResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AuditSubject'] = ResolversParentTypes['AuditSubject']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['AuditSubjectType'], ParentType, ContextType>;
};

export type BudgetResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Budget'] = ResolversParentTypes['Budget']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  meter?: Resolver<ResolversTypes['Meter'], ParentType, ContextType>;
  policy?: Resolver<ResolversTypes['BudgetPolicy'], ParentType, ContextType>;
  resetsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['BudgetScope'], ParentType, ContextType>;
  shadow?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  window?: Resolver<ResolversTypes['BudgetWindow'], ParentType, ContextType>;
  wouldRefuse?: Resolver<Maybe<ResolversTypes['WouldRefuse']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BudgetConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BudgetConnection'] = ResolversParentTypes['BudgetConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['BudgetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Budget']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BudgetEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BudgetEdge'] = ResolversParentTypes['BudgetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Budget'], ParentType, ContextType>;
};

export type BudgetScopeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BudgetScope'] = ResolversParentTypes['BudgetScope']> = {
  apiKeyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  clientTokenId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['ModelId']>, ParentType, ContextType>;
  organizationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  tag?: Resolver<Maybe<ResolversTypes['Tag']>, ParentType, ContextType>;
  teamId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type CacheControlResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CacheControl'] = ResolversParentTypes['CacheControl']> = {
  lifetime?: Resolver<Maybe<ResolversTypes['CacheLifetime']>, ParentType, ContextType>;
};

export type CacheControlPartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CacheControlPart'] = ResolversParentTypes['CacheControlPart']> = {
  cacheControl?: Resolver<ResolversTypes['CacheControl'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CancelCompletionPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CancelCompletionPayload'] = ResolversParentTypes['CancelCompletionPayload']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CompletionState'], ParentType, ContextType>;
};

export type CitationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Citation'] = ResolversParentTypes['Citation']> = {
  end?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  quote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  start?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CompletionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Completion'] = ResolversParentTypes['Completion']> = {
  alternatives?: Resolver<ReadonlyArray<ResolversTypes['Alternative']>, ParentType, ContextType>;
  attempts?: Resolver<ReadonlyArray<ResolversTypes['Attempt']>, ParentType, ContextType>;
  citations?: Resolver<ReadonlyArray<ResolversTypes['Citation']>, ParentType, ContextType>;
  cost?: Resolver<Maybe<ResolversTypes['Cost']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['CompletionError']>, ParentType, ContextType>;
  finishReason?: Resolver<Maybe<ResolversTypes['FinishReason']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  logprobs?: Resolver<Maybe<ReadonlyArray<ResolversTypes['TokenLogprob']>>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType>;
  providerFinishReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  providerMetadata?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  reasoning?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestedModel?: Resolver<ResolversTypes['ModelId'], ParentType, ContextType>;
  routing?: Resolver<ReadonlyArray<ResolversTypes['ConsideredOffer']>, ParentType, ContextType>;
  saved?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  schemaMethod?: Resolver<Maybe<ResolversTypes['SchemaMethod']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CompletionState'], ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  timing?: Resolver<ResolversTypes['Timing'], ParentType, ContextType>;
  toolCalls?: Resolver<ReadonlyArray<ResolversTypes['ToolCall']>, ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['TokenUsage'], ParentType, ContextType>;
  warnings?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompletionConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionConnection'] = ResolversParentTypes['CompletionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CompletionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Completion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CompletionDeltaResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionDelta'] = ResolversParentTypes['CompletionDelta']> = {
  completionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  media?: Resolver<ReadonlyArray<ResolversTypes['OutputMedia']>, ParentType, ContextType>;
  offset?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reasoning?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refusal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  toolCalls?: Resolver<ReadonlyArray<ResolversTypes['ToolCallDelta']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompletionEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionEdge'] = ResolversParentTypes['CompletionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Completion'], ParentType, ContextType>;
};

export type CompletionErrorResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionError'] = ResolversParentTypes['CompletionError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  details?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CompletionEventResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionEvent'] = ResolversParentTypes['CompletionEvent']> = {
  __resolveType: TypeResolveFn<'CompletionDelta' | 'CompletionFailed' | 'CompletionFinished' | 'CompletionRerouted' | 'CompletionStarted', ParentType, ContextType>;
};

export type CompletionFailedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionFailed'] = ResolversParentTypes['CompletionFailed']> = {
  completion?: Resolver<ResolversTypes['Completion'], ParentType, ContextType>;
  completionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  error?: Resolver<ResolversTypes['CompletionError'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompletionFailureResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionFailure'] = ResolversParentTypes['CompletionFailure']> = {
  error?: Resolver<ResolversTypes['CompletionError'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompletionFinishedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionFinished'] = ResolversParentTypes['CompletionFinished']> = {
  completion?: Resolver<ResolversTypes['Completion'], ParentType, ContextType>;
  completionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompletionReroutedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionRerouted'] = ResolversParentTypes['CompletionRerouted']> = {
  completionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keepTextLength?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompletionResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionResult'] = ResolversParentTypes['CompletionResult']> = {
  __resolveType: TypeResolveFn<'Completion' | 'CompletionFailure', ParentType, ContextType>;
};

export type CompletionStartedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CompletionStarted'] = ResolversParentTypes['CompletionStarted']> = {
  completionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  requestedModel?: Resolver<ResolversTypes['ModelId'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsideredOfferResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ConsideredOffer'] = ResolversParentTypes['ConsideredOffer']> = {
  least?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  most?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  rejected?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CostResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Cost'] = ResolversParentTypes['Cost']> = {
  cacheWrite?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  cachedInput?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  input?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  output?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  reasoning?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  request?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
};

export interface CountScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Count'], any> {
  name: 'Count';
}

export type CreateApiKeyPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateApiKeyPayload'] = ResolversParentTypes['CreateApiKeyPayload']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreateBudgetPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateBudgetPayload'] = ResolversParentTypes['CreateBudgetPayload']> = {
  budget?: Resolver<ResolversTypes['Budget'], ParentType, ContextType>;
};

export type CreateClientTokenPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateClientTokenPayload'] = ResolversParentTypes['CreateClientTokenPayload']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CreateOrganizationPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateOrganizationPayload'] = ResolversParentTypes['CreateOrganizationPayload']> = {
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type CreateTeamPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateTeamPayload'] = ResolversParentTypes['CreateTeamPayload']> = {
  team?: Resolver<ResolversTypes['Team'], ParentType, ContextType>;
};

export type CreateUserPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateUserPayload'] = ResolversParentTypes['CreateUserPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteAliasPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['DeleteAliasPayload'] = ResolversParentTypes['DeleteAliasPayload']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DeleteBudgetPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['DeleteBudgetPayload'] = ResolversParentTypes['DeleteBudgetPayload']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DeprecationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Deprecation'] = ResolversParentTypes['Deprecation']> = {
  deprecatedAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  replacement?: Resolver<Maybe<ResolversTypes['ModelId']>, ParentType, ContextType>;
  sunsetAt?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
};

export type EmbeddingsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Embeddings'] = ResolversParentTypes['Embeddings']> = {
  cost?: Resolver<Maybe<ResolversTypes['Cost']>, ParentType, ContextType>;
  dimensions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  model?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  requestedModel?: Resolver<ResolversTypes['ModelId'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['TokenUsage'], ParentType, ContextType>;
  vectors?: Resolver<ReadonlyArray<ResolversTypes['Vector']>, ParentType, ContextType>;
};

export type EstimateResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Estimate'] = ResolversParentTypes['Estimate']> = {
  considered?: Resolver<ReadonlyArray<ResolversTypes['ConsideredOffer']>, ParentType, ContextType>;
  headroom?: Resolver<ReadonlyArray<ResolversTypes['Quota']>, ParentType, ContextType>;
  inputTokens?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  least?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  maxOutputTokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  most?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType>;
};

export type FileResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['File'] = ResolversParentTypes['File']> = {
  data?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  filename?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mediaType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FilePartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['FilePart'] = ResolversParentTypes['FilePart']> = {
  file?: Resolver<ResolversTypes['File'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Image'] = ResolversParentTypes['Image']> = {
  data?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['ImageDetail']>, ParentType, ContextType>;
  mediaType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImagePartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ImagePart'] = ResolversParentTypes['ImagePart']> = {
  image?: Resolver<ResolversTypes['Image'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportProviderCostsPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ImportProviderCostsPayload'] = ResolversParentTypes['ImportProviderCostsPayload']> = {
  added?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  billed?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  removed?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type KeyDirectivesResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['KeyDirectives'] = ResolversParentTypes['KeyDirectives']> = {
  forbidden?: Resolver<ReadonlyArray<ResolversTypes['ExecutableDirective']>, ParentType, ContextType>;
  maxCost?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  maxOutputTokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  route?: Resolver<ResolversTypes['KeyRoute'], ParentType, ContextType>;
  timeout?: Resolver<ResolversTypes['KeyTimeout'], ParentType, ContextType>;
};

export type KeyLabelResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['KeyLabel'] = ResolversParentTypes['KeyLabel']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type KeyMaxPriceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['KeyMaxPrice'] = ResolversParentTypes['KeyMaxPrice']> = {
  input?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  output?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
};

export type KeyRouteResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['KeyRoute'] = ResolversParentTypes['KeyRoute']> = {
  dataPolicy?: Resolver<Maybe<ResolversTypes['DataPolicy']>, ParentType, ContextType>;
  fallbacks?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ignore?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  maxPrice?: Resolver<ResolversTypes['KeyMaxPrice'], ParentType, ContextType>;
  only?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  regions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  requireParameters?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  sort?: Resolver<Maybe<ResolversTypes['RouteSort']>, ParentType, ContextType>;
};

export type KeyTimeoutResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['KeyTimeout'] = ResolversParentTypes['KeyTimeout']> = {
  firstTokenMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  idleMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MessageResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message']> = {
  content?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  parts?: Resolver<Maybe<ReadonlyArray<ResolversTypes['MessagePart']>>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
};

export type MessagePartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['MessagePart'] = ResolversParentTypes['MessagePart']> = {
  __resolveType: TypeResolveFn<'AudioPart' | 'CacheControlPart' | 'FilePart' | 'ImagePart' | 'ReasoningPart' | 'RefusalPart' | 'TextPart' | 'ToolCallPart' | 'ToolResultPart', ParentType, ContextType>;
};

export type ModelResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Model'] = ResolversParentTypes['Model']> = {
  deprecation?: Resolver<Maybe<ResolversTypes['Deprecation']>, ParentType, ContextType>;
  family?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ModelKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offers?: Resolver<ReadonlyArray<ResolversTypes['Offer']>, ParentType, ContextType>;
  releasedAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  simulated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['ModelId'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['FactSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ModelConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ModelConnection'] = ResolversParentTypes['ModelConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ModelEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Model']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ModelEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ModelEdge'] = ResolversParentTypes['ModelEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Model'], ParentType, ContextType>;
};

export interface ModelIdScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ModelId'], any> {
  name: 'ModelId';
}

export type MutationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cancelCompletion?: Resolver<Maybe<ResolversTypes['CancelCompletionPayload']>, ParentType, ContextType, RequireFields<MutationCancelCompletionArgs, 'input'>>;
  createApiKey?: Resolver<Maybe<ResolversTypes['CreateApiKeyPayload']>, ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'input'>>;
  createBudget?: Resolver<Maybe<ResolversTypes['CreateBudgetPayload']>, ParentType, ContextType, RequireFields<MutationCreateBudgetArgs, 'input'>>;
  createClientToken?: Resolver<Maybe<ResolversTypes['CreateClientTokenPayload']>, ParentType, ContextType, RequireFields<MutationCreateClientTokenArgs, 'input'>>;
  createCompletion?: Resolver<Maybe<ResolversTypes['Completion']>, ParentType, ContextType, RequireFields<MutationCreateCompletionArgs, 'input'>>;
  createCompletions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CompletionResult']>>, ParentType, ContextType, RequireFields<MutationCreateCompletionsArgs, 'inputs'>>;
  createEmbeddings?: Resolver<Maybe<ResolversTypes['Embeddings']>, ParentType, ContextType, RequireFields<MutationCreateEmbeddingsArgs, 'input'>>;
  createOrganization?: Resolver<Maybe<ResolversTypes['CreateOrganizationPayload']>, ParentType, ContextType, RequireFields<MutationCreateOrganizationArgs, 'input'>>;
  createTeam?: Resolver<Maybe<ResolversTypes['CreateTeamPayload']>, ParentType, ContextType, RequireFields<MutationCreateTeamArgs, 'input'>>;
  createUser?: Resolver<Maybe<ResolversTypes['CreateUserPayload']>, ParentType, ContextType, RequireFields<MutationCreateUserArgs, 'input'>>;
  deleteAlias?: Resolver<Maybe<ResolversTypes['DeleteAliasPayload']>, ParentType, ContextType, RequireFields<MutationDeleteAliasArgs, 'input'>>;
  deleteBudget?: Resolver<Maybe<ResolversTypes['DeleteBudgetPayload']>, ParentType, ContextType, RequireFields<MutationDeleteBudgetArgs, 'input'>>;
  importProviderCosts?: Resolver<Maybe<ResolversTypes['ImportProviderCostsPayload']>, ParentType, ContextType, RequireFields<MutationImportProviderCostsArgs, 'input'>>;
  publishAlias?: Resolver<Maybe<ResolversTypes['PublishAliasPayload']>, ParentType, ContextType, RequireFields<MutationPublishAliasArgs, 'input'>>;
  revokeApiKey?: Resolver<Maybe<ResolversTypes['RevokeApiKeyPayload']>, ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'input'>>;
  rollBackAlias?: Resolver<Maybe<ResolversTypes['RollBackAliasPayload']>, ParentType, ContextType, RequireFields<MutationRollBackAliasArgs, 'input'>>;
  rotateApiKey?: Resolver<Maybe<ResolversTypes['RotateApiKeyPayload']>, ParentType, ContextType, RequireFields<MutationRotateApiKeyArgs, 'input'>>;
  updateApiKey?: Resolver<Maybe<ResolversTypes['UpdateApiKeyPayload']>, ParentType, ContextType, RequireFields<MutationUpdateApiKeyArgs, 'input'>>;
  updateBudget?: Resolver<Maybe<ResolversTypes['UpdateBudgetPayload']>, ParentType, ContextType, RequireFields<MutationUpdateBudgetArgs, 'input'>>;
  updateOrganization?: Resolver<Maybe<ResolversTypes['UpdateOrganizationPayload']>, ParentType, ContextType, RequireFields<MutationUpdateOrganizationArgs, 'input'>>;
  updateTeam?: Resolver<Maybe<ResolversTypes['UpdateTeamPayload']>, ParentType, ContextType, RequireFields<MutationUpdateTeamArgs, 'input'>>;
  updateUser?: Resolver<Maybe<ResolversTypes['UpdateUserPayload']>, ParentType, ContextType, RequireFields<MutationUpdateUserArgs, 'input'>>;
};

export type NodeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'ApiKey' | 'Budget' | 'Completion' | 'Model' | 'Organization' | 'Provider' | 'Team', ParentType, ContextType>;
};

export type OfferResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Offer'] = ResolversParentTypes['Offer']> = {
  capabilities?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Capability']>>, ParentType, ContextType>;
  contextWindow?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  dataPolicies?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DataPolicy']>>, ParentType, ContextType>;
  health?: Resolver<ResolversTypes['OfferHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxOutputTokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  model?: Resolver<ResolversTypes['ModelId'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Price'], ParentType, ContextType>;
  provider?: Resolver<Maybe<ResolversTypes['Provider']>, ParentType, ContextType>;
  providerModel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantization?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  simulated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OfferHealthResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OfferHealth'] = ResolversParentTypes['OfferHealth']> = {
  errorRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  firstTokenMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  latencyMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['OfferState'], ParentType, ContextType>;
  throughput?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type OrganizationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Organization'] = ResolversParentTypes['Organization']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrganizationConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OrganizationConnection'] = ResolversParentTypes['OrganizationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrganizationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Organization']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrganizationEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OrganizationEdge'] = ResolversParentTypes['OrganizationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type OutputMediaResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OutputMedia'] = ResolversParentTypes['OutputMedia']> = {
  data?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mediaType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PriceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Price'] = ResolversParentTypes['Price']> = {
  cacheWrite?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  cachedInput?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  input?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  output?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  reasoning?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['FactSource']>, ParentType, ContextType>;
};

export type PrincipalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Principal'] = ResolversParentTypes['Principal']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PrincipalKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProviderResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Provider'] = ResolversParentTypes['Provider']> = {
  format?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  simulated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['FactSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PublishAliasPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PublishAliasPayload'] = ResolversParentTypes['PublishAliasPayload']> = {
  alias?: Resolver<ResolversTypes['Alias'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  alerts?: Resolver<Maybe<ResolversTypes['AlertConnection']>, ParentType, ContextType, RequireFields<QueryAlertsArgs, 'first'>>;
  alias?: Resolver<Maybe<ResolversTypes['Alias']>, ParentType, ContextType, RequireFields<QueryAliasArgs, 'name'>>;
  aliases?: Resolver<Maybe<ResolversTypes['AliasConnection']>, ParentType, ContextType, RequireFields<QueryAliasesArgs, 'first'>>;
  apiKeys?: Resolver<Maybe<ResolversTypes['ApiKeyConnection']>, ParentType, ContextType, RequireFields<QueryApiKeysArgs, 'first'>>;
  auditLog?: Resolver<Maybe<ResolversTypes['AuditEntryConnection']>, ParentType, ContextType, RequireFields<QueryAuditLogArgs, 'first'>>;
  budgets?: Resolver<Maybe<ResolversTypes['BudgetConnection']>, ParentType, ContextType, RequireFields<QueryBudgetsArgs, 'first'>>;
  completion?: Resolver<Maybe<ResolversTypes['Completion']>, ParentType, ContextType, RequireFields<QueryCompletionArgs, 'id'>>;
  completions?: Resolver<Maybe<ResolversTypes['CompletionConnection']>, ParentType, ContextType, RequireFields<QueryCompletionsArgs, 'first'>>;
  estimate?: Resolver<Maybe<ResolversTypes['Estimate']>, ParentType, ContextType, RequireFields<QueryEstimateArgs, 'input'>>;
  model?: Resolver<Maybe<ResolversTypes['Model']>, ParentType, ContextType, RequireFields<QueryModelArgs, 'slug'>>;
  models?: Resolver<Maybe<ResolversTypes['ModelConnection']>, ParentType, ContextType, RequireFields<QueryModelsArgs, 'first' | 'orderBy'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  nodes?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['Node']>>>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'ids'>>;
  organizations?: Resolver<Maybe<ResolversTypes['OrganizationConnection']>, ParentType, ContextType, RequireFields<QueryOrganizationsArgs, 'first'>>;
  providers?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Provider']>>, ParentType, ContextType>;
  reconciliation?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType, RequireFields<QueryReconciliationArgs, 'first' | 'groupBy' | 'provider' | 'range' | 'timeZone'>>;
  teams?: Resolver<Maybe<ResolversTypes['TeamConnection']>, ParentType, ContextType, RequireFields<QueryTeamsArgs, 'first'>>;
  usage?: Resolver<Maybe<ResolversTypes['UsageReport']>, ParentType, ContextType, RequireFields<QueryUsageArgs, 'first' | 'groupBy' | 'range' | 'timeZone'>>;
  usageRepriced?: Resolver<Maybe<ResolversTypes['RepricedUsage']>, ParentType, ContextType, RequireFields<QueryUsageRepricedArgs, 'first' | 'prices' | 'range'>>;
  users?: Resolver<Maybe<ResolversTypes['UserConnection']>, ParentType, ContextType, RequireFields<QueryUsersArgs, 'first'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type QuotaResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Quota'] = ResolversParentTypes['Quota']> = {
  budget?: Resolver<ResolversTypes['Budget'], ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  meter?: Resolver<ResolversTypes['Meter'], ParentType, ContextType>;
  resetsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
};

export type ReasoningResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Reasoning'] = ResolversParentTypes['Reasoning']> = {
  signature?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReasoningPartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ReasoningPart'] = ResolversParentTypes['ReasoningPart']> = {
  reasoning?: Resolver<ResolversTypes['Reasoning'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReconciliationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Reconciliation'] = ResolversParentTypes['Reconciliation']> = {
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['ReconciliationRow']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['ReconciliationRow'], ParentType, ContextType>;
};

export type ReconciliationRowResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ReconciliationRow'] = ResolversParentTypes['ReconciliationRow']> = {
  attempts?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  billed?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  billedTokens?: Resolver<Maybe<ResolversTypes['Count']>, ParentType, ContextType>;
  booked?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  bookedTokens?: Resolver<Maybe<ResolversTypes['Count']>, ParentType, ContextType>;
  day?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  difference?: Resolver<Maybe<ResolversTypes['Usd']>, ParentType, ContextType>;
  differencePercent?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReconciliationStatus'], ParentType, ContextType>;
  unknown?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  unpriced?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
};

export type RefusalPartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RefusalPart'] = ResolversParentTypes['RefusalPart']> = {
  refusal?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RepricedRowResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RepricedRow'] = ResolversParentTypes['RepricedRow']> = {
  model?: Resolver<ResolversTypes['ModelId'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['RepricedTotals'], ParentType, ContextType>;
};

export type RepricedTotalsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RepricedTotals'] = ResolversParentTypes['RepricedTotals']> = {
  attempts?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  booked?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  bookedUnpriced?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  different?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  repriced?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  repricedUnpriced?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
};

export type RepricedUsageResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RepricedUsage'] = ResolversParentTypes['RepricedUsage']> = {
  rowCount?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['RepricedRow']>, ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['RepricedTotals'], ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RevokeApiKeyPayload'] = ResolversParentTypes['RevokeApiKeyPayload']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type RollBackAliasPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RollBackAliasPayload'] = ResolversParentTypes['RollBackAliasPayload']> = {
  alias?: Resolver<ResolversTypes['Alias'], ParentType, ContextType>;
};

export type RotateApiKeyPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RotateApiKeyPayload'] = ResolversParentTypes['RotateApiKeyPayload']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  alerts?: SubscriptionResolver<ResolversTypes['Alert'], "alerts", ParentType, ContextType, Partial<SubscriptionAlertsArgs>>;
  completionStream?: SubscriptionResolver<ResolversTypes['CompletionEvent'], "completionStream", ParentType, ContextType, RequireFields<SubscriptionCompletionStreamArgs, 'after' | 'coalesceMs' | 'input'>>;
  completionStreams?: SubscriptionResolver<ResolversTypes['CompletionEvent'], "completionStreams", ParentType, ContextType, RequireFields<SubscriptionCompletionStreamsArgs, 'coalesceMs' | 'inputs'>>;
  quotaChanged?: SubscriptionResolver<ResolversTypes['Quota'], "quotaChanged", ParentType, ContextType>;
  resumeCompletion?: SubscriptionResolver<ResolversTypes['CompletionEvent'], "resumeCompletion", ParentType, ContextType, RequireFields<SubscriptionResumeCompletionArgs, 'after' | 'id'>>;
};

export type TagResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Tag'] = ResolversParentTypes['Tag']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TeamResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Team'] = ResolversParentTypes['Team']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TeamConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TeamConnection'] = ResolversParentTypes['TeamConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TeamEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Team']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TeamEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TeamEdge'] = ResolversParentTypes['TeamEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Team'], ParentType, ContextType>;
};

export type TextPartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TextPart'] = ResolversParentTypes['TextPart']> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TimingResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Timing'] = ResolversParentTypes['Timing']> = {
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstTokenMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type TokenAlternativeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TokenAlternative'] = ResolversParentTypes['TokenAlternative']> = {
  logprob?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TokenCountsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TokenCounts'] = ResolversParentTypes['TokenCounts']> = {
  cachedInput?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  input?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  output?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  reasoning?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
};

export type TokenLogprobResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TokenLogprob'] = ResolversParentTypes['TokenLogprob']> = {
  logprob?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  top?: Resolver<ReadonlyArray<ResolversTypes['TokenAlternative']>, ParentType, ContextType>;
};

export type TokenUsageResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TokenUsage'] = ResolversParentTypes['TokenUsage']> = {
  basis?: Resolver<ResolversTypes['UsageBasis'], ParentType, ContextType>;
  cacheWriteTokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  cachedInputTokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  inputTokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  outputTokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reasoningTokens?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ToolCallResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ToolCall'] = ResolversParentTypes['ToolCall']> = {
  arguments?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ToolCallDeltaResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ToolCallDelta'] = ResolversParentTypes['ToolCallDelta']> = {
  arguments?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ToolCallPartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ToolCallPart'] = ResolversParentTypes['ToolCallPart']> = {
  toolCall?: Resolver<ResolversTypes['ToolCall'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ToolResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ToolResult'] = ResolversParentTypes['ToolResult']> = {
  isError?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  parts?: Resolver<ReadonlyArray<ResolversTypes['MessagePart']>, ParentType, ContextType>;
  toolCallId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ToolResultPartResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ToolResultPart'] = ResolversParentTypes['ToolResultPart']> = {
  toolResult?: Resolver<ResolversTypes['ToolResult'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateApiKeyPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UpdateApiKeyPayload'] = ResolversParentTypes['UpdateApiKeyPayload']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type UpdateBudgetPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UpdateBudgetPayload'] = ResolversParentTypes['UpdateBudgetPayload']> = {
  budget?: Resolver<ResolversTypes['Budget'], ParentType, ContextType>;
};

export type UpdateOrganizationPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UpdateOrganizationPayload'] = ResolversParentTypes['UpdateOrganizationPayload']> = {
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type UpdateTeamPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UpdateTeamPayload'] = ResolversParentTypes['UpdateTeamPayload']> = {
  team?: Resolver<ResolversTypes['Team'], ParentType, ContextType>;
};

export type UpdateUserPayloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UpdateUserPayload'] = ResolversParentTypes['UpdateUserPayload']> = {
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type UsageKeyResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsageKey'] = ResolversParentTypes['UsageKey']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['ModelId']>, ParentType, ContextType>;
  operation?: Resolver<Maybe<ResolversTypes['Operation']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['Outcome']>, ParentType, ContextType>;
  provider?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  simulated?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  team?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type UsagePointResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsagePoint'] = ResolversParentTypes['UsagePoint']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cost?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  errors?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['TokenCounts'], ParentType, ContextType>;
};

export type UsageReportResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsageReport'] = ResolversParentTypes['UsageReport']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  rowCount?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['UsageRow']>, ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['UsageTotals'], ParentType, ContextType>;
};

export type UsageRowResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsageRow'] = ResolversParentTypes['UsageRow']> = {
  key?: Resolver<ResolversTypes['UsageKey'], ParentType, ContextType>;
  points?: Resolver<ReadonlyArray<ResolversTypes['UsagePoint']>, ParentType, ContextType>;
  totals?: Resolver<ResolversTypes['UsageTotals'], ParentType, ContextType>;
};

export type UsageTotalsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UsageTotals'] = ResolversParentTypes['UsageTotals']> = {
  cost?: Resolver<ResolversTypes['Usd'], ParentType, ContextType>;
  errors?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['TokenCounts'], ParentType, ContextType>;
};

export interface UsdScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Usd'], any> {
  name: 'Usd';
}

export type UserResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  disabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
};

export type UserConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UserEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export interface VectorScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Vector'], any> {
  name: 'Vector';
}

export type ViewerResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  principal?: Resolver<ResolversTypes['Principal'], ParentType, ContextType>;
  quotas?: Resolver<ReadonlyArray<ResolversTypes['Quota']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['Scope']>, ParentType, ContextType>;
  team?: Resolver<ResolversTypes['Team'], ParentType, ContextType>;
};

export type WouldRefuseResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WouldRefuse'] = ResolversParentTypes['WouldRefuse']> = {
  amount?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphContext> = {
  Alert?: AlertResolvers<ContextType>;
  AlertConnection?: AlertConnectionResolvers<ContextType>;
  AlertDelivery?: AlertDeliveryResolvers<ContextType>;
  AlertEdge?: AlertEdgeResolvers<ContextType>;
  Alias?: AliasResolvers<ContextType>;
  AliasConnection?: AliasConnectionResolvers<ContextType>;
  AliasEdge?: AliasEdgeResolvers<ContextType>;
  AliasTarget?: AliasTargetResolvers<ContextType>;
  AliasVersion?: AliasVersionResolvers<ContextType>;
  AliasVersionConnection?: AliasVersionConnectionResolvers<ContextType>;
  AliasVersionEdge?: AliasVersionEdgeResolvers<ContextType>;
  Alternative?: AlternativeResolvers<ContextType>;
  Amount?: GraphQLScalarType;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  Attempt?: AttemptResolvers<ContextType>;
  Audio?: AudioResolvers<ContextType>;
  AudioPart?: AudioPartResolvers<ContextType>;
  AuditActor?: AuditActorResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  AuditSubject?: AuditSubjectResolvers<ContextType>;
  Budget?: BudgetResolvers<ContextType>;
  BudgetConnection?: BudgetConnectionResolvers<ContextType>;
  BudgetEdge?: BudgetEdgeResolvers<ContextType>;
  BudgetScope?: BudgetScopeResolvers<ContextType>;
  CacheControl?: CacheControlResolvers<ContextType>;
  CacheControlPart?: CacheControlPartResolvers<ContextType>;
  CancelCompletionPayload?: CancelCompletionPayloadResolvers<ContextType>;
  Citation?: CitationResolvers<ContextType>;
  Completion?: CompletionResolvers<ContextType>;
  CompletionConnection?: CompletionConnectionResolvers<ContextType>;
  CompletionDelta?: CompletionDeltaResolvers<ContextType>;
  CompletionEdge?: CompletionEdgeResolvers<ContextType>;
  CompletionError?: CompletionErrorResolvers<ContextType>;
  CompletionEvent?: CompletionEventResolvers<ContextType>;
  CompletionFailed?: CompletionFailedResolvers<ContextType>;
  CompletionFailure?: CompletionFailureResolvers<ContextType>;
  CompletionFinished?: CompletionFinishedResolvers<ContextType>;
  CompletionRerouted?: CompletionReroutedResolvers<ContextType>;
  CompletionResult?: CompletionResultResolvers<ContextType>;
  CompletionStarted?: CompletionStartedResolvers<ContextType>;
  ConsideredOffer?: ConsideredOfferResolvers<ContextType>;
  Cost?: CostResolvers<ContextType>;
  Count?: GraphQLScalarType;
  CreateApiKeyPayload?: CreateApiKeyPayloadResolvers<ContextType>;
  CreateBudgetPayload?: CreateBudgetPayloadResolvers<ContextType>;
  CreateClientTokenPayload?: CreateClientTokenPayloadResolvers<ContextType>;
  CreateOrganizationPayload?: CreateOrganizationPayloadResolvers<ContextType>;
  CreateTeamPayload?: CreateTeamPayloadResolvers<ContextType>;
  CreateUserPayload?: CreateUserPayloadResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  DeleteAliasPayload?: DeleteAliasPayloadResolvers<ContextType>;
  DeleteBudgetPayload?: DeleteBudgetPayloadResolvers<ContextType>;
  Deprecation?: DeprecationResolvers<ContextType>;
  Embeddings?: EmbeddingsResolvers<ContextType>;
  Estimate?: EstimateResolvers<ContextType>;
  File?: FileResolvers<ContextType>;
  FilePart?: FilePartResolvers<ContextType>;
  Image?: ImageResolvers<ContextType>;
  ImagePart?: ImagePartResolvers<ContextType>;
  ImportProviderCostsPayload?: ImportProviderCostsPayloadResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  KeyDirectives?: KeyDirectivesResolvers<ContextType>;
  KeyLabel?: KeyLabelResolvers<ContextType>;
  KeyMaxPrice?: KeyMaxPriceResolvers<ContextType>;
  KeyRoute?: KeyRouteResolvers<ContextType>;
  KeyTimeout?: KeyTimeoutResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  MessagePart?: MessagePartResolvers<ContextType>;
  Model?: ModelResolvers<ContextType>;
  ModelConnection?: ModelConnectionResolvers<ContextType>;
  ModelEdge?: ModelEdgeResolvers<ContextType>;
  ModelId?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  Offer?: OfferResolvers<ContextType>;
  OfferHealth?: OfferHealthResolvers<ContextType>;
  Organization?: OrganizationResolvers<ContextType>;
  OrganizationConnection?: OrganizationConnectionResolvers<ContextType>;
  OrganizationEdge?: OrganizationEdgeResolvers<ContextType>;
  OutputMedia?: OutputMediaResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  Principal?: PrincipalResolvers<ContextType>;
  Provider?: ProviderResolvers<ContextType>;
  PublishAliasPayload?: PublishAliasPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Quota?: QuotaResolvers<ContextType>;
  Reasoning?: ReasoningResolvers<ContextType>;
  ReasoningPart?: ReasoningPartResolvers<ContextType>;
  Reconciliation?: ReconciliationResolvers<ContextType>;
  ReconciliationRow?: ReconciliationRowResolvers<ContextType>;
  RefusalPart?: RefusalPartResolvers<ContextType>;
  RepricedRow?: RepricedRowResolvers<ContextType>;
  RepricedTotals?: RepricedTotalsResolvers<ContextType>;
  RepricedUsage?: RepricedUsageResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
  RollBackAliasPayload?: RollBackAliasPayloadResolvers<ContextType>;
  RotateApiKeyPayload?: RotateApiKeyPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Tag?: TagResolvers<ContextType>;
  Team?: TeamResolvers<ContextType>;
  TeamConnection?: TeamConnectionResolvers<ContextType>;
  TeamEdge?: TeamEdgeResolvers<ContextType>;
  TextPart?: TextPartResolvers<ContextType>;
  Timing?: TimingResolvers<ContextType>;
  TokenAlternative?: TokenAlternativeResolvers<ContextType>;
  TokenCounts?: TokenCountsResolvers<ContextType>;
  TokenLogprob?: TokenLogprobResolvers<ContextType>;
  TokenUsage?: TokenUsageResolvers<ContextType>;
  ToolCall?: ToolCallResolvers<ContextType>;
  ToolCallDelta?: ToolCallDeltaResolvers<ContextType>;
  ToolCallPart?: ToolCallPartResolvers<ContextType>;
  ToolResult?: ToolResultResolvers<ContextType>;
  ToolResultPart?: ToolResultPartResolvers<ContextType>;
  UpdateApiKeyPayload?: UpdateApiKeyPayloadResolvers<ContextType>;
  UpdateBudgetPayload?: UpdateBudgetPayloadResolvers<ContextType>;
  UpdateOrganizationPayload?: UpdateOrganizationPayloadResolvers<ContextType>;
  UpdateTeamPayload?: UpdateTeamPayloadResolvers<ContextType>;
  UpdateUserPayload?: UpdateUserPayloadResolvers<ContextType>;
  UsageKey?: UsageKeyResolvers<ContextType>;
  UsagePoint?: UsagePointResolvers<ContextType>;
  UsageReport?: UsageReportResolvers<ContextType>;
  UsageRow?: UsageRowResolvers<ContextType>;
  UsageTotals?: UsageTotalsResolvers<ContextType>;
  Usd?: GraphQLScalarType;
  User?: UserResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  Vector?: GraphQLScalarType;
  Viewer?: ViewerResolvers<ContextType>;
  WouldRefuse?: WouldRefuseResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = GraphContext> = {
  auth?: AuthDirectiveResolver<any, any, ContextType>;
  costRouted?: CostRoutedDirectiveResolver<any, any, ContextType>;
  maxCost?: MaxCostDirectiveResolver<any, any, ContextType>;
  public?: PublicDirectiveResolver<any, any, ContextType>;
  quota?: QuotaDirectiveResolver<any, any, ContextType>;
  route?: RouteDirectiveResolver<any, any, ContextType>;
  timeout?: TimeoutDirectiveResolver<any, any, ContextType>;
};
