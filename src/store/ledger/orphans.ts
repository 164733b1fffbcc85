import type { ReplicaId } from '../../domain/id.ts';
import type { UsageEvent } from '../../domain/usageEvent.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Queries } from '../database.ts';
import { text } from '../row.ts';
import { settleClaims } from './claims.ts';
import type { Ingest } from './ingest.ts';
import type { OtherOwner } from './owner.ts';
import { findOthers } from './owner.ts';
import { readLine, toRowJson } from './record.ts';
import { note } from './replay.ts';
import { settleReplica } from './replica.ts';
import type { OpenCall } from './unknownCall.ts';
import { toUnknown } from './unknownCall.ts';

export interface OrphanOptions {
  readonly database: Queries;
  readonly replicaId: ReplicaId;
  readonly ingest: Ingest;
  readonly clock: Clock;
  readonly log: Log;
}

const lookMs = 5000;
/** So many looks in a row, half a minute, without a beat in between: dead. Counted, because a time may have been spent waiting for the database. */
const deadAfterLooks = 6;
const pageCalls = 200;

/**
 * Takes over the open calls of dead replicas: now, before it resolves, and every 5 s. `beforeLook` shows that this one lives, where others
 * have to know.
 */
export async function openOrphanWatch(options: OrphanOptions, beforeLook: () => Promise<void>): Promise<AsyncDisposable> {
  const { database, replicaId, clock, log } = options;
  const silent = createSilence();
  let running: Promise<void> = Promise.resolve();
  let closed = false;
  let failing = false;
  let timer: Timer | null = null;

  async function look(): Promise<void> {
    const dead = silent.deadOf(await findOthers(database, replicaId));
    for (const owner of dead) {
      // What keeps one from being taken over must keep nobody else, nor a start.
      await takeOver(options, owner.replicaId).catch((error: unknown) =>
        log.warn('The calls of a dead replica could not be taken over yet.', { replicaId: owner.replicaId, error }),
      );
    }
  }

  async function lookAgain(): Promise<void> {
    try {
      await beforeLook();
      await look();
      failing = false;
    } catch (error) {
      // Whoever is not heard while the database is away may live.
      silent.forget();
      if (!failing) log.warn('The calls of dead replicas cannot be looked for.', { error });
      failing = true;
    }
    again();
  }

  function again(): void {
    if (closed) return;
    timer = clock.timer(lookMs, () => {
      running = lookAgain();
    });
  }

  await look();
  again();
  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      timer?.clear();
      await running;
    },
  };
}

interface Silence {
  /** To be asked once a look. */
  deadOf(owners: readonly OtherOwner[]): readonly OtherOwner[];
  forget(): void;
}

function createSilence(): Silence {
  let seen: ReadonlyMap<string, { readonly beat: number; readonly looks: number }> = new Map();

  function looksOf({ replicaId, beat, alive }: OtherOwner): number {
    const last = seen.get(replicaId);
    return alive !== true && last?.beat === beat ? last.looks + 1 : 0;
  }

  return {
    deadOf(owners) {
      seen = new Map(owners.map((owner) => [owner.replicaId, { beat: owner.beat, looks: looksOf(owner) }]));
      return owners.filter(({ replicaId, gone, alive }) => gone || alive === false || (seen.get(replicaId)?.looks ?? 0) >= deadAfterLooks);
    },
    forget() {
      seen = new Map();
    },
  };
}

/**
 * Books a replica's open calls at what they held and settles its leases. From the first statement on the replica can begin no call, and
 * each step changes nothing when it is done twice: two replicas may do this at once, and one may go on where another one died.
 */
export async function takeOver({ database, ingest, clock, log }: OrphanOptions, replicaId: string): Promise<void> {
  await database.query('update ledger_owners set gone = true where replica_id = $1', [replicaId]);
  let unknown = 0;
  for await (const events of readUnknown(database, replicaId)) {
    await ingest(events.map(toRowJson));
    unknown += events.length;
  }
  // What the database did not take stands in the log.
  await database.query('delete from open_calls where replica_id = $1', [replicaId]);
  await settleReplica(database, replicaId, clock.now());
  await settleClaims(database, replicaId);
  await database.query('delete from ledger_owners where replica_id = $1', [replicaId]);
  if (unknown > 0) log.info('The calls of a replica that is gone were taken over.', { replicaId, unknown });
}

const pageStatement = `select id, record from open_calls where replica_id = $1 and id in (
    select distinct id from open_calls where replica_id = $1 and ($2::uuid is null or id > $2) order by id limit $3
  ) order by id, number`;

/** A page of calls at a time, whole calls alone. */
async function* readUnknown(database: Queries, replicaId: string): AsyncGenerator<readonly UsageEvent[]> {
  let after: string | null = null;
  for (;;) {
    const rows = await database.query(pageStatement, [replicaId, after, pageCalls]);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = text(last, 'id');
    const open = new Map<string, OpenCall>();
    for (const row of rows) {
      const record = readLine(text(row, 'record'));
      if (record !== null && record.type !== 'end') note(open, record);
    }
    yield [...open.values()].flatMap((call) => toUnknown(call) ?? []);
  }
}
