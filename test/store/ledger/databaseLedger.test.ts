import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ReplicaId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { CallStart } from '../../../src/domain/usageEvent.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { openDatabaseLedger } from '../../../src/store/ledger/databaseLedger.ts';
import { openLedger } from '../../../src/store/ledger/ledger.ts';
import type { FakeDatabase } from '../../support/fakeDatabase.ts';
import { createFakeDatabase } from '../../support/fakeDatabase.ts';
import type { ManualClock } from '../../support/manualClock.ts';
import { createManualClock } from '../../support/manualClock.ts';
import { silentLog } from '../../support/silentLog.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { newAttempt, newCall, newUsage, nextId } from '../../support/tenancySeed.ts';
import { until } from '../../support/until.ts';

const tenancy = { organization: { id: toId<never>(nextId()) }, team: { id: toId<never>(nextId()) }, apiKey: { id: toId<never>(nextId()) } };

/** A process on another machine, of which only its beats can be seen. */
const elsewhere = JSON.stringify({ token: 't', pid: 1, startTicks: '1', bootId: 'another', host: 'another' });

describe('the ledger in the database', () => {
  let database: FakeDatabase;
  let clock: ManualClock;
  let disowned: number;
  beforeEach(() => {
    database = createFakeDatabase();
    clock = createManualClock(Date.UTC(2026, 9, 20));
    disowned = 0;
  });

  function open(replicaId: ReplicaId, folder = join('/nowhere', 'wal')): Promise<Ledger> {
    return openDatabaseLedger({ folder, replicaId, database, clock, log: silentLog, onDisowned: () => void disowned++ });
  }

  function newReplica(): ReplicaId {
    return toId(nextId());
  }

  async function begin(ledger: Ledger, replicaId: ReplicaId): Promise<CallStart> {
    const start = newCall(tenancy, { replicaId });
    await ledger.begin(start, newAttempt(start, { mostCost: 7n }));
    return start;
  }

  const outcomes = () => [...database.rows.values()].map((row) => row['outcome']);

  /** Looks and beats come every five seconds. */
  async function look(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      await clock.advance(5000);
      await until('it has looked', () => clock.waiting > 0);
    }
  }

  /** A replica on another machine with a call that it has begun. */
  async function stranger(): Promise<{ readonly replicaId: ReplicaId; readonly start: CallStart; readonly ledger: Ledger }> {
    const replicaId = newReplica();
    const ledger = await openDatabaseLedger({
      folder: '/nowhere',
      replicaId,
      database,
      // Its beats are the test's.
      clock: createManualClock(clock.now()),
      log: silentLog,
      onDisowned: () => void disowned++,
    });
    const start = await begin(ledger, replicaId);
    database.owners.set(replicaId, { process: elsewhere, beat: 0, gone: false });
    return { replicaId, start, ledger };
  }

  it('has a call in the database before it says so, and needs no folder', async () => {
    const replicaId = newReplica();
    await using ledger = await open(replicaId);
    const start = await begin(ledger, replicaId);
    expect(database.open.map(({ id, number }) => [id, number])).toEqual([[start.id, 0]]);
    await ledger.attempt(newAttempt(start));
    expect(database.open.map(({ number }) => number)).toEqual([0, 1]);
    const ended = ledger.end(newUsage(start));
    await clock.advance(0);
    await ended;
    expect([outcomes(), database.open]).toEqual([['SUCCEEDED'], []]);
    expect(existsSync('/nowhere')).toBe(false);
  });

  it('says after ten seconds that an end could not be written, and books it when the database is back', async () => {
    const replicaId = newReplica();
    await using ledger = await open(replicaId);
    const start = await begin(ledger, replicaId);
    database.away = true;
    const ended = ledger.end(newUsage(start));
    await Promise.all([expect(ended).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' }), clock.advance(10_000)]);
    await expect(begin(ledger, replicaId)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(ledger.state()).toMatchObject({ accepting: false, pendingEvents: 1 });
    expect(ledger.state().bytes).toBeGreaterThan(100);

    database.away = false;
    await clock.advance(1000);
    await until('it is booked', () => ledger.state().accepting && database.rows.size > 0);
    expect([outcomes(), ledger.state()]).toEqual([['SUCCEEDED'], { accepting: true, pendingEvents: 0, bytes: 0 }]);
  });

  it('takes over the calls of a replica that was not heard for half a minute, once', async () => {
    const { replicaId, start, ledger } = await stranger();
    const [first, second] = [await open(newReplica()), await open(newReplica())];
    await look(5);
    expect(database.rows.size).toBe(0);
    await look(2);
    await until('it is taken over', () => !database.owners.has(replicaId));
    expect([outcomes(), database.open, new Set(database.settled)]).toEqual([['UNKNOWN'], [], new Set([replicaId])]);

    // It was alive all the same: nothing it says later counts twice, and it begins no call.
    await Promise.all([ledger.end(newUsage(start)).catch(() => undefined), ledger.flush()]);
    expect(outcomes()).toEqual(['UNKNOWN']);
    await expect(begin(ledger, replicaId)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(disowned).toBe(1);
    await first[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
  });

  it('leaves alone who is heard, and who could not be heard because the database was away', async () => {
    const { replicaId } = await stranger();
    await using _other = await open(newReplica());
    const owner = database.owners.get(replicaId);
    if (owner === undefined) throw new Error('The replica is not there.');
    await look(5);
    owner.beat += 1;
    await look(5);
    database.away = true;
    await look(10);
    database.away = false;
    await look(5);
    expect(database.rows.size).toBe(0);
  });

  it('goes on where a replica died that was taking over another one', async () => {
    const { replicaId, start } = await stranger();
    database.owners.set(replicaId, { process: elsewhere, beat: 0, gone: true });
    await using _next = await open(newReplica());
    expect([...database.rows.keys()]).toEqual([start.id]);
    expect(database.owners.has(replicaId)).toBe(false);
  });

  it('takes over at once from a dead process of the same machine', async () => {
    const { replicaId, start } = await stranger();
    const probe = newReplica();
    await using _probe = await open(probe);
    // A process here has this number no more.
    const gone = { ...JSON.parse(database.owners.get(probe)?.process ?? ''), pid: 2 ** 22 + 1 };
    database.owners.set(replicaId, { process: JSON.stringify(gone), beat: 0, gone: false });
    await using _next = await open(newReplica());
    expect([...database.rows.keys()]).toEqual([start.id]);
  });

  it('brings in what a ledger in files has left behind', async () => {
    const folder = temporaryFolder();
    const before = newReplica();
    const files = await openLedger({ folder: folder.path, replicaId: before, database, clock, log: silentLog });
    const start = await begin(files, before);
    await files[Symbol.asyncDispose]();
    await using _ledger = await open(newReplica(), folder.path);
    expect([[...database.rows.keys()], outcomes()]).toEqual([[start.id], ['UNKNOWN']]);
    folder.remove();
  });

  it('is taken over by a ledger in files, too', async () => {
    const { start } = await stranger();
    const folder = temporaryFolder();
    await using _files = await openLedger({ folder: folder.path, replicaId: newReplica(), database, clock, log: silentLog });
    await look(7);
    await until('it is taken over', () => database.rows.size > 0);
    expect([[...database.rows.keys()], outcomes()]).toEqual([[start.id], ['UNKNOWN']]);
    folder.remove();
  });

  it('tells the log of a row that the database will never take, and goes on', async () => {
    const replicaId = newReplica();
    const ledger = await open(replicaId);
    database.refused = 'poison';
    const [bad, good] = [await begin(ledger, replicaId), await begin(ledger, replicaId)];
    const ends = Promise.all([ledger.end(newUsage(bad, { endUser: 'poison' })), ledger.end(newUsage(good))]);
    await clock.advance(0);
    await ends;
    expect([...database.rows.keys()]).toEqual([good.id]);
    // Its beginning is still there, and charges it when the replica ends.
    await ledger[Symbol.asyncDispose]();
    expect(database.rows.get(bad.id)).toMatchObject({ outcome: 'UNKNOWN', cost_total: '7' });
  });
});
