import type { CompletionId } from '../../domain/id.ts';
import { toId } from '../../domain/id.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Price } from '../../domain/price.ts';
import { unknownPrice } from '../../domain/price.ts';
import type { AttemptStart, CallStart, UsageEvent } from '../../domain/usageEvent.ts';
import type { Stored } from '../accountJson.ts';
import { readAttempts, readDraws, readPrice, toAttemptJson, toDrawJson, toPriceJson } from '../accountJson.ts';
import { readHolder } from '../holder.ts';
import { toUsageJson } from '../usageRow.ts';

/** One line of the write-ahead log: a letter and JSON. A line that a crash has torn has no end, or is no JSON. */
export type LedgerRecord =
  | { readonly type: 'begin'; readonly start: CallStart; readonly attempt: AttemptStart }
  | { readonly type: 'attempt'; readonly attempt: AttemptStart }
  /** `json` is the row, as the database takes it. */
  | { readonly type: 'end'; readonly id: CompletionId; readonly json: string };

export function toBeginLine(start: CallStart, attempt: AttemptStart): string {
  return `B${JSON.stringify({ start, attempt: toAttemptStartJson(attempt) })}\n`;
}

export function toAttemptLine(attempt: AttemptStart): string {
  return `A${JSON.stringify(toAttemptStartJson(attempt))}\n`;
}

export function toEndLine(json: string): string {
  return `E${json}\n`;
}

/** How many bytes of an end's line stand before its JSON. */
export const endPrefixBytes = 1;

/** The event's row, without what PostgreSQL cannot keep in JSON: a NUL, half of a surrogate pair. */
export function toRowJson(event: UsageEvent): string {
  const json = toUsageJson(event);
  if (!json.includes('\\u0000') && !json.includes('\\ud')) return json;
  return JSON.stringify(JSON.parse(json), (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  );
}

/** Null when the line is none of ours. */
export function readLine(line: string): LedgerRecord | null {
  const value = parse(line.slice(1));
  if (value === null) return null;
  switch (line[0]) {
    case 'B': {
      const { start, attempt } = value;
      if (!isJsonObject(start) || !isJsonObject(attempt)) return null;
      return { type: 'begin', start: readStart(start), attempt: readAttemptStart(attempt) };
    }
    case 'A':
      return { type: 'attempt', attempt: readAttemptStart(value) };
    case 'E':
      return { type: 'end', id: toId(String(value['id'])), json: line.slice(1) };
    default:
      return null;
  }
}

function parse(json: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(json);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function readStart(value: JsonObject): CallStart {
  // `toBeginLine` has written it, and a torn line does not parse.
  const start = value as unknown as Omit<CallStart, 'holder'> & Partial<Pick<CallStart, 'holder'>>;
  return { ...start, holder: readHolder(start.holder, start.apiKeyId) };
}

function toAttemptStartJson(attempt: AttemptStart): JsonObject {
  return {
    ...attempt,
    price: toPriceJson(attempt.price),
    earlier: attempt.earlier.map(toAttemptJson),
    holds: attempt.holds.map(toDrawJson),
    mostCost: attempt.mostCost?.toString() ?? null,
  };
}

function readAttemptStart(value: JsonObject): AttemptStart {
  const { holds, mostCost, price, earlier } = value;
  // As above: all but the amounts stands there as it was. Logs of before they were written have none of these five.
  return {
    providerModel: null,
    priceSource: null,
    startedAt: 0,
    ...(value as unknown as Omit<AttemptStart, 'providerModel' | 'priceSource' | 'startedAt'>),
    price: isJsonObject(price) ? readPrice(price as unknown as Stored<Price>) : unknownPrice,
    earlier: readAttempts(earlier ?? []),
    holds: readDraws(holds ?? []),
    mostCost: typeof mostCost === 'string' ? BigInt(mostCost) : null,
  };
}
