import type { ModelSlug } from './id.ts';
import type { Nanodollars } from './money.ts';

export const reconciliationDimensions = ['DAY', 'MODEL'] as const;
export type ReconciliationDimension = (typeof reconciliationDimensions)[number];

/** What a provider has billed for a model on a day. */
export interface Billed {
  readonly day: string;
  /** The provider's name for it; empty: the bill names none. */
  readonly model: string;
  readonly amount: Nanodollars;
  /** Null: the bill does not say. */
  readonly tokens: bigint | null;
}

/** What the ledger has of a provider's model on a day. */
export interface Booked {
  readonly day: string;
  /** The provider's names for it: by which it answered, and by which it was asked. */
  readonly answeredModel: string | null;
  readonly providerModel: string | null;
  readonly model: ModelSlug;
  readonly amount: Nanodollars;
  readonly tokens: bigint;
  readonly attempts: number;
  /** How many of them have no known price, and so no amount. */
  readonly unpriced: number;
  /** How many of them ended unknown, and stand at what was held for them. */
  readonly unknown: number;
}

/** One comparison. Where only one side has something, the other is null. */
export interface ReconciliationRow {
  /** Null: not told apart by it. */
  readonly day: string | null;
  /** Null: not told apart by it, or none is named. */
  readonly model: string | null;
  readonly billed: Nanodollars | null;
  readonly booked: Nanodollars | null;
  readonly billedTokens: bigint | null;
  readonly bookedTokens: bigint | null;
  readonly attempts: number;
  readonly unpriced: number;
  readonly unknown: number;
}

export interface Reconciliation {
  readonly totals: ReconciliationRow;
  /** By day, then by model. */
  readonly rows: readonly ReconciliationRow[];
}

interface Sum {
  billed: Nanodollars | null;
  booked: Nanodollars | null;
  billedTokens: bigint | null;
  bookedTokens: bigint | null;
  attempts: number;
  unpriced: number;
  unknown: number;
}

/**
 * Puts a provider's bill beside the ledger. An attempt belongs to the first of its names that the bill has: that by which the provider answered,
 * that by which it was asked, its slug, the slug without its vendor; to the first two as they are where the bill has none of them.
 */
export function reconcile(
  billed: readonly Billed[],
  booked: readonly Booked[],
  groupBy: readonly ReconciliationDimension[],
): Reconciliation {
  const totals = newSum();
  const sums = new Map<string, { readonly day: string | null; readonly model: string | null; readonly sum: Sum }>();
  const named = new Set(billed.map(({ model }) => model));

  function sumOf(day: string, model: string): Sum {
    const place = { day: groupBy.includes('DAY') ? day : null, model: groupBy.includes('MODEL') && model !== '' ? model : null };
    const key = JSON.stringify([place.day, place.model]);
    const row = sums.get(key) ?? { ...place, sum: newSum() };
    sums.set(key, row);
    return row.sum;
  }

  for (const line of billed) for (const sum of [totals, sumOf(line.day, line.model)]) addBilled(sum, line);
  for (const line of booked) for (const sum of [totals, sumOf(line.day, nameOf(line, named))]) addBooked(sum, line);
  const rows = [...sums.values()].map(({ day, model, sum }) => ({ day, model, ...sum }));
  return { totals: { day: null, model: null, ...totals }, rows: rows.sort(byDayAndModel) };
}

/** Which side has something. */
export function statusOf({ billed, booked }: ReconciliationRow): 'MATCHED' | 'ONLY_BILLED' | 'ONLY_BOOKED' {
  if (billed === null) return 'ONLY_BOOKED';
  return booked === null ? 'ONLY_BILLED' : 'MATCHED';
}

/** What the provider asks for beyond what was booked; below 0: less. Null where one side is missing. */
export function differenceOf({ billed, booked }: ReconciliationRow): Nanodollars | null {
  return billed === null || booked === null ? null : billed - booked;
}

/** The difference in percent of the bill, to four places. Null where one side is missing, or nothing is billed. */
export function percentOf(row: ReconciliationRow): number | null {
  const difference = differenceOf(row);
  if (difference === null || row.billed === null || row.billed === 0n) return null;
  return Number((difference * 1_000_000n) / row.billed) / 10_000;
}

function newSum(): Sum {
  return { billed: null, booked: null, billedTokens: null, bookedTokens: null, attempts: 0, unpriced: 0, unknown: 0 };
}

function addBilled(sum: Sum, { amount, tokens }: Billed): void {
  sum.billed = (sum.billed ?? 0n) + amount;
  if (tokens !== null) sum.billedTokens = (sum.billedTokens ?? 0n) + tokens;
}

function addBooked(sum: Sum, { amount, tokens, attempts, unpriced, unknown }: Booked): void {
  sum.booked = (sum.booked ?? 0n) + amount;
  sum.bookedTokens = (sum.bookedTokens ?? 0n) + tokens;
  sum.attempts += attempts;
  sum.unpriced += unpriced;
  sum.unknown += unknown;
}

function nameOf({ answeredModel, providerModel, model }: Booked, billed: ReadonlySet<string>): string {
  const names = [answeredModel, providerModel, model, model.slice(model.indexOf('/') + 1)].filter((name) => name !== null);
  return names.find((name) => billed.has(name)) ?? names[0] ?? '';
}

function byDayAndModel(left: ReconciliationRow, right: ReconciliationRow): number {
  return compare(left.day ?? '', right.day ?? '') || compare(left.model ?? '', right.model ?? '');
}

function compare(left: string, right: string): number {
  return Number(left > right) - Number(left < right);
}
