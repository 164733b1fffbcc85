import type { CompletionId, ReplicaId } from '../../domain/id.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Queries } from '../database.ts';
import { boolean } from '../row.ts';
import { storeUnavailable } from '../sqlError.ts';

/** An attempt that is about to begin. */
export interface Opening {
  readonly id: CompletionId;
  /** 0: the call begins with it. */
  readonly number: number;
  readonly record: string;
}

/**
 * Writes attempts into the database before they begin, one statement at a time: what comes while one is under way goes together with the next.
 * Nothing waits for a database that is away: what it does not take is refused, and taken out again where it got there all the same.
 */
export interface Openings extends Disposable {
  /** Resolves when it is in the database. Throws STORE_UNAVAILABLE, after 5 s at the latest. */
  write(opening: Opening): Promise<void>;
  accepting(): boolean;
}

export interface OpeningsOptions {
  readonly database: Queries;
  readonly replicaId: ReplicaId;
  readonly clock: Clock;
  readonly log: Log;
  /** Another replica has taken over this one's calls: it may begin no more. */
  readonly onDisowned: () => void;
}

interface Waiting extends Opening {
  given: 'WAITING' | 'REFUSED';
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

type Place = Pick<Opening, 'id' | 'number'>;

const patienceMs = 5000;
const probeMs = 500;
const statement = 'select write_openings($1, $2, $3) as owned';

export function createOpenings({ database, replicaId, clock, log, onDisowned }: OpeningsOptions): Openings {
  let waiting: Waiting[] = [];
  /** Refused, and perhaps written. */
  let doubtful: Place[] = [];
  let state: 'OPEN' | 'AWAY' | 'DISOWNED' | 'CLOSED' = 'OPEN';
  let busy = false;

  function schedule(): void {
    if (busy || state === 'DISOWNED' || state === 'CLOSED') return;
    if (waiting.length === 0 && state === 'OPEN' && doubtful.length === 0) return;
    busy = true;
    if (state === 'OPEN') setImmediate(step);
    else clock.timer(probeMs, step);
  }

  function step(): void {
    const group = waiting;
    const taken = doubtful;
    waiting = [];
    doubtful = [];
    const overdue = clock.timer(patienceMs, () => refuse([...group, ...waiting], new Error('The database takes too long.')));
    send(group, taken)
      .then(
        (owned) => (owned ? succeed(group) : disown(group)),
        (thrown: unknown) => {
          doubtful = [...taken, ...group];
          refuse([...group, ...waiting], thrown);
        },
      )
      .finally(() => {
        overdue.clear();
        busy = false;
        schedule();
      });
  }

  /** Twice where the connection broke: another one may be open, and what is there already stays as it is. */
  async function send(group: readonly Waiting[], taken: readonly Place[]): Promise<boolean> {
    const values = [replicaId, toJson(group), toJson(taken)];
    const ask = () => database.query(statement, values);
    const [row] = await (state === 'AWAY' ? ask() : ask().catch(ask));
    return row !== undefined && boolean(row, 'owned');
  }

  function succeed(group: readonly Waiting[]): void {
    if (state === 'AWAY') {
      log.info('The database takes calls again.');
      state = 'OPEN';
    }
    for (const opening of group) {
      // It was refused while the database took its time.
      if (opening.given === 'REFUSED') doubtful.push(opening);
      else opening.resolve();
    }
  }

  function refuse(openings: readonly Waiting[], thrown: unknown): void {
    if (state === 'OPEN') {
      log.error('The database does not take the beginnings of calls; no call is admitted until it does.', { error: thrown });
      state = 'AWAY';
    }
    waiting = [];
    for (const opening of openings) {
      opening.given = 'REFUSED';
      opening.reject(storeUnavailable(thrown));
    }
  }

  function disown(group: readonly Waiting[]): void {
    const open = state !== 'CLOSED';
    state = 'DISOWNED';
    const error = new Error('Another replica has taken over the calls of this one.');
    for (const opening of [...group, ...waiting]) opening.reject(storeUnavailable(error));
    waiting = [];
    if (open) onDisowned();
  }

  return {
    write(opening) {
      if (state !== 'OPEN') return Promise.reject(storeUnavailable(new Error('The ledger in the database cannot be written.')));
      return new Promise((resolve, reject) => {
        waiting.push({ ...opening, given: 'WAITING', resolve, reject });
        schedule();
      });
    },
    accepting: () => state === 'OPEN',
    [Symbol.dispose]() {
      state = 'CLOSED';
    },
  };
}

function toJson(places: readonly (Place & Partial<Opening>)[]): string {
  return JSON.stringify(places.map(({ id, number, record }) => ({ id, number, record })));
}
