import type { CompletionState } from '../domain/completion.ts';
import type { CompletionId, Holder } from '../domain/id.ts';
import type { Clock } from '../ports/clock.ts';
import type { Identified, KeyedWork } from './keyedWork.ts';
import type { KeyUse } from './usedKey.ts';

/** A key that this process has seen lately. */
export interface KnownKey<Work> {
  readonly mark: string;
  /** The call while it is being started; afterwards its id, so that nothing here keeps its text. */
  readonly started: Promise<Work> | CompletionId;
  /** Its call failed or was cancelled: the key may be used again. */
  readonly free: boolean;
}

/** Spares a running call's key, and one that has just ended, the way to the database. */
export interface KeyMemory<Work> {
  find(holder: Holder, key: string): KnownKey<Work> | null;
  /** A call that rejects is forgotten. */
  remember(use: KeyUse, call: Promise<Work>): Promise<Work>;
}

type Entry<Work> = { -readonly [Name in keyof KnownKey<Work>]: KnownKey<Work>[Name] };

/** A little longer than ended calls are kept. */
const keptMs = 10 * 60_000;

export function createKeyMemory<Work extends Identified>(clock: Clock, work: KeyedWork<Work>): KeyMemory<Work> {
  const running = new Map<string, Entry<Work>>();
  /** In the order of their ends. */
  const ended = new Map<string, { readonly entry: Entry<Work>; readonly goneAt: number }>();

  function forgetOld(): void {
    const now = clock.now();
    for (const [name, { goneAt }] of ended) {
      if (goneAt > now) return;
      ended.delete(name);
    }
  }

  function finish(name: string, entry: Entry<Work>, state: CompletionState): void {
    entry.free = state === 'FAILED' || state === 'CANCELLED';
    if (running.get(name) !== entry) return;
    running.delete(name);
    // A Map keeps a name's first place, and the oldest are to stand first.
    ended.delete(name);
    ended.set(name, { entry, goneAt: clock.now() + keptMs });
  }

  return {
    find(holder, key) {
      const name = `${holder}:${key}`;
      return running.get(name) ?? ended.get(name)?.entry ?? null;
    },
    remember({ holder, key, mark }, call) {
      forgetOld();
      const name = `${holder}:${key}`;
      const entry: Entry<Work> = { mark, started: call, free: false };
      running.set(name, entry);
      call.then(
        (started) => {
          entry.started = started.id;
          void work.ended(started).then(({ state }) => finish(name, entry, state));
        },
        () => running.delete(name),
      );
      return call;
    },
  };
}
