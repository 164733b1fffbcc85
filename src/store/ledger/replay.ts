import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt } from '../../domain/attempt.ts';
import { noCost, unknownPrice } from '../../domain/price.ts';
import { noUsage } from '../../domain/usage.ts';
import type { AttemptStart, CallStart, UsageEvent } from '../../domain/usageEvent.ts';
import type { Ingest } from './ingest.ts';
import type { LedgerRecord } from './record.ts';
import { readLine, toRowJson } from './record.ts';

export interface Replayed {
  readonly ended: number;
  /** Calls that had begun and whose end nobody knows. */
  readonly unknown: number;
}

/** What is known of a call of which no end was read yet. */
interface OpenCall {
  start: CallStart | null;
  readonly attempts: AttemptStart[];
}

const batchRows = 500;

/**
 * Brings a dead replica's log into the database. A call without an end is charged what it held. Doing it twice changes nothing,
 * since a row is known by its call's id and time.
 */
export async function replay(folder: string, ingest: Ingest): Promise<Replayed> {
  const open = new Map<string, OpenCall>();
  const seen = new Set<string>();
  let rows: string[] = [];
  for (const record of readRecords(folder)) {
    if (record.type === 'end') {
      seen.add(record.id);
      rows.push(record.json);
    } else note(open, record);
    if (rows.length < batchRows) continue;
    await ingest(rows);
    rows = [];
  }
  const unknown = [...open].filter(([id]) => !seen.has(id)).flatMap(([, call]) => toUnknown(call) ?? []);
  rows.push(...unknown.map(toRowJson));
  for (let from = 0; from < rows.length; from += batchRows) await ingest(rows.slice(from, from + batchRows));
  return { ended: seen.size, unknown: unknown.length };
}

function note(open: Map<string, OpenCall>, record: Exclude<LedgerRecord, { type: 'end' }>): void {
  const { id } = record.attempt;
  const call = open.get(id) ?? { start: null, attempts: [] };
  if (record.type === 'begin') call.start = record.start;
  call.attempts.push(record.attempt);
  open.set(id, call);
}

/** A segment at a time: a log may be larger than memory. */
function* readRecords(folder: string): Generator<LedgerRecord> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.log'));
  for (const name of names.sort()) {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    // What stands behind the last line's end was torn while it was written; nobody was told that it had been.
    for (const line of lines.slice(0, -1)) {
      const record = readLine(line);
      if (record !== null) yield record;
    }
  }
}

/** Null where the segment with the call's beginning is gone: then the call has ended and is in the database. */
function toUnknown({ start, attempts }: OpenCall): UsageEvent | null {
  const last = attempts.at(-1);
  if (start === null || last === undefined) return null;
  const cost = last.mostCost === null ? null : { ...noCost, total: last.mostCost, request: last.mostCost };
  return {
    ...start,
    outcome: 'UNKNOWN',
    errorCode: 'OUTCOME_UNKNOWN',
    model: last.model,
    provider: last.provider,
    offer: last.offer,
    region: last.region,
    simulated: last.simulated,
    usage: { ...noUsage, basis: 'ESTIMATED' },
    cost,
    saved: null,
    firstTokenMs: null,
    durationMs: 0,
    finishReason: null,
    providerFinishReason: null,
    attempts: attempts.map((attempt) => toUnknownAttempt(start, attempt)),
    draws: last.holds,
  };
}

/** The log does not say how an attempt went, only that it was about to begin. */
function toUnknownAttempt(start: CallStart, { provider, model, offer }: AttemptStart): Attempt {
  return {
    provider,
    model,
    offer,
    outcome: 'UNKNOWN',
    errorCode: 'OUTCOME_UNKNOWN',
    startedAt: start.startedAt,
    firstTokenMs: null,
    durationMs: 0,
    usage: null,
    price: unknownPrice,
    cost: null,
    providerRequestId: null,
  };
}
