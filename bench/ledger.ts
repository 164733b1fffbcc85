/**
 * How fast the ledger brings ended calls into the database: `node bench/ledger.ts` ingests 20,000 events with 1.2 attempts each in batches of 500, on PGlite and on
 * PostgreSQL (`BENCH_DATABASE_URL`), and as many without their attempts' rows in between, so that the ratio says what those rows cost.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Attempt } from '../src/domain/attempt.ts';
import { sumCosts, sumUsages } from '../src/domain/attempt.ts';
import { toId } from '../src/domain/id.ts';
import { costOf, unknownPrice } from '../src/domain/price.ts';
import type { UsageEvent } from '../src/domain/usageEvent.ts';
import type { Database } from '../src/store/database.ts';
import { createIngest } from '../src/store/ledger/ingest.ts';
import { toRowJson } from '../src/store/ledger/record.ts';
import type { StoreLocation } from '../src/store/store.ts';
import { openStore } from '../src/store/store.ts';
import { createClock } from '../src/system/clock.ts';
import { createIds } from '../src/system/ids.ts';
import { createLog } from '../src/system/log.ts';

const serverUrl = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const events = 20_000;
const batchRows = 500;
/** Of each kind, before anything is counted. */
const warmUpBatches = 4;
/** Each fifth call has a second attempt. */
const attemptsACall = 1.2;

const clock = createClock();
const ids = createIds(clock);
const log = createLog('warn');
const [organizationId, teamId, apiKeyId, replicaId, budgetId] = Array.from({ length: 5 }, () => randomUUID());

function newAttempt(startedAt: number, failed: boolean): Attempt {
  const usage = {
    inputTokens: 1200,
    cachedInputTokens: 1000,
    cacheWriteTokens: null,
    outputTokens: 340,
    reasoningTokens: null,
    basis: 'MEASURED',
  } as const;
  const price = { ...unknownPrice, input: 150_000n, cachedInput: 75_000n, output: 600_000n };
  return {
    provider: toId('openai'),
    model: toId('openai/gpt-4o-mini'),
    offer: toId('openai/openai/gpt-4o-mini'),
    providerModel: 'gpt-4o-mini',
    answeredModel: failed ? null : 'gpt-4o-mini-2024-07-18',
    outcome: failed ? 'FAILED' : 'SUCCEEDED',
    errorCode: failed ? 'UPSTREAM_UNAVAILABLE' : null,
    startedAt,
    firstTokenMs: failed ? null : 210,
    durationMs: 1800,
    usage: failed ? null : usage,
    price,
    priceSource: 'CATALOG',
    cost: failed ? null : costOf(usage, price),
    apportioned: false,
    providerRequestId: failed ? null : `chatcmpl-${randomUUID()}`,
  };
}

function newEvent(index: number): UsageEvent {
  const startedAt = clock.now();
  const retried = index % Math.round(1 / (attemptsACall - 1)) === 0;
  const attempts = [...(retried ? [newAttempt(startedAt, true)] : []), newAttempt(startedAt, false)];
  return {
    id: toId(ids.next()),
    replicaId: toId(replicaId ?? ''),
    startedAt,
    operation: 'COMPLETION',
    streamed: true,
    organizationId: toId(organizationId ?? ''),
    teamId: toId(teamId ?? ''),
    userId: null,
    apiKeyId: toId(apiKeyId ?? ''),
    holder: toId(`key:${apiKeyId}`),
    endUser: null,
    tags: [{ name: 'feature', value: 'search' }],
    requestedModel: 'openai/gpt-4o-mini',
    alias: null,
    outcome: 'SUCCEEDED',
    errorCode: null,
    model: toId('openai/gpt-4o-mini'),
    provider: toId('openai'),
    offer: toId('openai/openai/gpt-4o-mini'),
    region: null,
    simulated: false,
    usage: sumUsages(attempts),
    cost: sumCosts(attempts),
    saved: null,
    firstTokenMs: 210,
    durationMs: 1800,
    finishReason: 'STOP',
    providerFinishReason: 'stop',
    attempts,
    draws: [{ budgetId: toId(budgetId ?? ''), periodStart: 0, amount: 1n }],
  };
}

/** The statement that writes events, without the part that writes their attempts. */
async function withoutAttempts(database: Database): Promise<void> {
  const [found] = await database.query(`select pg_get_functiondef('ingest_usage'::regproc) as text`);
  const whole = String(found?.['text']);
  const text = whole.replace('ingest_usage', 'ingest_events').replace(/tried AS \([\s\S]*?\n {2}\), /, '');
  if (text.length > whole.length - 100) throw new Error('The part that writes attempts was not found.');
  await database.exec(text);
}

interface Reading {
  readonly eventsASecond: number;
  /** Milliseconds a batch. */
  readonly p50: number;
  readonly p99: number;
}

async function measure(location: StoreLocation, folder: string): Promise<readonly [Reading, Reading]> {
  await using store = await openStore({ location, clock });
  const { database } = store;
  await withoutAttempts(database);
  const parts = { database, folder, log };
  const ways = [createIngest(parts), createIngest({ ...parts, statement: 'select ingest_events($1)' })].map((ingest) => ({
    ingest,
    took: [] as number[],
  }));
  const batches = events / batchRows + warmUpBatches;
  for (let batch = 0; batch < batches; batch++) {
    // Alternately, so that a slow moment of the machine falls on both.
    for (const { ingest, took } of ways) {
      const rows = Array.from({ length: batchRows }, (_row, index) => toRowJson(newEvent(index)));
      const before = performance.now();
      await ingest(rows);
      if (batch >= warmUpBatches) took.push(performance.now() - before);
    }
  }
  const [counted] = await database.query('select count(*) as attempts from usage_attempts');
  if (counted?.['attempts'] !== BigInt(batches * batchRows * attemptsACall))
    throw new Error('There are other attempts than were ingested.');
  const [all, alone] = ways.map(({ took }) => toReading(took));
  if (all === undefined || alone === undefined) throw new Error('Nothing was measured.');
  return [all, alone];
}

function toReading(took: readonly number[]): Reading {
  const sorted = took.toSorted((left, right) => left - right);
  const at = (part: number) => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 10) / 10;
  const sum = took.reduce((total, each) => total + each, 0);
  return { eventsASecond: Math.round((took.length * batchRows * 1000) / sum), p50: at(0.5), p99: at(0.99) };
}

function print(engine: string, [all, alone]: readonly [Reading, Reading]): void {
  const attempts = Math.round(all.eventsASecond * attemptsACall);
  const ratio = (alone.eventsASecond / all.eventsASecond).toFixed(2);
  process.stdout.write(
    `${engine}: ${all.eventsASecond} events and ${attempts} attempts a second, batch p50 ${all.p50} ms, p99 ${all.p99} ms; ` +
      `without the attempts' rows ${alone.eventsASecond} events a second: they cost ${ratio} times\n`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'modelgraph-bench-'));
const name = `modelgraph_bench_${randomUUID().replaceAll('-', '')}`;
const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
try {
  print('PGlite', await measure({ type: 'EMBEDDED', folder }, folder));
  await admin.unsafe(`create database ${name}`);
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  print('PostgreSQL', await measure({ type: 'POSTGRES', url, directUrl: null, connections: 2 }, folder));
} finally {
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
  rmSync(folder, { recursive: true, force: true });
}
