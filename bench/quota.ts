/**
 * What admission costs: `node bench/quota.ts` holds and settles three limits a call, 40 calls at once in each replica, on one replica and on three
 * (processes of their own) that share the limits in one PostgreSQL (`BENCH_DATABASE_URL`). Nothing else of a call is done.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import postgres from 'postgres';
import type { Budget } from '../src/domain/budget.ts';
import { toId } from '../src/domain/id.ts';
import { createQuotaPool } from '../src/gateway/quota.ts';
import type { QuotaStore } from '../src/ports/store.ts';
import { openStore } from '../src/store/store.ts';
import { createClock } from '../src/system/clock.ts';
import { createLog } from '../src/system/log.ts';

const serverUrl = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const limits = 3;
const parallel = 40;
const warmUpMs = 1000;
const measuredMs = 4000;

interface Reading {
  readonly calls: number;
  readonly syncs: number;
  /** How many holds had to wait for the store. */
  readonly waited: number;
  /** Of a hold, in microseconds. */
  readonly p50: number;
  readonly p99: number;
}

const clock = createClock();
const log = createLog('warn');

async function withDatabase<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const name = `modelgraph_bench_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name}`);
  try {
    return await work(Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href);
  } finally {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  }
}

async function seed(url: string): Promise<readonly string[]> {
  await using _store = await openStore({ location: { type: 'POSTGRES', url, directUrl: null, connections: 1 }, clock });
  const sql = postgres(url, { max: 1 });
  const organization = randomUUID();
  await sql`insert into organizations (id, name, created_at) values (${organization}, 'bench', now())`;
  const ids = Array.from({ length: limits }, () => randomUUID());
  for (const id of ids) {
    await sql`insert into budgets (id, organization_id, scope, meter, window_size, time_zone, limit_amount, policy, created_at)
      values (${id}, ${organization}, 'ORGANIZATION', 'SPEND', 'TOTAL', 'UTC', 1000000000000000, 'STRICT', now())`;
  }
  await sql.end();
  return ids;
}

async function measure(url: string, ids: readonly string[]): Promise<Reading> {
  await using store = await openStore({ location: { type: 'POSTGRES', url, directUrl: null, connections: 4 }, clock, log });
  let syncs = 0;
  const counted: QuotaStore = {
    sync(replicaId, reports) {
      syncs++;
      return store.quotas.sync(replicaId, reports);
    },
    onRecall: store.quotas.onRecall,
  };
  await using pool = createQuotaPool({ store: counted, replicaId: toId(randomUUID()), clock, log, onThreshold: () => undefined });
  const claims = ids.map((id) => ({ budget: toBudget(id), amount: 30_000n }));
  const took: number[] = [];
  let waited = 0;
  const from = performance.now() + warmUpMs;
  const until = from + measuredMs;
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (let before = performance.now(); before < until; before = performance.now()) {
        const held = pool.hold(claims);
        const hold = held instanceof Promise ? await held : held;
        if (before >= from) {
          took.push(performance.now() - before);
          if (held instanceof Promise) waited++;
        }
        await turn();
        hold.settle({ SPEND: 10_000n });
      }
    }),
  );
  took.sort((left, right) => left - right);
  const at = (part: number) => Math.round((took[Math.floor(took.length * part)] ?? 0) * 100_000) / 100;
  return { calls: took.length, syncs, waited, p50: at(0.5), p99: at(0.99) };
}

function toBudget(id: string): Budget {
  const organizationId = toId<Budget['organizationId']>('bench');
  const scope = { type: 'ORGANIZATION', id: organizationId } as const;
  const counting = { meter: 'SPEND', window: 'TOTAL', timeZone: 'UTC', limit: 1_000_000_000_000_000n, policy: 'STRICT' } as const;
  return { id: toId(id), organizationId, scope, createdAt: 0, ...counting };
}

async function measureReplicas(replicas: number): Promise<void> {
  await withDatabase(async (url) => {
    const ids = await seed(url);
    const readings = await Promise.all(
      Array.from({ length: replicas }, async (): Promise<Reading> => {
        const child = fork(import.meta.filename, ['replica', url, ...ids]);
        const [reading] = await once(child, 'message');
        await once(child, 'exit');
        return reading;
      }),
    );
    const perSecond = Math.round(readings.reduce((sum, { calls }) => sum + calls, 0) / (measuredMs / 1000));
    process.stdout.write(`${replicas} replica${replicas > 1 ? 's' : ''}: ${perSecond} calls a second\n`);
    for (const { p50, p99, syncs, waited, calls } of readings) {
      process.stdout.write(`  hold p50 ${p50} us, p99 ${p99} us; ${syncs} syncs; ${waited} of ${calls} holds waited for the store\n`);
    }
  });
}

const [role, url, ...ids] = process.argv.slice(2);
if (role === 'replica' && url !== undefined) process.send?.(await measure(url, ids));
else for (const replicas of [1, 3]) await measureReplicas(replicas);
