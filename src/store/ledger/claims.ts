import type { Queries } from '../database.ts';

/** Nothing was delivered of a call that never began, failed or was cancelled: its key may be used again. */
const releaseStatement = `delete from idempotency i where i.replica_id = $1 and i.state = 'RUNNING' and not exists (
    select from usage_events u
    where u.organization_id = i.organization_id and u.id = i.completion_id and u.outcome in ('SUCCEEDED', 'UNKNOWN')
  )`;

const endStatement = `update idempotency set state = 'ENDED' where replica_id = $1 and state = 'RUNNING'`;

/**
 * To be called when all that a dead replica has written is ingested: the keys of its calls answer what the ledger knows,
 * and nobody waits for them any longer. Doing it twice changes nothing.
 */
export async function settleClaims(database: Queries, replicaId: string): Promise<void> {
  await database.query(releaseStatement, [replicaId]);
  await database.query(endStatement, [replicaId]);
}
