import type { AuditSubjectType } from '../domain/audit.ts';
import { auditSubjectTypes } from '../domain/audit.ts';
import { toId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { ChangeListener, StoreChange } from '../ports/store.ts';
import type { Queries } from './database.ts';
import type { Notices } from './notices.ts';
import { amount } from './row.ts';

export interface Changes extends Disposable {
  listen(listener: ChangeListener): Disposable;
}

export interface ChangeParts {
  readonly database: Queries;
  readonly clock: Clock;
  readonly notices: Notices;
}

const channel = 'modelgraph_change';

/** Beside a notice that is lost, this bounds how late a change is seen: one small row a replica and ten seconds. */
const pollMs = 10_000;

/** For a database that one process has for itself: it knows what it changes. */
export const noChanges: Changes = { listen: () => ({ [Symbol.dispose]: () => undefined }), [Symbol.dispose]: () => undefined };

/**
 * What `tell_change` of the migrations says. Every change has a number, one higher than the last: who hears one that does not follow, or reads a
 * number that was not heard of, has missed something and no longer knows what.
 */
export function openChanges({ database, clock, notices }: ChangeParts): Changes {
  const listeners = new Set<ChangeListener>();
  /** The last that was heard or read; null: none yet. */
  let version: bigint | null = null;
  let timer: Timer | null = null;
  let closed = false;

  const tell: ChangeListener = (change) => {
    for (const listener of listeners) listener(change);
  };

  function hear(payload: string | null): void {
    const notice = payload === null ? null : readNotice(payload);
    if (notice === null) {
      version = null;
      tell(null);
      return;
    }
    const missed = version !== null && notice.version > version + 1n;
    if (version === null || notice.version > version) version = notice.version;
    tell(missed ? null : notice.change);
  }

  async function poll(): Promise<void> {
    const [row] = await database.query(`select version from versions where name = 'administration'`);
    if (closed || row === undefined) return;
    const read = amount(row, 'version');
    if (read === version) return;
    version = read;
    tell(null);
  }

  function pollLater(): void {
    if (closed) return;
    timer = clock.timer(pollMs, () => {
      // A database that does not answer cannot be changed by others either, as far as it can be seen from here.
      poll().then(pollLater, pollLater);
    });
  }

  const listening = notices.listen(channel, hear);
  poll().then(pollLater, pollLater);
  return {
    listen(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    [Symbol.dispose]() {
      closed = true;
      timer?.clear();
      listening[Symbol.dispose]();
    },
  };
}

interface Notice {
  readonly version: bigint;
  readonly change: StoreChange;
}

/** `<version> <type> <organization> <id>`; an id may have spaces. Null for what a newer version says otherwise. */
function readNotice(payload: string): Notice | null {
  const [, version, type, organizationId, id] = /^(\d+) (\w+) (\S+) (.+)$/s.exec(payload) ?? [];
  if (version === undefined || organizationId === undefined || id === undefined || !isSubjectType(type)) return null;
  return { version: BigInt(version), change: { type, organizationId: toId(organizationId), id } };
}

function isSubjectType(word: string | undefined): word is AuditSubjectType {
  return auditSubjectTypes.some((type) => type === word);
}
