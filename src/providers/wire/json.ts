import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';

/** Readers of parsed JSON from outside: what is absent, null or of another type is null. */
export function readText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A text that says something: providers write "" where they mean nothing. */
export function readWord(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A count of something. */
export function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function readNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function readObject(value: unknown): JsonObject | null {
  return isJsonObject(value) ? value : null;
}

export function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a table of ours has for a word from outside: `constructor` and its like, which every object has, are none. */
export function lookUp<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
