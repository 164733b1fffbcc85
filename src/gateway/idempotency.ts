import type { CompletionState } from '../domain/completion.ts';
import { GatewayError } from '../domain/errors.ts';
import type { CompletionId, Holder, ReplicaId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { ClaimedKey, KeyClaim } from '../ports/idempotency.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { Claims } from './claims.ts';
import type { Identified, KeyedWork } from './keyedWork.ts';
import { createKeyMemory } from './keyMemory.ts';
import type { KeyUse, UsedKeyParts } from './usedKey.ts';
import { awaitUsedKey, checkMark, explainLost } from './usedKey.ts';

/**
 * One call for one key, however often it is asked for, on whatever replica, also after a restart. The key is written down before its call is
 * made; a call that failed or was cancelled delivered nothing whole, so its key is free again.
 */
export interface IdempotencyBook<Work extends Identified> {
  /**
   * Starts the call under the id it is given, or answers the one this key was used for. A start that rejects frees the key.
   * Rejects with IDEMPOTENCY_CONFLICT when the key was used for another request, IDEMPOTENCY_REPLAY_UNAVAILABLE when its answer is gone,
   * OUTCOME_UNKNOWN when nobody knows it.
   */
  once(use: KeyUse, start: Start<Work>): Promise<Work>;
  /** The call a key was last used for, once it has been started. */
  find(holder: Holder, key: string): Promise<CompletionId | null>;
}

type Start<Work> = (id: CompletionId) => Promise<Work>;

export interface IdempotencySettings {
  /** False: an answer is not given again after the process has forgotten it; its call is not repeated either. */
  readonly keepAnswers: boolean;
  readonly hours: number;
}

export interface IdempotencyParts extends UsedKeyParts {
  readonly claims: Claims;
  readonly replicaId: ReplicaId;
  readonly ids: IdSource;
  readonly settings: () => IdempotencySettings;
}

const hourMs = 3_600_000;

export function createIdempotencyBook<Work extends Identified>(parts: IdempotencyParts, work: KeyedWork<Work>): IdempotencyBook<Work> {
  const { store, claims, vault, ids, replicaId, clock } = parts;
  const memory = createKeyMemory(clock, work);

  const keptMs = () => parts.settings().hours * hourMs;

  function toClaim({ waitMs, ...use }: KeyUse): KeyClaim {
    const claimedAt = clock.now();
    return { ...use, completionId: toId(ids.next()), replicaId, claimedAt, expiresAt: claimedAt + waitMs + keptMs() };
  }

  async function startOrReplay(use: KeyUse, start: Start<Work>): Promise<Work> {
    const deadline = clock.monotonic() + use.waitMs;
    for (;;) {
      const claim = toClaim(use);
      if (await claims.take(claim)) return begin(claim, start);
      const used = await awaitUsedKey(parts, use, deadline);
      if (used !== null) return replay(use, used);
    }
  }

  async function begin(claim: KeyClaim, start: Start<Work>): Promise<Work> {
    try {
      const begun = await start(claim.completionId);
      void work.ended(begun).then(({ state, write }) => close(claim, state, write));
      return begun;
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'OUTCOME_UNKNOWN') claims.leave(claim);
      else await claims.release(claim);
      throw error;
    }
  }

  async function close(claim: KeyClaim, state: CompletionState, write: () => string | null): Promise<void> {
    if (state === 'UNKNOWN') return claims.leave(claim);
    if (state !== 'SUCCEEDED') return claims.release(claim);
    const text = parts.settings().keepAnswers ? write() : null;
    const answer = text === null ? null : vault.seal(text, labelOf(claim, claim.completionId));
    await claims.end(claim, { answer, expiresAt: clock.now() + keptMs() });
  }

  async function replay(use: KeyUse, { completionId, answer }: ClaimedKey): Promise<Work> {
    const known = work.find(completionId);
    if (known !== null) return known;
    const text = answer === null ? null : vault.open(answer, labelOf(use, completionId));
    const revived = text === null ? null : work.revive(text, use);
    if (revived === null) throw await explainLost(parts, use, completionId);
    return revived;
  }

  return {
    async once(use, start) {
      const known = memory.find(use.holder, use.key);
      if (known !== null && !known.free) {
        checkMark(vault.compare(known.mark, use.mark));
        if (known.started instanceof Promise) return known.started;
        const found = work.find(known.started);
        if (found !== null) return found;
      }
      return memory.remember(use, startOrReplay(use, start));
    },
    async find(holder, key) {
      const started = memory.find(holder, key)?.started ?? null;
      if (started instanceof Promise) return started.then(({ id }) => id).catch(() => null);
      if (started !== null) return started;
      const used = await store.find(holder, key, clock.now());
      return used?.completionId ?? null;
    },
  };
}

/** What a sealed answer belongs to: put under another key, it does not open. A holder that is a key stands there by its id alone, as ever. */
function labelOf({ holder, key }: Pick<KeyUse, 'holder' | 'key'>, completionId: CompletionId): string {
  return JSON.stringify(['answer', holder.replace(/^key:/, ''), key, completionId]);
}
