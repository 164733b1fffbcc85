import { GatewayError } from '../domain/errors.ts';
import type { ApiKeyId, CompletionId } from '../domain/id.ts';
import type { Clock } from '../ports/clock.ts';
import type { Call } from './call.ts';
import type { CallRegistry } from './callRegistry.ts';

/**
 * One call for one key, however often it is asked for: a second asker attaches to the first one's call.
 * Remembered in this process, for `keptMs`.
 */
export interface IdempotencyBook {
  /**
   * Starts the call, or answers the one this key was used for. A start that rejects forgets the key.
   * Rejects with IDEMPOTENCY_CONFLICT when the key was used for another request, IDEMPOTENCY_REPLAY_UNAVAILABLE when its answer is gone.
   */
  once(use: KeyUse, start: () => Promise<Call>): Promise<Call>;
  /** The call a key was used for, once it has been started. */
  find(apiKeyId: ApiKeyId, key: string): Promise<CompletionId | null>;
}

export interface KeyUse {
  readonly apiKeyId: ApiKeyId;
  readonly key: string;
  /** Equal for equal requests. */
  readonly digest: string;
}

interface Entry {
  readonly digest: string;
  readonly goneAt: number;
  /** The call while it is being started; afterwards its id, so that nothing here keeps its text. */
  started: Promise<Call> | CompletionId;
}

const keptMs = 24 * 3_600_000;
const mostEntries = 100_000;

export function createIdempotencyBook(clock: Clock, registry: CallRegistry): IdempotencyBook {
  const entries = new Map<string, Entry>();

  function forgetOld(): void {
    const now = clock.now();
    for (const [name, { goneAt }] of entries) {
      if (goneAt > now && entries.size < mostEntries) return;
      entries.delete(name);
    }
  }

  function remember(name: string, digest: string, call: Promise<Call>): Promise<Call> {
    forgetOld();
    // A Map keeps a name's first place, and the oldest are to stand first.
    entries.delete(name);
    const entry: Entry = { digest, goneAt: clock.now() + keptMs, started: call };
    entries.set(name, entry);
    call.then(
      ({ id }) => {
        entry.started = id;
      },
      () => entries.delete(name),
    );
    return call;
  }

  function live(apiKeyId: ApiKeyId, key: string): Entry | null {
    const entry = entries.get(`${apiKeyId}:${key}`);
    return entry === undefined || entry.goneAt <= clock.now() ? null : entry;
  }

  async function attach({ digest, started }: Entry, use: KeyUse): Promise<Call> {
    if (digest !== use.digest) throw new GatewayError('IDEMPOTENCY_CONFLICT', 'The idempotency key was used for another request.');
    if (started instanceof Promise) return started;
    const found = registry.find(started);
    if (found !== null) return found.call;
    throw new GatewayError(
      'IDEMPOTENCY_REPLAY_UNAVAILABLE',
      'The call of this idempotency key has ended, and its answer is no longer kept.',
      {
        details: { completionId: started },
      },
    );
  }

  return {
    once(use, start) {
      const entry = live(use.apiKeyId, use.key);
      return entry === null ? remember(`${use.apiKeyId}:${use.key}`, use.digest, start()) : attach(entry, use);
    },
    async find(apiKeyId, key) {
      const started = live(apiKeyId, key)?.started ?? null;
      if (!(started instanceof Promise)) return started;
      const call = await started.catch(() => null);
      return call?.id ?? null;
    },
  };
}
