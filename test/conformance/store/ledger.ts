import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReplicaId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { CallStart, UsageEvent } from '../../../src/domain/usageEvent.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { openDatabaseLedger } from '../../../src/store/ledger/databaseLedger.ts';
import { openLedger } from '../../../src/store/ledger/ledger.ts';
import type { OpenedStore } from '../../../src/store/store.ts';
import { createClock } from '../../../src/system/clock.ts';
import { silentLog } from '../../support/silentLog.ts';
import type { TemporaryFolder } from '../../support/temporaryFolder.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import type { Tenancy } from '../../support/tenancySeed.ts';
import { newAttempt, newCall, newUsage, nextId, seedTenancy } from '../../support/tenancySeed.ts';

const clock = createClock();

/** What every ledger must do, wherever it writes a call down before it is made. */
export function ledgerCases(store: () => OpenedStore): void {
  describe('in a file', () =>
    cases(store, (replicaId, folder) => openLedger({ folder, replicaId, database: store().database, clock, log: silentLog })));
  describe('in the database', () =>
    cases(store, (replicaId, folder) =>
      openDatabaseLedger({
        folder,
        replicaId,
        database: store().database,
        clock,
        log: silentLog,
        onDisowned: () => expect.unreachable('This replica was taken for dead.'),
      }),
    ));
}

type Open = (replicaId: ReplicaId, folder: string) => Promise<Ledger>;

function cases(store: () => OpenedStore, open: Open): void {
  let folder: TemporaryFolder;
  let tenancy: Tenancy;
  beforeEach(async () => {
    folder = temporaryFolder();
    tenancy = await seedTenancy(store());
  });
  afterEach(() => folder.remove());

  const newReplica = () => toId<ReplicaId>(nextId());
  const openNew = (replicaId = newReplica()) => open(replicaId, folder.path);
  const newStart = (replicaId: ReplicaId) => newCall(tenancy, { replicaId, startedAt: clock.now() });

  async function begin(ledger: Ledger, replicaId: ReplicaId): Promise<CallStart> {
    const start = newStart(replicaId);
    await ledger.begin(start, newAttempt(start, { mostCost: 20n }));
    return start;
  }

  function find(starts: readonly CallStart[]): Promise<readonly UsageEvent[]> {
    const ids = starts.map(({ id }) => id);
    return store().usage.find(tenancy.organization.id, ids);
  }

  async function outcomesOf(...starts: readonly CallStart[]): Promise<readonly string[]> {
    return (await find(starts)).map(({ outcome }) => outcome);
  }

  it('books a call once, however often its end is told', async () => {
    const replicaId = newReplica();
    await using ledger = await openNew(replicaId);
    const start = await begin(ledger, replicaId);
    expect(await outcomesOf(start)).toEqual([]);
    await Promise.all([ledger.end(newUsage(start)), ledger.end(newUsage(start, { outcome: 'FAILED' }))]);
    await ledger.flush();
    await ledger.end(newUsage(start, { outcome: 'CANCELLED' }));
    await ledger.flush();
    expect(await outcomesOf(start)).toEqual(['SUCCEEDED']);
    expect(ledger.state()).toMatchObject({ accepting: true, pendingEvents: 0 });
  });

  it('books all of many calls at once', async () => {
    const replicaId = newReplica();
    await using ledger = await openNew(replicaId);
    const starts = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const start = await begin(ledger, replicaId);
        await ledger.end(newUsage(start));
        return start;
      }),
    );
    await ledger.flush();
    expect(new Set((await find(starts)).map(({ id }) => id)).size).toBe(300);
  });

  it('books a call that never ended as unknown, at what it held with its last attempt, when its replica is gone', async () => {
    const replicaId = newReplica();
    const budgetId = toId<never>(nextId());
    const draw = (amount: bigint) => [{ budgetId, periodStart: 0, amount }];
    const ledger = await openNew(replicaId);
    const [ended, open] = [await begin(ledger, replicaId), newStart(replicaId)];
    await ledger.begin(open, newAttempt(open, { mostCost: 7n, holds: draw(7n) }));
    await ledger.attempt(newAttempt(open, { offer: toId('b/m'), mostCost: 9n, holds: draw(9n) }));
    await ledger.end(newUsage(ended));
    await ledger[Symbol.asyncDispose]();
    await using _next = await openNew();
    expect(await outcomesOf(ended)).toEqual(['SUCCEEDED']);
    const [row] = await find([open]);
    expect(row).toMatchObject({ outcome: 'UNKNOWN', errorCode: 'OUTCOME_UNKNOWN', offer: 'b/m', cost: { total: 9n }, draws: draw(9n) });
    expect(row?.attempts).toHaveLength(2);
  });

  it('leaves alone what a living replica has open', async () => {
    const replicaId = newReplica();
    await using first = await openNew(replicaId);
    const start = await begin(first, replicaId);
    await using _second = await openNew();
    expect(await outcomesOf(start)).toEqual([]);
    await first.end(newUsage(start));
    await first.flush();
    expect(await outcomesOf(start)).toEqual(['SUCCEEDED']);
  });

  it('keeps text of every kind', async () => {
    const replicaId = newReplica();
    const strange = { endUser: 'a\0b "\\u0000" \ud800 ä€😀', tags: [{ name: 'k"\'', value: '{},\n' }] };
    const ledger = await openNew(replicaId);
    const [ended, open] = [newCall(tenancy, { replicaId, ...strange }), newCall(tenancy, { replicaId, ...strange })];
    for (const start of [ended, open]) await ledger.begin(start, newAttempt(start));
    await ledger.end(newUsage(ended));
    await ledger[Symbol.asyncDispose]();
    await using _next = await openNew();
    const rows = await find([ended, open]);
    expect(rows.map(({ endUser, tags }) => ({ endUser, tags }))).toEqual(
      Array.from({ length: 2 }, () => ({ ...strange, endUser: 'a\ufffdb "\\u0000" \ufffd ä€😀' })),
    );
    expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['SUCCEEDED', 'UNKNOWN']);
  });
}
