import type { Alert } from '../domain/alert.ts';
import { GatewayError } from '../domain/errors.ts';
import type { AlertId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { AlertStore } from '../ports/store.ts';
import type { EventCursor } from './cursor.ts';
import { createFeed } from './feed.ts';

export interface AlertFeedParts {
  readonly alerts: Pick<AlertStore, 'onAlert' | 'newest' | 'behind'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Alerts of all replicas as they are raised. Asks the database nothing while nobody reads. */
export interface AlertFeed extends Disposable {
  /** What is raised from now on. Throws STORE_UNAVAILABLE. */
  subscribe(wants: (alert: Alert) => boolean): Promise<EventCursor<Alert>>;
}

const keptAlerts = 1000;
const pageSize = 500;
/** Notices get lost: what was not heard of is found by looking. */
const lookAgainMs = 10_000;
/** Longer than any transaction that raises an alert: an id is of the time of the raising, and what is committed later may have a lesser one. */
const overlapMs = 60_000;

/** A notice only says that it is time to look: the table alone knows what there is, so that a connection that breaks loses nothing. */
export function createAlertFeed({ alerts, clock, log }: AlertFeedParts): AlertFeed {
  const feed = createFeed<Alert>({ kept: keptAlerts, expired: behindError });
  let watch: Promise<Watch> | null = null;

  /** What there is by now was there before anybody read. */
  async function openWatch(): Promise<Watch> {
    let timer: Timer | null = null;
    let looking: Promise<void> | null = null;
    let again = false;
    let seen: ReadonlySet<AlertId> | null = null;
    let newest: AlertId = noId;

    async function look(): Promise<void> {
      const found = await readBehind(earlier(newest, overlapMs));
      if (seen !== null) for (const alert of found) if (!seen.has(alert.id)) feed.append(alert);
      newest = found.at(-1)?.id ?? newest;
      seen = new Set(found.map(({ id }) => id));
    }
    /** What is raised while one look is under way is seen by the next. */
    function lookSoon(): void {
      if (feed.readers === 0) {
        rest();
        return;
      }
      again = looking !== null;
      looking ??= look()
        .catch((error: unknown) => log.warn('Alerts could not be read; it is tried again.', { error }))
        .finally(() => {
          looking = null;
          if (again) lookSoon();
        });
    }
    function lookLater(): void {
      timer = clock.timer(lookAgainMs, () => {
        lookLater();
        lookSoon();
      });
    }

    let heard = false;
    const listening = alerts.onAlert(() => {
      if (seen === null) heard = true;
      else lookSoon();
    });
    try {
      newest = (await alerts.newest()) ?? noId;
      await look();
    } catch (error) {
      listening[Symbol.dispose]();
      throw error;
    }
    lookLater();
    if (heard) lookSoon();
    return {
      [Symbol.dispose]() {
        timer?.clear();
        listening[Symbol.dispose]();
      },
    };
  }

  async function readBehind(id: AlertId): Promise<readonly Alert[]> {
    const found: Alert[] = [];
    for (let from = id; ; from = found.at(-1)?.id ?? from) {
      const page = await alerts.behind(from, pageSize);
      found.push(...page);
      if (page.length < pageSize) return found;
    }
  }

  function rest(): void {
    void watch?.then((open) => open[Symbol.dispose]()).catch(() => undefined);
    watch = null;
  }

  return {
    async subscribe(wants) {
      // Before anything is awaited: from here on nothing is missed.
      const cursor = feed.subscribe(wants);
      watch ??= openWatch();
      try {
        await watch;
        return cursor;
      } catch (error) {
        cursor.close();
        watch = null;
        throw error;
      }
    },
    [Symbol.dispose]: rest,
  };
}

type Watch = Disposable;

const noId: AlertId = toId('00000000-0000-0000-0000-000000000000');

/** The least id of a moment this much earlier: a uuidv7 begins with its milliseconds (RFC 9562). */
function earlier(id: AlertId, byMs: number): AlertId {
  const at = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  const hex = Math.max(0, at - byMs)
    .toString(16)
    .padStart(12, '0');
  return toId(`${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`);
}

function behindError(): GatewayError {
  return new GatewayError('STREAM_EXPIRED', 'More alerts came than were read; `alerts` lists those that were missed.');
}
