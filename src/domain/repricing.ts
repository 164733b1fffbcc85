import type { ModelSlug, OfferId, OrganizationId, ProviderId } from './id.ts';
import type { Nanodollars } from './money.ts';
import type { Price } from './price.ts';

/** SNAPSHOT: the price each attempt ran at. CURRENT: what its offer asks for now. */
export type RepricingBasis = 'CURRENT' | 'SNAPSHOT';

/** What the calls of a half-open range of time, milliseconds since 1970, would cost at given prices. */
export interface RepricingQuestion {
  /** Null: every organization. */
  readonly organizationId: OrganizationId | null;
  readonly from: number;
  readonly to: number;
  /** What offers ask for; one that is not in it has no known price. Null: each attempt's own price. */
  readonly prices: ReadonlyMap<OfferId, Price> | null;
  /** Rows by what was booked, largest first. */
  readonly first: number;
}

/** Sums over attempts that were billed. */
export interface RepricedSum {
  readonly attempts: number;
  /** What the ledger has for them; attempts of unknown price are not in it. */
  readonly booked: Nanodollars;
  /** What they would cost. An attempt that ended unknown stays at what was held for it; a part of a shared call changes in proportion. */
  readonly repriced: Nanodollars;
  /** Attempts that are not in `booked`, and those not in `repriced`, because no price is known. */
  readonly bookedUnpriced: number;
  readonly repricedUnpriced: number;
  /** Attempts whose two amounts differ. At their own prices there are none. */
  readonly different: number;
}

export interface RepricedRow extends RepricedSum {
  readonly provider: ProviderId;
  readonly model: ModelSlug;
  readonly offer: OfferId;
}

export interface RepricingReport {
  readonly totals: RepricedSum;
  readonly rows: readonly RepricedRow[];
  /** How many rows there are in all. */
  readonly rowCount: number;
}
