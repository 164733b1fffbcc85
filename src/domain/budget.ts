import type { ApiKeyId, BudgetId, ClientTokenId, OrganizationId, TeamId, UserId } from './id.ts';
import type { Tag } from './tag.ts';

/** What is counted. SPEND in nanodollars, REQUESTS in calls, TOKENS in input and output tokens, PARALLEL in calls under way. */
export type Meter = 'REQUESTS' | 'TOKENS' | 'SPEND' | 'PARALLEL';
/**
 * How long a limit counts before it begins anew: calendar periods in the budget's time zone; TOTAL never begins anew. MINUTE slides: its limit holds
 * in any 60 seconds, wherever they begin.
 */
export type BudgetWindow = 'TOTAL' | 'MINUTE' | 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';
/** STRICT refuses what would exceed the limit; SOFT only warns. */
export type BudgetPolicy = 'STRICT' | 'SOFT';

export type BudgetScope =
  | { readonly type: 'ORGANIZATION'; readonly id: OrganizationId }
  | { readonly type: 'TEAM'; readonly id: TeamId }
  | { readonly type: 'USER'; readonly id: UserId }
  | { readonly type: 'API_KEY'; readonly id: ApiKeyId }
  | { readonly type: 'MODEL'; readonly slug: string }
  | { readonly type: 'TAG'; readonly tag: Tag }
  /** Made with the token, under the key. */
  | { readonly type: 'CLIENT_TOKEN'; readonly id: ClientTokenId; readonly apiKeyId: ApiKeyId };

/** A configured limit. `limit` is in the meter's unit. */
export interface Budget {
  readonly id: BudgetId;
  readonly organizationId: OrganizationId;
  readonly scope: BudgetScope;
  readonly meter: Meter;
  readonly window: BudgetWindow;
  /** IANA name, for instance `Europe/Berlin`. */
  readonly timeZone: string;
  readonly limit: bigint;
  readonly policy: BudgetPolicy;
  /** It refuses nothing, and records what it would have refused. */
  readonly shadow: boolean;
  readonly createdAt: number;
  /** Milliseconds since 1970 at which it is over, with all that it is for; null: never. */
  readonly endsAt: number | null;
}

/** What of a budget can be changed; what is absent stays. Whose use counts, and how, makes another budget. */
export type BudgetChanges = Partial<Pick<Budget, 'limit' | 'policy' | 'shadow'>>;

/** What a call is, as far as limits can speak of it. */
export interface BudgetSubject {
  readonly organizationId: OrganizationId;
  readonly teamId: TeamId;
  readonly userId: UserId | null;
  readonly apiKeyId: ApiKeyId | null;
  /** The model's slug; null while it is not yet known. */
  readonly model: string | null;
  readonly tags: readonly Tag[];
}

export function coversSubject(budget: Budget, subject: BudgetSubject): boolean {
  if (budget.organizationId !== subject.organizationId) return false;
  const { scope } = budget;
  switch (scope.type) {
    case 'ORGANIZATION':
      return scope.id === subject.organizationId;
    case 'TEAM':
      return scope.id === subject.teamId;
    case 'USER':
      return scope.id === subject.userId;
    case 'API_KEY':
      return scope.id === subject.apiKeyId;
    case 'MODEL':
      return scope.slug === subject.model;
    case 'TAG':
      return subject.tags.some((tag) => tag.name === scope.tag.name && tag.value === scope.tag.value);
    case 'CLIENT_TOKEN':
      // It comes with its token, whose calls it covers all: nobody looks for it.
      return false;
    default:
      return scope satisfies never;
  }
}

/** What one call drew from one period of one budget, in the meter's unit; booked with the call's ledger row. */
export interface BudgetDraw {
  readonly budgetId: BudgetId;
  /** Start of the period, milliseconds since 1970. */
  readonly periodStart: number;
  readonly amount: bigint;
}

/** Whether calls are refused for it. */
export function binds({ policy, shadow }: Budget): boolean {
  return policy === 'STRICT' && !shadow;
}

/** A budget's state in the current period, over all replicas as far as this one knows. Of a MINUTE, `used` and `held` are those of the last 60 seconds. */
export interface Quota {
  readonly budget: Budget;
  readonly used: bigint;
  readonly held: bigint;
  /** Milliseconds since 1970; null for TOTAL. Of a MINUTE: when all that is used now no longer counts; null when nothing is used. */
  readonly resetsAt: number | null;
  /** What a shadow budget would have refused in this period, of a MINUTE since it was made: holds of calls or attempts, and what they would have held. Null: it is none. */
  readonly wouldRefuse: { readonly count: bigint; readonly amount: bigint } | null;
}
