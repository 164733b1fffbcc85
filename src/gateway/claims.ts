import type { CompletionId, ReplicaId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { ClaimEnding, IdempotencyStore, KeyClaim } from '../ports/idempotency.ts';
import type { Log } from '../ports/log.ts';

/** The keys whose calls run in this process: shows the others that it lives, and writes down how the calls end, as soon as the database takes it. */
export interface Claims extends AsyncDisposable {
  /** False: somebody else has used the key. Throws STORE_UNAVAILABLE. */
  take(claim: KeyClaim): Promise<boolean>;
  end(claim: KeyClaim, ending: ClaimEnding): Promise<void>;
  /** The key may be used again. */
  release(claim: KeyClaim): Promise<void>;
  /** Nobody knows how the call ended: its key stays as it is, and whoever asks finds its owner silent. */
  leave(claim: KeyClaim): void;
}

export interface ClaimsParts {
  readonly store: IdempotencyStore;
  readonly replicaId: ReplicaId;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often an owner shows that it lives, and tries again what could not be written. */
export const beatMs = 5000;
const sweepMs = 600_000;

type Write = () => Promise<void>;

export function openClaims({ store, replicaId, clock, log }: ClaimsParts): Claims {
  /** Running calls, and with their last word those that have ended and could not be written down yet. */
  const held = new Map<CompletionId, Write | null>();
  const writing = new Set<Promise<void>>();
  let beatTimer: Timer | null = null;
  let sweepTimer: Timer | null = null;
  let closed = false;

  function schedule(): void {
    if (!closed && held.size > 0) beatTimer ??= clock.timer(beatMs, beat);
  }

  function beat(): void {
    beatTimer = null;
    const rest = [...held].flatMap(([id, write]) => (write === null ? [] : attempt(id, write)));
    const alive = store.beat(replicaId, [...held.keys()], clock.now()).catch(warn);
    void Promise.all([...rest, alive]).then(schedule);
  }

  function warn(error: unknown): void {
    log.warn('What became of idempotency keys could not be written down; it is tried again.', { error });
  }

  /** Awaited before the database is closed. */
  function track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => writing.delete(tracked));
    writing.add(tracked);
    return tracked;
  }

  /** Tried again with the next beat when it fails. */
  function attempt(id: CompletionId, write: Write): Promise<void> {
    held.set(id, write);
    schedule();
    return track(write().then(() => void held.delete(id), warn));
  }

  function sweep(): void {
    sweepTimer = closed ? null : clock.timer(sweepMs, sweep);
    void track(store.sweep(clock.now()).catch(warn));
  }

  sweep();
  const release = (claim: KeyClaim) => attempt(claim.completionId, () => store.release(claim));
  return {
    async take(claim) {
      held.set(claim.completionId, null);
      schedule();
      try {
        const taken = await store.claim(claim);
        if (!taken) held.delete(claim.completionId);
        return taken;
      } catch (error) {
        // It may have been written all the same, and would then stand there without a call.
        void release(claim);
        throw error;
      }
    },
    end: (claim, ending) => attempt(claim.completionId, () => store.end(claim, ending)),
    release,
    leave: ({ completionId }) => void held.delete(completionId),
    async [Symbol.asyncDispose]() {
      closed = true;
      beatTimer?.clear();
      sweepTimer?.clear();
      await Promise.all(writing);
      await Promise.all([...held].map(([id, write]) => (write === null ? null : attempt(id, write))));
    },
  };
}
