import type { JsonValue } from '../domain/json.ts';
import type { Row } from './database.ts';

// The statement's columns and these readers stand side by side; a mismatch is a fault of ours and throws.

export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : mismatch(column, 'text');
}

export function textOrNull(row: Row, column: string): string | null {
  return isNull(row, column) ? null : text(row, column);
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : mismatch(column, 'a number');
}

export function numberOrNull(row: Row, column: string): number | null {
  return isNull(row, column) ? null : number(row, column);
}

export function amount(row: Row, column: string): bigint {
  const value = row[column];
  return typeof value === 'bigint' ? value : mismatch(column, 'an int8');
}

export function amountOrNull(row: Row, column: string): bigint | null {
  return isNull(row, column) ? null : amount(row, column);
}

export function boolean(row: Row, column: string): boolean {
  const value = row[column];
  return typeof value === 'boolean' ? value : mismatch(column, 'a boolean');
}

/** A column of one of a closed set of words. */
export function word<Word extends string>(row: Row, column: string, words: readonly Word[]): Word {
  return wordOrNull(row, column, words) ?? mismatch(column, words.join(' or '));
}

export function wordOrNull<Word extends string>(row: Row, column: string, words: readonly Word[]): Word | null {
  const value = textOrNull(row, column);
  if (value === null) return null;
  return words.find((known) => known === value) ?? mismatch(column, words.join(' or '));
}

export function json(row: Row, column: string): JsonValue {
  // Both drivers parse JSON columns, and what JSON.parse makes is a JsonValue.
  return row[column] as JsonValue;
}

function isNull(row: Row, column: string): boolean {
  return row[column] === null;
}

function mismatch(column: string, expected: string): never {
  throw new TypeError(`Column "${column}" is not ${expected}.`);
}
