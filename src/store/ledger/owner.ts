import { readlinkSync } from 'node:fs';
import type { ReplicaId } from '../../domain/id.ts';
import type { Queries } from '../database.ts';
import { describeSelf, isAlive, parseOwner } from '../lockOwner.ts';
import { boolean, number, text } from '../row.ts';

/** A replica whose calls are in the database, as another one sees it. */
export interface OtherOwner {
  readonly replicaId: string;
  readonly beat: number;
  /** Its calls are being taken over. */
  readonly gone: boolean;
  /** Null: it cannot be known from here. */
  readonly alive: boolean | null;
}

export async function registerOwner(database: Queries, replicaId: ReplicaId): Promise<void> {
  const self = JSON.stringify({ ...describeSelf(), host: here() });
  await database.query('insert into ledger_owners (replica_id, process, beat, gone) values ($1, $2, 0, false)', [replicaId, self]);
}

/** Shows that the replica lives. False: its calls were taken over. */
export async function beatOwner(database: Queries, replicaId: ReplicaId): Promise<boolean> {
  const rows = await database.query('update ledger_owners set beat = beat + 1 where replica_id = $1 and not gone returning beat', [
    replicaId,
  ]);
  return rows.length > 0;
}

export async function findOthers(database: Queries, replicaId: ReplicaId): Promise<readonly OtherOwner[]> {
  const rows = await database.query('select replica_id, process, beat, gone from ledger_owners where replica_id <> $1', [replicaId]);
  return rows.map((row) => ({
    replicaId: text(row, 'replica_id'),
    beat: number(row, 'beat'),
    gone: boolean(row, 'gone'),
    alive: isAliveHere(text(row, 'process')),
  }));
}

function isAliveHere(process: string): boolean | null {
  const owner = parseOwner(process);
  const host = here();
  if (owner === null || host === null || owner.host !== host) return null;
  return isAlive({ ...owner, host: describeSelf().host });
}

/** Where process numbers mean the same: containers may share the name of their host, and each has a process 1. Null where the kernel does not say. */
function here(): string | null {
  try {
    return `${describeSelf().bootId} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}
