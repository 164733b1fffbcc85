import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Queries } from '../database.ts';
import type { NoticeListener, Notices } from '../notices.ts';

export interface NoticeSettings {
  /** Past any transaction pooler: through one, LISTEN succeeds and nothing is ever heard. */
  readonly url: string;
  /** Where others send: by it the echo goes out. */
  readonly database: Queries;
  readonly clock: Clock;
  readonly log: Log;
}

export interface OpenNotices extends Notices, AsyncDisposable {}

const echoChannel = 'modelgraph_echo';
const echoWithinMs = 5000;
const againAfterMs = 500;

/** Listens on one connection of its own, which is made anew whenever it breaks. Opens in the background: a start does not wait for it. */
export function openNotices({ url, database, clock, log }: NoticeSettings): OpenNotices {
  const listeners = new Map<string, Set<NoticeListener>>();
  const echo = expectEcho(clock, log);
  let again: Timer | null = null;
  let listening = false;
  let closed = false;

  const tell = (channel: string, payload: string | null) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload);
  };
  // Not `sql.listen`, which tries again without a pause and once more for each time that it failed.
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    fetch_types: false,
    onnotice: () => undefined,
    onclose: listenLater,
    connection: { application_name: 'modelgraph notices' },
    // What the driver's own `listen` sets; its types do not name it.
    ...{ onnotify: tell },
  });

  function listenLater(): void {
    listening = false;
    if (closed) return;
    again?.clear();
    again = clock.timer(againAfterMs, listenToAll);
  }

  function listenToAll(): void {
    const channels = [...listeners.keys()];
    sql
      .unsafe(channels.map((channel) => `listen "${channel}"`).join(';'))
      .simple()
      .then(() => {
        listening = true;
        for (const channel of channels) tell(channel, null);
        return database.query('select pg_notify($1, $2)', [echoChannel, echo.token]);
      })
      .catch((error: unknown) => {
        log.debug('The database lets nobody listen; what replicas tell each other takes longer.', { error });
        if (!listening) listenLater();
      });
  }

  function listen(channel: string, listener: NoticeListener): Disposable {
    const others = listeners.get(channel);
    if (others === undefined) {
      listeners.set(channel, new Set([listener]));
      listenToAll();
    } else {
      others.add(listener);
      if (listening) listener(null);
    }
    return { [Symbol.dispose]: () => void listeners.get(channel)?.delete(listener) };
  }

  listen(echoChannel, (payload) => {
    if (payload === echo.token) echo.heard();
  });
  return {
    listen,
    async [Symbol.asyncDispose]() {
      closed = true;
      again?.clear();
      echo.heard();
      await sql.end({ timeout: 1 }).catch(() => undefined);
    },
  };
}

interface Echo {
  readonly token: string;
  heard(): void;
}

/** Warns when what this process says to itself is not heard. */
function expectEcho(clock: Clock, log: Log): Echo {
  const timer = clock.timer(echoWithinMs, () => {
    log.warn(
      'Notices of the database are not heard, perhaps because a transaction pooler swallows them: set DATABASE_DIRECT_URL to the database itself. ' +
        'Until then what replicas tell each other takes longer.',
    );
  });
  return { token: randomUUID(), heard: () => timer.clear() };
}
