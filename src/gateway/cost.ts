import { readCsv } from '../domain/csv.ts';
import { GatewayError } from '../domain/errors.ts';
import type { OfferId } from '../domain/id.ts';
import type { Price } from '../domain/price.ts';
import type { BilledLine } from '../domain/providerBill.ts';
import { createBillReader } from '../domain/providerBill.ts';
import { reconcile } from '../domain/reconciliation.ts';
import type { Catalog, CatalogSnapshot } from '../ports/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Store } from '../ports/store.ts';
import { actOf } from './act.ts';
import type { CostService, ImportedBill, NewProviderBill } from './costService.ts';
import { notFound, organizationAsked } from './visibility.ts';

export interface CostParts {
  readonly store: Pick<Store, 'costs'>;
  readonly ledger: Ledger;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: IdSource;
}

const mostCharacters = 8 * 1024 ** 2;
const mostLines = 20_000;
const limits = { mostFields: 100, mostFieldLength: 4096 };
/** So many lines are read before everything else has its turn. */
const linesATurn = 1000;

export function createCosts({ store: { costs }, ledger, catalog, clock, ids }: CostParts): CostService {
  return {
    async importBill(caller, bill) {
      const { provider } = bill;
      if (!catalog.current().providers.has(provider)) throw notFound('provider');
      const lines = await readBill(clock, bill);
      const act = { ...actOf(caller, 'IMPORT_PROVIDER_COSTS', { clock, ids }), organizationId: caller.principal.organizationId };
      return { ...summaryOf(bill, lines), ...(await costs.importBill({ provider, lines }, act)) };
    },
    async reconcile(_caller, { groupBy, timeZone, ...days }) {
      await ledger.flush();
      const [billed, booked] = await Promise.all([costs.billed(days), costs.booked(days, timeZone)]);
      return reconcile(billed, booked, groupBy);
    },
    async reprice(caller, { basis, organizationId, ...question }) {
      const every = organizationId === null && caller.principal.scopes.has('ADMIN');
      const asked = every ? null : organizationAsked(caller, organizationId);
      await ledger.flush();
      return await costs.reprice({ ...question, organizationId: asked, prices: basis === 'SNAPSHOT' ? null : pricesOf(catalog.current()) });
    },
  };
}

async function readBill(clock: Clock, { csv, columns }: NewProviderBill): Promise<readonly BilledLine[]> {
  if (csv.length > mostCharacters) throw tooLarge(`The file has more than ${mostCharacters} characters; split it between two days.`);
  checkText(csv);
  const records = readCsv(csv, limits);
  const header = records.next();
  if (header.done === true) throw new GatewayError('INVALID_REQUEST', 'The file is empty; its first line must name the columns.');
  const reader = createBillReader(header.value, columns);
  const lines: BilledLine[] = [];
  for (const record of records) {
    if (lines.length === mostLines) throw tooLarge(`The file has more than ${mostLines} lines; split it between two days.`);
    lines.push(reader.read(record));
    if (lines.length % linesATurn === 0) await new Promise<void>((resolve) => clock.timer(0, resolve));
  }
  if (lines.length === 0) throw new GatewayError('INVALID_REQUEST', 'The file has no line behind its header; nothing would be imported.');
  return lines;
}

/** What the database does not keep as text. */
function checkText(csv: string): void {
  const nul = csv.indexOf('\0');
  if (nul >= 0) {
    const line = csv.slice(0, nul).split('\n').length;
    throw new GatewayError('INVALID_REQUEST', `Line ${line}: A NUL is no text.`, { details: { line } });
  }
  if (!csv.isWellFormed()) throw new GatewayError('INVALID_REQUEST', 'The file is no well-formed Unicode text.');
}

function tooLarge(sentence: string): GatewayError {
  return new GatewayError('PAYLOAD_TOO_LARGE', sentence);
}

function summaryOf(
  { provider }: NewProviderBill,
  lines: readonly BilledLine[],
): Pick<ImportedBill, 'provider' | 'from' | 'to' | 'lines' | 'billed'> {
  const days = lines.map(({ day }) => day).sort();
  const billed = lines.reduce((sum, { amount }) => sum + amount, 0n);
  return { provider, from: days[0] ?? '', to: days.at(-1) ?? '', lines: lines.length, billed };
}

function pricesOf({ models }: CatalogSnapshot): ReadonlyMap<OfferId, Price> {
  return new Map([...models.values()].flatMap(({ offers }) => offers.map(({ id, price }) => [id, price] as const)));
}
