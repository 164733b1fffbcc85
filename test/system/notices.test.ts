import postgres from 'postgres';
import { beforeEach, expect, it } from 'vitest';
import type { BudgetId, ReplicaId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { LogFields } from '../../src/ports/log.ts';
import { openPostgres } from '../../src/store/postgres/database.ts';
import { openNotices } from '../../src/store/postgres/notices.ts';
import { openStore } from '../../src/store/store.ts';
import { createClock } from '../../src/system/clock.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase, serverUrl, whyNot } from '../support/database.ts';
import { createManualClock } from '../support/manualClock.ts';
import { silentLog } from '../support/silentLog.ts';
import { nextId } from '../support/tenancySeed.ts';
import { until } from '../support/until.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

const clock = createClock();

function urlOf({ location }: TestDatabase): string {
  if (location.type !== 'POSTGRES') throw new Error('This database is no PostgreSQL.');
  return location.url;
}

/** Hears what is recalled; `null` where something may have been missed. */
function createEar(): { readonly heard: (BudgetId | null)[]; readonly listener: (budgetId: BudgetId | null) => void } {
  const heard: (BudgetId | null)[] = [];
  return { heard, listener: (budgetId) => void heard.push(budgetId) };
}

it('a recall is heard by the others, and not by who recalls', async () => {
  await using database = await createTestDatabase('POSTGRES');
  await using store = await openStore({ location: database.location, clock, log: silentLog });
  await using other = await openStore({ location: database.location, clock, log: silentLog });
  const ears = [createEar(), createEar()] as const;
  const replicas = [toId<ReplicaId>(nextId()), toId<ReplicaId>(nextId())] as const;
  store.quotas.onRecall(replicas[0], ears[0].listener);
  other.quotas.onRecall(replicas[1], ears[1].listener);
  await until('both listen', () => ears.every(({ heard }) => heard.length > 0));
  const budgets = [nextId(), nextId()];
  await store.database.query(`select pg_notify('modelgraph_recall', $1)`, [`${budgets[0]} ${replicas[0]}`]);
  await store.database.query(`select pg_notify('modelgraph_recall', $1)`, [`${budgets[1]} ${replicas[1]}`]);
  await until('both have heard', () => ears.every(({ heard }) => heard.length > 1));
  expect(ears.map(({ heard }) => heard)).toEqual([
    [null, budgets[1]],
    [null, budgets[0]],
  ]);
});

it('a connection that breaks is made anew, and who listens is told that something may have been missed', async () => {
  await using database = await createTestDatabase('POSTGRES');
  await using store = await openStore({ location: database.location, clock, log: silentLog });
  const { heard, listener } = createEar();
  store.quotas.onRecall(toId(nextId()), listener);
  await until('it listens', () => heard.length === 1);
  const sql = postgres(urlOf(database), { max: 1 });
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'modelgraph notices'`;
  await until('it listens again', () => heard.length === 2);
  const budgetId = nextId();
  await sql`select pg_notify('modelgraph_recall', ${`${budgetId} somebody`})`;
  await until('it hears', () => heard.length === 3);
  expect(heard).toEqual([null, null, budgetId]);
  await sql.end();
});

it('what is not heard of itself is told to the operator, once', async () => {
  await using database = await createTestDatabase('POSTGRES');
  const warnings: string[] = [];
  const log = { ...silentLog, warn: (message: string, _fields?: LogFields) => void warnings.push(message) };
  const manual = createManualClock();
  // Notices stay in their database: listening in another one is as deaf as listening through a transaction pooler.
  await using sender = openPostgres({ url: serverUrl, connections: 1 });
  await using notices = openNotices({ url: urlOf(database), database: sender, clock: manual, log });
  const { heard, listener } = createEar();
  notices.listen('modelgraph_recall', (payload) => listener(payload === null ? null : toId(payload)));
  await until('it listens', () => heard.length === 1);
  expect(warnings).toEqual([]);
  await manual.advance(60_000);
  expect(warnings).toEqual([expect.stringContaining('set DATABASE_DIRECT_URL')]);
});

it('what is heard of itself is no matter', async () => {
  await using database = await createTestDatabase('POSTGRES');
  const manual = createManualClock();
  await using sender = openPostgres({ url: urlOf(database), connections: 1 });
  await using _notices = openNotices({ url: urlOf(database), database: sender, clock: manual, log: silentLog });
  await until('the echo is heard', () => manual.waiting === 0);
});
