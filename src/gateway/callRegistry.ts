import type { CompletionId, Holder, OrganizationId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Call } from './call.ts';

/** Whose call it is: only the same holder may resume or cancel it. */
export interface CallOwner {
  readonly organizationId: OrganizationId;
  readonly holder: Holder;
}

export interface OwnedCall {
  readonly call: Call;
  readonly owner: CallOwner;
}

/** The calls of this process: those under way, and for a while those that have ended, with their events and texts. */
export interface CallRegistry extends Disposable {
  /** `repeatable`: somebody may come back for it after its end; otherwise it is let go then. */
  add(call: Call, owner: CallOwner, repeatable: boolean): void;
  find(id: CompletionId): OwnedCall | null;
  running(): readonly Call[];
}

/** How long past its end a call may be resumed and read. */
const keptMs = 5 * 60_000;
const sweepEveryMs = 15_000;
/** What ended calls may take together; beyond it the oldest go first. */
const mostBytes = 64 * 1024 * 1024;

interface Ended {
  readonly bytes: number;
  readonly goneAt: number;
}

export function createCallRegistry(clock: Clock): CallRegistry {
  const calls = new Map<CompletionId, OwnedCall>();
  const running = new Map<CompletionId, Call>();
  /** In the order of their ends. */
  const ended = new Map<CompletionId, Ended>();
  let bytes = 0;
  let timer: Timer | null = null;

  function drop(id: CompletionId): void {
    bytes -= ended.get(id)?.bytes ?? 0;
    ended.delete(id);
    calls.get(id)?.call.log.drop();
    calls.delete(id);
  }

  function dropOldestOver(limit: number): void {
    for (const id of ended.keys()) {
      if (bytes <= limit) return;
      drop(id);
    }
  }

  function sweep(): void {
    timer = null;
    const now = clock.now();
    for (const [id, { goneAt }] of ended) {
      if (goneAt > now) break;
      drop(id);
    }
    if (ended.size > 0) schedule();
  }

  function schedule(): void {
    timer ??= clock.timer(sweepEveryMs, sweep);
  }

  function keep(kept: Call, owner: CallOwner): void {
    calls.set(kept.id, { call: kept, owner });
    ended.set(kept.id, { bytes: kept.log.bytes, goneAt: clock.now() + keptMs });
    bytes += kept.log.bytes;
    dropOldestOver(mostBytes);
    schedule();
  }

  return {
    add(call, { organizationId, holder }, repeatable) {
      const owner = { organizationId, holder };
      calls.set(call.id, { call, owner });
      running.set(call.id, call);
      void call.ended.then((kept) => {
        running.delete(kept.id);
        if (repeatable) keep(kept, owner);
        else calls.delete(kept.id);
      });
    },
    find: (id) => calls.get(id) ?? null,
    running: () => [...running.values()],
    [Symbol.dispose]() {
      timer?.clear();
    },
  };
}
