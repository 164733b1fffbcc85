import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ingest } from './ingest.ts';
import type { LedgerRecord } from './record.ts';
import { readLine, toRowJson } from './record.ts';
import type { OpenCall } from './unknownCall.ts';
import { toUnknown } from './unknownCall.ts';

export interface Replayed {
  readonly ended: number;
  /** Calls that had begun and whose end nobody knows. */
  readonly unknown: number;
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

/** Adds what a line says to what is known of its call. */
export function note(open: Map<string, OpenCall>, record: Exclude<LedgerRecord, { type: 'end' }>): void {
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
