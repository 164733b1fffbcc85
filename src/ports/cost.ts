import type { AuditAct } from '../domain/audit.ts';
import type { OrganizationId, ProviderId } from '../domain/id.ts';
import type { BilledLine } from '../domain/providerBill.ts';
import type { Billed, Booked } from '../domain/reconciliation.ts';
import type { RepricingQuestion, RepricingReport } from '../domain/repricing.ts';

/** The whole bill of every day that is in it. */
export interface ProviderBill {
  readonly provider: ProviderId;
  readonly lines: readonly BilledLine[];
}

/** How many lines a bill has added, changed and taken away. */
export interface BillChange {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** Days of a provider, `YYYY-MM-DD`, both included. */
export interface BilledDays {
  readonly provider: ProviderId;
  readonly from: string;
  readonly to: string;
}

/** What attempts cost: by the ledger, by what providers have billed, and by other prices. */
export interface CostStore {
  /**
   * Puts the bill in the place of what there was of its days, and writes the act down under the organization of whoever does it. What changes nothing is no act.
   * Both are written, or neither.
   */
  importBill(bill: ProviderBill, act: AuditAct & { readonly organizationId: OrganizationId }): Promise<BillChange>;
  billed(days: BilledDays): Promise<readonly Billed[]>;
  /** Attempts by the day on which they began, in the time zone. */
  booked(days: BilledDays, timeZone: string): Promise<readonly Booked[]>;
  reprice(question: RepricingQuestion): Promise<RepricingReport>;
}
