import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplicaId } from '../../domain/id.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queries } from '../database.ts';
import { openLock } from '../lock.ts';
import { toTimestamp } from '../sqlValue.ts';

/** The folder of one replica's log, locked while the replica lives. */
export interface ReplicaFolder {
  readonly path: string;
  /** `done`: all of it is in the database, so it is deleted. */
  leave(state: { readonly done: boolean }): void;
}

export const lockName = 'lock';

export function openReplicaFolder(folder: string, replicaId: ReplicaId, clock: Clock): ReplicaFolder {
  const path = join(folder, replicaId);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = openLock({ path: join(path, lockName), folder: path, clock });
  return {
    path,
    leave({ done }) {
      if (done) rmSync(path, { recursive: true, force: true });
      lock[Symbol.dispose]();
    },
  };
}

/** To be called when all that a replica has written is ingested and it makes no more calls: closes its leases at what the ledger proves. */
export async function settleReplica(database: Queries, replicaId: string, now: number): Promise<void> {
  await database.query('select settle_replica($1, $2)', [replicaId, toTimestamp(now)]);
}
