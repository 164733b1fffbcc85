import type { OrganizationId, ProviderId } from '../domain/id.ts';
import type { BillColumns } from '../domain/providerBill.ts';
import type { Reconciliation, ReconciliationDimension } from '../domain/reconciliation.ts';
import type { RepricingBasis, RepricingQuestion, RepricingReport } from '../domain/repricing.ts';
import type { BillChange } from '../ports/cost.ts';
import type { Caller } from './caller.ts';

/** A provider's bill as its export has it. */
export interface NewProviderBill {
  readonly provider: ProviderId;
  readonly csv: string;
  readonly columns: BillColumns;
}

/** What an import has brought. */
export interface ImportedBill extends BillChange {
  readonly provider: ProviderId;
  /** The first and the last day of the file, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly lines: number;
  /** Nanodollars. */
  readonly billed: bigint;
}

/** Days are `YYYY-MM-DD` of the provider's calendar, both included. */
export interface ReconciliationQuestion {
  readonly provider: ProviderId;
  readonly from: string;
  readonly to: string;
  readonly groupBy: readonly ReconciliationDimension[];
  readonly timeZone: string;
}

export interface CostService {
  /** Throws INVALID_REQUEST naming the line, NOT_FOUND when no such provider is connected, PAYLOAD_TOO_LARGE. */
  importBill(caller: Caller, bill: NewProviderBill): Promise<ImportedBill>;
  /** Every organization's calls: a provider's bill does not tell them apart. */
  reconcile(caller: Caller, question: ReconciliationQuestion): Promise<Reconciliation>;
  /** What calls would cost; the ledger stays as it is. `organizationId` null: the caller's own, for an ADMIN every one. Throws NOT_FOUND. */
  reprice(
    caller: Caller,
    question: Omit<RepricingQuestion, 'prices'> & { readonly basis: RepricingBasis; readonly organizationId: OrganizationId | null },
  ): Promise<RepricingReport>;
}
