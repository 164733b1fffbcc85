import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReplicaId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { CallStart } from '../../../src/domain/usageEvent.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import type { LedgerSettings } from '../../../src/store/ledger/ledger.ts';
import { openLedger } from '../../../src/store/ledger/ledger.ts';
import { toBeginLine, toEndLine, toRowJson } from '../../../src/store/ledger/record.ts';
import type { FakeDatabase } from '../../support/fakeDatabase.ts';
import { createFakeDatabase } from '../../support/fakeDatabase.ts';
import type { ManualClock } from '../../support/manualClock.ts';
import { createManualClock } from '../../support/manualClock.ts';
import { silentLog } from '../../support/silentLog.ts';
import type { TemporaryFolder } from '../../support/temporaryFolder.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { newAttempt, newCall, newUsage, nextId } from '../../support/tenancySeed.ts';

const tenancy = { organization: { id: toId<never>(nextId()) }, team: { id: toId<never>(nextId()) }, apiKey: { id: toId<never>(nextId()) } };

describe('the ledger', () => {
  let database: FakeDatabase;
  let clock: ManualClock;
  let folder: TemporaryFolder;
  let replicaId: ReplicaId;
  beforeEach(() => {
    database = createFakeDatabase();
    clock = createManualClock(Date.UTC(2026, 9, 20));
    folder = temporaryFolder();
    replicaId = toId(nextId());
  });
  afterEach(() => folder.remove());

  function open(settings: Partial<LedgerSettings> = {}): Promise<Ledger> {
    return openLedger({ folder: folder.path, replicaId, database, clock, log: silentLog, settings });
  }

  function newStart(): CallStart {
    return newCall(tenancy, { replicaId });
  }

  async function begin(ledger: Ledger): Promise<CallStart> {
    const start = newStart();
    await ledger.begin(start, newAttempt(start, { mostCost: 7n, holds: [{ budgetId: toId(nextId()), periodStart: 0, amount: 7n }] }));
    return start;
  }

  it('writes a call into its file before it says so, and into the database after a while', async () => {
    await using ledger = await open();
    const start = await begin(ledger);
    await ledger.end(newUsage(start));
    const [name = ''] = readdirSync(join(folder.path, replicaId)).filter((each) => each.endsWith('.log'));
    const lines = readFileSync(join(folder.path, replicaId, name), 'utf8').split('\n');
    expect(lines.map((line) => line.slice(0, 1))).toEqual(['B', 'E', '']);
    expect([database.rows.size, ledger.state().pendingEvents]).toEqual([0, 1]);
    await clock.advance(100);
    expect([database.rows.size, ledger.state().pendingEvents]).toEqual([1, 0]);
  });

  it('ends a call once, however often it is told', async () => {
    await using ledger = await open();
    const start = await begin(ledger);
    await Promise.all([ledger.end(newUsage(start)), ledger.end(newUsage(start, { outcome: 'FAILED' }))]);
    await ledger.flush();
    await ledger.end(newUsage(start, { outcome: 'CANCELLED' }));
    await ledger.flush();
    expect([...database.rows.values()].map((row) => row['outcome'])).toEqual(['SUCCEEDED']);
  });

  it('keeps everything while the database is away, refuses calls when its room is used up, and goes on when it is back', async () => {
    const ledger = await open({ mostBytes: 20_000, segmentBytes: 4000 });
    database.away = true;
    const started: CallStart[] = [];
    while (ledger.state().accepting) started.push(await begin(ledger));
    await expect(begin(ledger)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    // What has begun may end.
    await Promise.all(started.map((start) => ledger.end(newUsage(start))));
    await expect(ledger.flush()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await clock.advance(60_000);
    expect(ledger.state()).toMatchObject({ accepting: false, pendingEvents: started.length });

    database.away = false;
    await clock.advance(5000);
    expect(ledger.state()).toMatchObject({ accepting: true, pendingEvents: 0 });
    expect([...database.rows.keys()].sort()).toEqual(started.map(({ id }) => id).sort());
    expect(ledger.state().bytes).toBeLessThan(20_000);
    await ledger[Symbol.asyncDispose]();
  });

  it('reads what does not fit into memory from its files again', async () => {
    await using ledger = await open({ segmentBytes: 100_000 });
    database.away = true;
    const events = Array.from({ length: 10_500 }, () => newUsage(newStart(), { endUser: 'ä' }));
    await Promise.all(events.map((event) => ledger.end(event)));
    database.away = false;
    await ledger.flush();
    expect(events.filter(({ id }) => database.rows.get(id)?.['end_user'] !== 'ä')).toEqual([]);
    expect(readdirSync(join(folder.path, replicaId)).filter((name) => name.endsWith('.log'))).toHaveLength(1);
  });

  it('sets a row aside that the database will never take, and brings in the others', async () => {
    await using ledger = await open();
    database.refused = 'poison';
    const [bad, good] = [newStart(), newStart()];
    await Promise.all([ledger.end(newUsage(bad, { endUser: 'poison' })), ledger.end(newUsage(good))]);
    await ledger.flush();
    expect([...database.rows.keys()]).toEqual([good.id]);
    expect(readFileSync(join(folder.path, 'refused.jsonl'), 'utf8')).toContain(bad.id);
  });

  it('keeps rows that the database refuses for what is wrong with the database', async () => {
    await using ledger = await open();
    const start = newStart();
    await ledger.end(newUsage(start));
    for (const failing of ['28P01', '42501', '42P01', '23514']) {
      database.failing = failing;
      await clock.advance(10_000);
      expect([failing, ledger.state().pendingEvents]).toEqual([failing, 1]);
    }
    database.failing = null;
    await clock.advance(5000);
    expect([...database.rows.keys()]).toEqual([start.id]);
    expect(existsSync(join(folder.path, 'refused.jsonl'))).toBe(false);
  });

  it('leaves nothing behind when all calls have ended, and has its leases settled', async () => {
    const ledger = await open();
    await ledger.end(newUsage(await begin(ledger)));
    await ledger[Symbol.asyncDispose]();
    expect([database.rows.size, database.settled]).toEqual([1, [replicaId]]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('leaves its files when the database is away at the end; the next one brings them in', async () => {
    const ledger = await open();
    const start = await begin(ledger);
    await ledger.end(newUsage(start));
    database.away = true;
    await ledger[Symbol.asyncDispose]();
    const first = replicaId;
    expect(existsSync(join(folder.path, first))).toBe(true);

    database.away = false;
    replicaId = toId(nextId());
    await using _next = await open();
    expect([[...database.rows.keys()], database.settled]).toEqual([[start.id], [first]]);
    expect(readdirSync(folder.path)).toEqual([replicaId]);
  });

  it('charges a call whose end nobody knows what it held', async () => {
    const ledger = await open();
    const start = await begin(ledger);
    const draws = [{ budgetId: nextId(), periodStart: 0, amount: '9' }];
    await ledger.attempt(
      newAttempt(start, {
        offer: toId('b/m'),
        mostCost: 9n,
        holds: [{ budgetId: toId(draws[0]?.budgetId ?? ''), periodStart: 0, amount: 9n }],
      }),
    );
    await ledger[Symbol.asyncDispose]();
    replicaId = toId(nextId());
    await using _next = await open();
    expect(database.rows.get(start.id)).toMatchObject({
      outcome: 'UNKNOWN',
      error_code: 'OUTCOME_UNKNOWN',
      offer: 'b/m',
      cost_total: '9',
      draws,
    });
    // An older log does not say how the first went: the second's hold covers both.
    expect(database.rows.get(start.id)?.['attempts']).toMatchObject([{ cost: { total: '0' } }, { offer: 'b/m', cost: { total: '9' } }]);
  });

  it('reads a torn log as far as it goes', async () => {
    const dead = join(folder.path, nextId());
    mkdirSync(dead);
    const [ended, open_] = [newStart(), newStart()];
    const lines = [ended, open_].map((start) => toBeginLine(start, newAttempt(start))).join('');
    writeFileSync(join(dead, '00000001.log'), lines);
    appendFileSync(
      join(dead, '00000001.log'),
      `${toEndLine(toRowJson(newUsage(ended)))}garbage\n${toEndLine(toRowJson(newUsage(open_))).slice(0, -2)}`,
    );
    await using _ledger = await open();
    expect([...database.rows.values()].map((row) => [row['id'], row['outcome']])).toEqual([
      [ended.id, 'SUCCEEDED'],
      [open_.id, 'UNKNOWN'],
    ]);
  });

  it('never takes the log of a replica that lives', async () => {
    await using first = await open();
    const start = await begin(first);
    replicaId = toId(nextId());
    await using _second = await open();
    await clock.advance(60_000);
    expect(database.rows.size).toBe(0);
    await first.end(newUsage(start));
    await first.flush();
    expect(database.rows.get(start.id)?.['outcome']).toBe('SUCCEEDED');
  });

  it('waits for the disk where that is asked for', async () => {
    await using ledger = await open({ sync: true });
    await ledger.end(newUsage(await begin(ledger)));
    await ledger.flush();
    expect(database.rows.size).toBe(1);
  });
});
