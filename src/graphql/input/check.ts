import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import { isPlain, isStorable, nameRule, readName } from '../../domain/name.ts';

/** An argument that does not hold. `path` names it, for instance `input.messages[0].content`; the value itself is not repeated. */
export function invalid(path: string, sentence: string): GatewayError {
  return new GatewayError('INVALID_REQUEST', `${path}: ${sentence}`, { details: { path } });
}

export interface Range {
  readonly least?: number;
  readonly most?: number;
}

export function readNumber(
  value: number | null | undefined,
  path: string,
  { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Range,
): number | null {
  if (value === null || value === undefined) return null;
  if (value >= least && value <= most) return value;
  const bounds = [
    least === Number.NEGATIVE_INFINITY ? [] : [`at least ${least}`],
    most === Number.POSITIVE_INFINITY ? [] : [`at most ${most}`],
  ].flat();
  throw invalid(path, `must be ${bounds.join(' and ')}.`);
}

/** Null when it is not given; refused when it is empty or too long, or cannot be kept by a database. */
export function readText(value: string | null | undefined, path: string, mostLength: number): string | null {
  if (value === null || value === undefined) return null;
  if (!isStorable(value)) throw invalid(path, 'must have neither the character NUL nor half of a surrogate pair.');
  if (value.length >= 1 && value.length <= mostLength) return value;
  throw invalid(path, `must have 1 to ${mostLength} characters.`);
}

export function readObject(value: unknown, path: string): JsonObject {
  if (value === null || value === undefined) return {};
  if (isJsonObject(value)) return value;
  throw invalid(path, 'must be an object.');
}

export function readList<Item>(
  items: readonly Item[],
  path: string,
  { least = 0, most = Number.POSITIVE_INFINITY }: Range,
): readonly Item[] {
  if (items.length < least) throw invalid(path, least === 1 ? 'must not be empty.' : `must have at least ${least} items.`);
  if (items.length > most) throw invalid(path, `must have at most ${most} items.`);
  return items;
}

/** An organization's own name for a user: 1 to 200 characters, none of them a control character. */
export function readUserId(value: string, path: string): string {
  if (value.length >= 1 && value.length <= 200 && isPlain(value)) return value;
  throw invalid(path, 'must have 1 to 200 characters, and no control characters.');
}

/** A name for people, without the blanks around it. */
export function checkName(value: string, path: string): string {
  const name = readName(value);
  if (name === null) throw invalid(path, nameRule);
  return name;
}
