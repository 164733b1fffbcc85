import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BudgetId, CompletionId, ReplicaId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import { openLedger } from '../../src/store/ledger/ledger.ts';
import type { OpenedStore } from '../../src/store/store.ts';
import { openStore } from '../../src/store/store.ts';
import { createClock } from '../../src/system/clock.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase, engines, whyNot } from '../support/database.ts';
import type { LedgerChildInput } from '../support/ledgerChild.ts';
import { silentLog } from '../support/silentLog.ts';
import type { Tenancy } from '../support/tenancySeed.ts';
import { newAct, newBudget, nextId, seedTenancy } from '../support/tenancySeed.ts';

interface Promised {
  readonly begun: ReadonlySet<string>;
  readonly ended: ReadonlySet<string>;
}

/** Starts a process that makes calls, and kills it when it has been promised that `ends` of them are kept. */
async function killAfter(ends: number, input: LedgerChildInput): Promise<Promised> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../support/ledgerChild.ts'), JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const begun = new Set<string>();
  const ended = new Set<string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, id = ''] = line.split(' ');
    (kind === 'b' ? begun : ended).add(id);
    if (ended.size === ends) child.kill('SIGKILL');
  }
  expect((await exited)[1]).toBe('SIGKILL');
  return { begun, ended };
}

describe.each(engines)('a process killed in the middle of its calls, on %s', (engine) => {
  const clock = createClock();
  let database: TestDatabase;
  let tenancy: Tenancy;
  let budgetId: BudgetId;

  beforeEach(async (context) => {
    const reason = await whyNot(engine);
    if (reason !== null) context.skip(reason);
    database = await createTestDatabase(engine);
    await using store = await openStore({ location: database.location, clock });
    tenancy = await seedTenancy(store);
    const budget = newBudget(tenancy, { limit: 1_000_000n });
    budgetId = budget.id;
    await store.budgets.create(budget, newAct('CREATE_BUDGET'));
  });
  afterEach(async () => {
    await database?.[Symbol.asyncDispose]();
  });

  async function reopen(): Promise<OpenedStore> {
    const store = await openStore({ location: database.location, clock });
    const folder = join(database.folder, 'wal');
    await using _ledger = await openLedger({
      folder,
      replicaId: toId<ReplicaId>(nextId()),
      database: store.database,
      clock,
      log: silentLog,
    });
    return store;
  }

  it('loses no call that it was promised, writes none twice, and its lease is settled at what the ledger says', async () => {
    const begun = new Set<string>();
    const ended = new Set<string>();
    // The second process takes over what the first one left, and is killed too.
    for (const ends of [300, 200]) {
      const input = { location: database.location, folder: database.folder, tenancy, budgetId, parallel: 40, callMs: 20 };
      const promised = await killAfter(ends, input);
      for (const id of promised.begun) begun.add(id);
      for (const id of promised.ended) ended.add(id);
    }
    await using store = await reopen();
    const rows = await store.usage.find(
      tenancy.organization.id,
      [...begun].map((id) => toId<CompletionId>(id)),
    );
    const outcomes = new Map(rows.map(({ id, outcome }) => [id as string, outcome]));
    expect(rows).toHaveLength(begun.size);
    expect([...begun].filter((id) => !outcomes.has(id))).toEqual([]);
    expect([...ended].filter((id) => outcomes.get(id) !== 'SUCCEEDED')).toEqual([]);
    const open = rows.filter(({ outcome }) => outcome === 'UNKNOWN');
    expect(open.length).toBeGreaterThan(0);
    expect(
      open.every(({ errorCode, cost, draws }) => errorCode === 'OUTCOME_UNKNOWN' && cost?.total === 20n && draws[0]?.amount === 20n),
    ).toBe(true);

    // Calls that had begun without this test being told are in the database too.
    const [sum] = await store.database.query(
      `select count(*) as calls, count(distinct id) as ids, sum((draws -> 0 ->> 'amount')::bigint)::bigint as drawn from usage_events`,
    );
    const [window] = await store.database.query('select spent, leased from budget_windows');
    expect(sum?.['calls']).toBe(sum?.['ids']);
    expect(window).toEqual({ spent: sum?.['drawn'], leased: 0n });
    const [attempts] = await store.database.query(
      `select count(*) as attempts, sum(a.cost_total)::bigint as cost, count(*) filter (where a.outcome = 'UNKNOWN' and a.usage_basis = 'ESTIMATED') as unknown,
         (select sum(cost_total)::bigint from usage_events) as calls_cost, (select count(*) from usage_events where outcome = 'UNKNOWN') as unknown_calls
       from usage_attempts a join usage_events e using (ts, id)`,
    );
    expect(attempts?.['attempts']).toBe(sum?.['calls']);
    expect([attempts?.['cost'], attempts?.['unknown']]).toEqual([attempts?.['calls_cost'], attempts?.['unknown_calls']]);
  });
});
