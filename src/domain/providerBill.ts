import type { CsvRecord } from './csv.ts';
import { invalidLine } from './csv.ts';
import { GatewayError } from './errors.ts';
import type { Nanodollars } from './money.ts';
import { readBilledUsd } from './money.ts';

/** A line of what a provider has billed. */
export interface BilledLine {
  /** `YYYY-MM-DD` of the provider's calendar. */
  readonly day: string;
  /** The provider's name for the model; empty: the line names none. */
  readonly model: string;
  /** Tells lines of one day and model apart. */
  readonly key: string;
  /** Below 0: given back. */
  readonly amount: Nanodollars;
  /** Null: the bill does not say. */
  readonly inputTokens: bigint | null;
  readonly outputTokens: bigint | null;
}

/** The names of the columns, as the file's first line has them. Null: there is no such column. */
export interface BillColumns {
  readonly day: string;
  readonly model: string | null;
  readonly amount: string;
  readonly currency: string | null;
  readonly key: string | null;
  readonly inputTokens: string | null;
  readonly outputTokens: string | null;
}

export type BillColumn = keyof BillColumns;

/** Where each column stands, counted from 0; null: nowhere. */
type Positions = Readonly<Record<BillColumn, number | null>>;

/** Reads the records behind the header one by one; `line` of an error is the file's. */
export interface BillReader {
  read(record: CsvRecord): BilledLine;
}

const mostText = 256;
const dayPattern = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0{1,9})?)?(?:Z|[+-]00:?00)?)?$/;

/** Throws INVALID_REQUEST when the header lacks a column, or has one twice. */
export function createBillReader(header: CsvRecord, columns: BillColumns): BillReader {
  const positions = findColumns(header, columns);
  /** By day, model and key: the line on which it stands. */
  const seen = new Map<string, number>();
  /** How many lines without a key of their own a day and model have. */
  const counts = new Map<string, number>();

  function keyOf(place: string, given: string | null): string {
    if (given !== null) return given;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return String(count);
  }

  return {
    read({ line, fields }) {
      if (fields.length !== header.fields.length)
        throw invalidLine(line, `There are ${fields.length} fields, where the header has ${header.fields.length}.`);
      const cell = (column: BillColumn): string | null => {
        const position = positions[column];
        return position === null ? null : (fields[position] ?? '').trim();
      };
      checkCurrency(line, cell('currency'));
      const day = readDay(line, cell('day') ?? '');
      const model = readName(line, 'model', cell('model') ?? '');
      const given = cell('key');
      const key = keyOf(`${day} ${model}`, given === null ? null : readName(line, 'key', given));
      const place = JSON.stringify([day, model, key]);
      const other = seen.get(place);
      if (other !== undefined) throw invalidLine(line, `The day, model and key are those of line ${other}.`);
      seen.set(place, line);
      const count = (column: 'inputTokens' | 'outputTokens') => readCount(line, column, cell(column));
      return {
        day,
        model,
        key,
        amount: readAmount(line, cell('amount') ?? ''),
        inputTokens: count('inputTokens'),
        outputTokens: count('outputTokens'),
      };
    },
  };
}

function findColumns({ fields }: CsvRecord, columns: BillColumns): Positions {
  const names = fields.map((name) => name.trim());
  const find = (column: BillColumn): number | null => {
    const name = columns[column];
    if (name === null) return null;
    const position = names.indexOf(name);
    if (position < 0 || names.indexOf(name, position + 1) >= 0) throw noColumn(column, position < 0);
    return position;
  };
  return {
    day: find('day'),
    model: find('model'),
    amount: find('amount'),
    currency: find('currency'),
    key: find('key'),
    inputTokens: find('inputTokens'),
    outputTokens: find('outputTokens'),
  };
}

function noColumn(column: BillColumn, absent: boolean): GatewayError {
  const sentence = absent ? 'The header has no column of this name.' : 'The header has this column twice.';
  return new GatewayError('INVALID_REQUEST', `mapping.${column}: ${sentence}`, { details: { path: `mapping.${column}`, line: 1 } });
}

function checkCurrency(line: number, currency: string | null): void {
  if (currency !== null && currency.toUpperCase() !== 'USD') throw invalidLine(line, 'The currency is not USD.');
}

/** A day, or the midnight at its beginning. */
function readDay(line: number, text: string): string {
  const day = dayPattern.exec(text)?.[1];
  if (day === undefined || !isDay(day)) throw invalidLine(line, 'The day is no calendar day such as 2026-01-31.');
  return day;
}

/** Whether a `YYYY-MM-DD` is a day that there is, from the year 2000 on. */
export function isDay(text: string): boolean {
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // `Date.parse` rolls 31 February over into March; a day that there is comes back as it went in.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function readName(line: number, column: 'model' | 'key', text: string): string {
  if (text.length > mostText || /\p{Cc}/u.test(text))
    throw invalidLine(line, `The ${column} has more than ${mostText} characters, or control characters.`);
  return text;
}

function readAmount(line: number, text: string): Nanodollars {
  const amount = readBilledUsd(text);
  if (amount === null) throw invalidLine(line, 'The amount is no decimal number such as 12.345, or beyond 1,000,000,000 dollars.');
  return amount;
}

function readCount(line: number, column: string, text: string | null): bigint | null {
  if (text === null || text === '') return null;
  if (!/^\d{1,11}$/.test(text)) throw invalidLine(line, `The number in ${column} is no whole number of up to 11 digits.`);
  return BigInt(text);
}
