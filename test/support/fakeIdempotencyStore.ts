import { GatewayError } from '../../src/domain/errors.ts';
import type { ClaimedKey, IdempotencyStore, KeyClaim } from '../../src/ports/idempotency.ts';

export type ClaimRow = { -readonly [Name in keyof (KeyClaim & ClaimedKey)]: (KeyClaim & ClaimedKey)[Name] };

/** The keys of all replicas, in memory. Several houses may share it. */
export interface FakeIdempotencyStore extends IdempotencyStore {
  /** By holder and key. */
  readonly rows: Map<string, ClaimRow>;
  readonly sweeps: number;
  /** True: the database does not answer. */
  away: boolean;
}

export function createFakeIdempotencyStore(): FakeIdempotencyStore {
  const rows = new Map<string, ClaimRow>();
  const nameOf = ({ holder, key }: Pick<KeyClaim, 'holder' | 'key'>) => `${holder}:${key}`;
  let sweeps = 0;

  function own(claim: Pick<KeyClaim, 'holder' | 'key' | 'completionId'>): ClaimRow | null {
    if (store.away) throw new GatewayError('STORE_UNAVAILABLE', 'The database does not answer; try again.');
    const row = rows.get(nameOf(claim));
    return row?.completionId === claim.completionId ? row : null;
  }

  const store: FakeIdempotencyStore = {
    rows,
    away: false,
    get sweeps() {
      return sweeps;
    },
    async claim(claim) {
      own(claim);
      const row = rows.get(nameOf(claim));
      if (row !== undefined && row.expiresAt > claim.claimedAt) return false;
      rows.set(nameOf(claim), { ...claim, state: 'RUNNING', seenAt: claim.claimedAt, answer: null });
      return true;
    },
    async find(holder, key, at) {
      const row = rows.get(nameOf({ holder, key }));
      return row === undefined || row.expiresAt <= at ? null : { ...row };
    },
    async end(claim, ending) {
      const row = own(claim);
      if (row !== null) Object.assign(row, ending, { state: 'ENDED' });
    },
    async release(claim) {
      if (own(claim) !== null) rows.delete(nameOf(claim));
    },
    async beat(replicaId, ids, at) {
      for (const row of rows.values()) if (row.replicaId === replicaId && ids.includes(row.completionId)) row.seenAt = at;
    },
    async sweep() {
      sweeps++;
    },
  };
  return store;
}
