import { toId } from '../domain/id.ts';
import type { ClaimedKey, IdempotencyStore, KeyClaim } from '../ports/idempotency.ts';
import type { Queries, Row, SqlValue } from './database.ts';
import { number, text, textOrNull, word } from './row.ts';
import { toTimestamp, toUuidArray } from './sqlValue.ts';

/** One statement for a new key and for one whose use has expired, because between two of them another replica could come. */
const claimStatement = `insert into idempotency
  (organization_id, holder, key, input_hash, completion_id, replica_id, state, seen_at, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, 'RUNNING', $7, $7, $8)
  on conflict (holder, key) do update set
    organization_id = excluded.organization_id, input_hash = excluded.input_hash, completion_id = excluded.completion_id,
    replica_id = excluded.replica_id, state = excluded.state, answer = null,
    seen_at = excluded.seen_at, created_at = excluded.created_at, expires_at = excluded.expires_at
  where idempotency.expires_at <= excluded.created_at
  returning completion_id`;

// The drivers disagree on bytes, so they travel as base64.
const findStatement = `select input_hash, completion_id, state, seen_at, encode(answer, 'base64') as answer
  from idempotency where holder = $1 and key = $2 and expires_at > $3`;

const endStatement = `update idempotency set state = 'ENDED', answer = decode($4, 'base64'), expires_at = $5
  where holder = $1 and key = $2 and completion_id = $3`;

/** Bounded, so that no statement holds up the others for long. */
const sweepStatement = `delete from idempotency where (holder, key) in
  (select holder, key from idempotency where expires_at <= $1 order by expires_at limit 1000) and expires_at <= $1`;

export function createIdempotencyStore(database: Queries): IdempotencyStore {
  async function run(sql: string, values: readonly SqlValue[]): Promise<void> {
    await database.query(sql, values);
  }

  return {
    async claim(claim) {
      const rows = await database.query(claimStatement, toValues(claim));
      return rows.length > 0;
    },
    async find(holder, key, at) {
      const [row] = await database.query(findStatement, [holder, key, toTimestamp(at)]);
      return row === undefined ? null : toClaimedKey(row);
    },
    end: ({ holder, key, completionId }, { answer, expiresAt }) =>
      run(endStatement, [holder, key, completionId, answer === null ? null : toBase64(answer), toTimestamp(expiresAt)]),
    release: ({ holder, key, completionId }) =>
      run('delete from idempotency where holder = $1 and key = $2 and completion_id = $3', [holder, key, completionId]),
    beat: (replicaId, ids, at) =>
      run(
        `update idempotency set seen_at = $3
         where replica_id = $1 and completion_id = any($2::text::uuid[]) and state = 'RUNNING' and seen_at < $3`,
        [replicaId, toUuidArray(ids), toTimestamp(at)],
      ),
    sweep: (at) => run(sweepStatement, [toTimestamp(at)]),
  };
}

function toValues({ organizationId, holder, key, mark, completionId, replicaId, claimedAt, expiresAt }: KeyClaim): readonly SqlValue[] {
  return [organizationId, holder, key, mark, completionId, replicaId, toTimestamp(claimedAt), toTimestamp(expiresAt)];
}

function toClaimedKey(row: Row): ClaimedKey {
  const answer = textOrNull(row, 'answer');
  return {
    mark: text(row, 'input_hash'),
    completionId: toId(text(row, 'completion_id')),
    state: word(row, 'state', ['RUNNING', 'ENDED']),
    seenAt: number(row, 'seen_at'),
    answer: answer === null ? null : new Uint8Array(Buffer.from(answer, 'base64')),
  };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
