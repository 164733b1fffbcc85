import { linkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { GatewayError } from '../domain/errors.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { LockOwner } from './lockOwner.ts';
import { describeSelf, isAlive, readOwner } from './lockOwner.ts';

/** A file that says which process uses a folder. */
export interface Lock extends Disposable {
  /** Names where the owner listens, so that others can ask it instead. */
  announce(address: string): void;
}

export interface LockOptions {
  readonly path: string;
  readonly clock: Clock;
}

/** How often an owner shows that it lives, for those who cannot see its process. */
const beatMs = 5000;
/** After this long without a sign an owner on another machine counts as dead. */
const silentMs = 30_000;

/** Null when a live process holds it. The lock of a dead one is taken over. */
export function tryLock({ path, clock }: LockOptions): Lock | null {
  const self = describeSelf();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (create(path, self)) return hold(path, self, clock);
    if (isHeld(path, clock)) return null;
    removeDead(path, self);
  }
  return null;
}

/** Throws CONFLICT, naming the folder and its owner, when a live process holds the lock. */
export function openLock(options: LockOptions & { readonly folder: string }): Lock {
  const lock = tryLock(options);
  if (lock !== null) return lock;
  const owner = readOwner(options.path);
  const process =
    owner === null ? 'another process' : `process ${owner.pid}${owner.address === null ? '' : `, which listens at ${owner.address}`}`;
  throw new GatewayError(
    'CONFLICT',
    `The data folder ${options.folder} is in use by ${process}. Stop it, or set MODELGRAPH_DATA to another folder; two processes on one folder would lose data.`,
  );
}

/** Whether a live process holds this lock. */
export function isHeld(path: string, clock: Clock): boolean {
  const owner = readOwner(path);
  if (owner === null) return false;
  return isAlive(owner) ?? clock.now() - beatOf(path) < silentMs;
}

/** Linked into place rather than opened there, so that nobody ever reads a lock without its owner. */
function create(path: string, owner: LockOwner): boolean {
  const draft = writeDraft(path, owner);
  try {
    linkSync(draft, path);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDraft(path: string, owner: LockOwner): string {
  const draft = `${path}.${owner.token}`;
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  return draft;
}

/**
 * Moved away first: of two processes that find the same dead owner, one moves its lock and the other may move the first one's new lock.
 * It then sees that it has moved a live one and puts it back.
 */
function removeDead(path: string, self: LockOwner): void {
  const aside = `${path}.${self.token}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readOwner(aside);
  if (moved !== null && isAlive(moved) === true) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function hold(path: string, self: LockOwner, clock: Clock): Lock {
  let timer: Timer | null = null;
  function beat(): void {
    const now = clock.now() / 1000;
    try {
      utimesSync(path, now, now);
    } catch {
      // The folder is gone or read-only; whoever writes there will say so.
    }
    timer = clock.timer(beatMs, beat);
  }
  beat();
  return {
    announce(address) {
      renameSync(writeDraft(path, { ...self, address }), path);
    },
    [Symbol.dispose]() {
      timer?.clear();
      if (readOwner(path)?.token === self.token) rmSync(path, { force: true });
    },
  };
}

function beatOf(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
