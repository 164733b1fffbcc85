import { GatewayError } from '../domain/errors.ts';
import type { CompletionId, Holder, OrganizationId } from '../domain/id.ts';
import { writeUsd } from '../domain/money.ts';
import type { UsageEvent } from '../domain/usageEvent.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClaimedKey, IdempotencyStore } from '../ports/idempotency.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { UsageStore } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import { beatMs } from './claims.ts';

/** A caller's use of a key. */
export interface KeyUse {
  readonly organizationId: OrganizationId;
  readonly holder: Holder;
  readonly key: string;
  /** Stands for the request; the vault's. */
  readonly mark: string;
  /** How long a call of this key may be waited for that runs elsewhere. */
  readonly waitMs: number;
}

export interface UsedKeyParts {
  readonly store: IdempotencyStore;
  readonly usage: UsageStore;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly closing: AbortSignal;
}

const pollMs = 250;
/** An owner that has not been heard of for so long, while it is watched, is dead. No two clocks are compared. */
const silentMs = 3 * beatMs;

/**
 * What a key's call, which runs elsewhere or has ended, came to: waits for its end until `deadline` (monotonic). Null: the key is free again.
 * Throws IDEMPOTENCY_CONFLICT for another request, OUTCOME_UNKNOWN when its owner is dead.
 */
export async function awaitUsedKey(parts: UsedKeyParts, use: KeyUse, deadline: number): Promise<ClaimedKey | null> {
  const { store, vault, clock, closing } = parts;
  let seen: { readonly used: ClaimedKey; readonly since: number } | null = null;
  for (;;) {
    const used = await store.find(use.holder, use.key, clock.now());
    if (used === null) return null;
    checkMark(vault.compare(used.mark, use.mark));
    if (used.state === 'ENDED') return used;
    const now = clock.monotonic();
    if (seen === null || !isSame(seen.used, used)) seen = { used, since: now };
    else if (now - seen.since >= silentMs) return orphaned(parts, use, used);
    if (now >= deadline) throw stillRunning(used.completionId);
    await pause(clock, pollMs, closing);
  }
}

export function checkMark(relation: ReturnType<Vault['compare']>): void {
  if (relation === 'OTHER') throw new GatewayError('IDEMPOTENCY_CONFLICT', 'The idempotency key was used for another request.');
}

/** Why a key's ended call cannot be answered again. */
export async function explainLost(parts: UsedKeyParts, { organizationId }: KeyUse, id: CompletionId): Promise<GatewayError> {
  const event = await bookedCall(parts, organizationId, id);
  return event?.outcome === 'UNKNOWN' ? outcomeUnknown(id, event) : replayUnavailable(id, event);
}

function isSame(left: ClaimedKey, right: ClaimedKey): boolean {
  return left.completionId === right.completionId && left.seenAt === right.seenAt;
}

/** A call whose owner is dead before its end was written down. Where nothing was delivered, its key is free again. */
async function orphaned(parts: UsedKeyParts, { organizationId, holder, key }: KeyUse, { completionId }: ClaimedKey): Promise<null> {
  const event = await bookedCall(parts, organizationId, completionId);
  if (event?.outcome === 'SUCCEEDED') throw replayUnavailable(completionId, event);
  if (event === null || event.outcome === 'UNKNOWN') throw outcomeUnknown(completionId, event);
  await parts.store.release({ holder, key, completionId });
  return null;
}

async function bookedCall({ usage, ledger }: UsedKeyParts, organizationId: OrganizationId, id: CompletionId): Promise<UsageEvent | null> {
  await ledger.flush();
  const [event] = await usage.find(organizationId, [id]);
  return event ?? null;
}

function replayUnavailable(id: CompletionId, event: UsageEvent | null): GatewayError {
  const sentence = 'The call of this idempotency key has ended, and its answer is not kept.';
  return new GatewayError('IDEMPOTENCY_REPLAY_UNAVAILABLE', sentence, { details: detailsOf(id, event) });
}

function outcomeUnknown(id: CompletionId, event: UsageEvent | null): GatewayError {
  const sentence = 'The process that ran the call of this idempotency key ended before the call did; it is charged once and not run again.';
  return new GatewayError('OUTCOME_UNKNOWN', sentence, { details: detailsOf(id, event) });
}

function stillRunning(completionId: CompletionId): GatewayError {
  const sentence = 'The call of this idempotency key still runs on another replica; ask again with the same key.';
  return new GatewayError('UPSTREAM_TIMEOUT', sentence, { retryAfterMs: 1000, details: { completionId } });
}

/** `cost` is in US dollars; what is unknown is null. */
function detailsOf(completionId: CompletionId, event: UsageEvent | null) {
  return {
    completionId,
    inputTokens: event?.usage.inputTokens ?? null,
    outputTokens: event?.usage.outputTokens ?? null,
    cost: event?.cost == null ? null : writeUsd(event.cost.total),
  };
}

function pause(clock: Clock, delayMs: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      timer.clear();
      reject(closing.reason);
    };
    const timer = clock.timer(delayMs, () => {
      closing.removeEventListener('abort', leave);
      resolve();
    });
    if (closing.aborted) leave();
    else closing.addEventListener('abort', leave, { once: true });
  });
}
