import type { ApiKeyId, Holder, ModelSlug, OrganizationId, ProviderId, TeamId, UserId } from './id.ts';
import type { Nanodollars } from './money.ts';
import type { Operation, Outcome } from './usageEvent.ts';

export const usageDimensions = ['MODEL', 'PROVIDER', 'API_KEY', 'TEAM', 'USER', 'OPERATION', 'OUTCOME', 'SIMULATED'] as const;
export type UsageDimension = (typeof usageDimensions)[number];
export type UsageBucket = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';

/** Only what is set restricts; an empty list leaves nothing. */
export interface UsageFilter {
  readonly organizationId: OrganizationId;
  readonly teamIds: readonly TeamId[] | null;
  readonly userIds: readonly UserId[] | null;
  readonly apiKeyIds: readonly ApiKeyId[] | null;
  readonly holders: readonly Holder[] | null;
  readonly models: readonly ModelSlug[] | null;
  readonly providers: readonly ProviderId[] | null;
  readonly operations: readonly Operation[] | null;
  readonly outcomes: readonly Outcome[] | null;
  readonly simulated: boolean | null;
}

/** What a caller asks for; the gateway adds whose calls it may see. */
export type UsageSelection = Omit<UsageFilter, 'organizationId' | 'holders'>;

/** A question about a half-open range of time, milliseconds since 1970. */
export interface UsageQuestion {
  readonly from: number;
  readonly to: number;
  readonly filter: UsageFilter;
  readonly groupBy: readonly UsageDimension[];
  /** Null: no points are asked for. */
  readonly bucket: UsageBucket | null;
  readonly timeZone: string;
  /** Rows by cost, largest first. */
  readonly first: number;
}

export interface UsageTotals {
  readonly requests: number;
  readonly errors: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly cost: Nanodollars;
  /** Sums of milliseconds and how many calls they are of. */
  readonly durationMs: number;
  readonly firstTokenMs: number;
  readonly firstTokenCount: number;
}

export interface UsagePoint extends UsageTotals {
  /** Start of the bucket, milliseconds since 1970. */
  readonly at: number;
}

export interface UsageRow {
  /** One entry a dimension asked for; null where not set. */
  readonly key: Readonly<Partial<Record<UsageDimension, string | null>>>;
  readonly totals: UsageTotals;
  readonly points: readonly UsagePoint[];
}

export interface UsageReport {
  readonly totals: UsageTotals;
  readonly rows: readonly UsageRow[];
  /** How many rows there are in all. */
  readonly rowCount: number;
  /** Up to when every event of this replica is counted, milliseconds since 1970. */
  readonly asOf: number;
}
