import { errorTraits, GatewayError } from '../domain/errors.ts';
import type { Principal } from '../domain/principal.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore } from '../ports/idempotency.ts';
import type { CallSubject } from './callAdmission.ts';
import type { Claim } from './lease.ts';
import type { Hold, QuotaPool } from './quota.ts';

export interface RepetitionParts {
  readonly pool: QuotaPool;
  readonly keys: Pick<IdempotencyStore, 'find'>;
  readonly clock: Clock;
}

/** What was held for a call. With a refusal nothing was: it may only be the repetition of one that was made. */
export interface CallHold {
  readonly hold: Hold;
  readonly refusal: GatewayError | null;
}

/** A call and what it claims. */
export interface ClaimingCall {
  readonly call: CallSubject;
  readonly claims: readonly Claim[];
}

/**
 * The holds of several calls: all of them, or none. A call whose idempotency key was used before asks for what has been paid for, most likely, and
 * what its first call holds or has used up must not stand in its way: where a limit refuses, it is let through without a hold.
 */
export async function holdOrRepeat(
  parts: RepetitionParts,
  principal: Principal,
  calls: readonly ClaimingCall[],
): Promise<readonly CallHold[]> {
  const { pool } = parts;
  try {
    const holds = await pool.holdTogether(calls.map(({ claims }) => claims));
    return holds.map((each) => ({ hold: each, refusal: null }));
  } catch (error) {
    if (!(error instanceof GatewayError) || errorTraits[error.code].fault !== 'limit') throw error;
    const repeated = await Promise.all(calls.map(({ call }) => isRepeated(parts, principal, call)));
    if (!repeated.includes(true)) throw error;
    const holds = await pool.holdTogether(calls.map(({ claims }, index) => (repeated[index] === true ? [] : claims)));
    return holds.map((each, index) => ({ hold: each, refusal: repeated[index] === true ? error : null }));
  }
}

/** Who does not know says no: the call is refused as it was. */
async function isRepeated(
  { keys, clock }: RepetitionParts,
  { holder }: Principal,
  { idempotencyKey = null }: CallSubject,
): Promise<boolean> {
  if (idempotencyKey === null) return false;
  const used = await keys.find(holder, idempotencyKey, clock.now()).catch(() => null);
  return used !== null;
}
