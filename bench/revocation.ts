/**
 * How soon a revoked key is refused by every replica: `node bench/revocation.ts` starts three gateways on one PostgreSQL (`BENCH_DATABASE_URL`), makes
 * 200 keys, opens a WebSocket on each replica with each, revokes the keys one by one at the first replica, and measures from the moment the revocation is
 * asked for, and from its answer, until the last of the three sockets has been closed with 4401.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { createApiKeySecrets } from '../src/identity/apiKey.ts';
import { startChild } from './processes/child.ts';
import { percentile } from './report/statistics.ts';
import { createDatabase } from './targets/database.ts';

const replicas = 3;
const revocations = 200;
const readyWithinMs = 60_000;
const adminKey = createApiKeySecrets().issue().secret;

async function start(databaseUrl: string, folder: string) {
  const env = {
    DATABASE_URL: databaseUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    MODELGRAPH_ADMIN_KEY: adminKey,
    MODELGRAPH_DATA: folder,
    MODELGRAPH_PROBE: 'off',
    MODELGRAPH_LOG_LEVEL: 'error',
  };
  const child = startChild({ args: ['src/main.ts'], cores: '0-1', env });
  const deadline = performance.now() + readyWithinMs;
  for (;;) {
    const url = /http:\/\/\S+(?=\/graphql)/.exec(child.output())?.[0];
    if (url !== undefined) return { child, url };
    if (!child.running() || performance.now() > deadline) throw new Error(`A gateway did not start:\n${child.output()}`);
    await pause(50);
  }
}

async function ask(url: string, query: string, variables: object = {}) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${adminKey}` };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the document's
  const { data, errors } = (await response.json()) as any;
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** `closed`: the moment at which the key's socket was closed as unauthorized. */
async function openSocket(url: string, key: string): Promise<{ readonly closed: Promise<number> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
  await once(socket, 'message');
  const closed = once(socket, 'close').then(([code]) => {
    if (code !== 4401) throw new Error(`The socket was closed with ${code}.`);
    return performance.now();
  });
  return { closed };
}

interface Reading {
  readonly sinceAskedMs: number;
  readonly sinceAnsweredMs: number;
}

async function revoke(urls: readonly string[], first: string): Promise<Reading> {
  const { viewer } = await ask(first, '{ viewer { team { id } } }');
  const input = { teamId: viewer.team.id, name: 'bench', scopes: ['MODELS_READ'] };
  const made = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } } }';
  const { createApiKey } = await ask(first, made, { input });
  const sockets = await Promise.all(urls.map((url) => openSocket(url, createApiKey.secret)));
  const askedAt = performance.now();
  await ask(first, 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }', { id: createApiKey.apiKey.id });
  const answeredAt = performance.now();
  const closedAt = Math.max(...(await Promise.all(sockets.map(({ closed }) => closed))));
  return { sinceAskedMs: closedAt - askedAt, sinceAnsweredMs: Math.max(0, closedAt - answeredAt) };
}

function report(name: string, values: readonly number[]): void {
  const [p50, p99, most] = [percentile(values, 0.5), percentile(values, 0.99), Math.max(...values)].map((ms) => ms.toFixed(1));
  process.stdout.write(`${name}: p50 ${p50} ms, p99 ${p99} ms, most ${most} ms\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'modelgraph-bench-'));
try {
  await using database = await createDatabase();
  await using open = new AsyncDisposableStack();
  const urls: string[] = [];
  for (let replica = 0; replica < replicas; replica++) {
    const { child, url } = await start(database.url, join(folder, String(replica)));
    open.use(child);
    urls.push(url);
  }
  const [first = ''] = urls;
  const readings: Reading[] = [];
  for (let time = 0; time < revocations; time++) readings.push(await revoke(urls, first));
  process.stdout.write(`${revocations} revocations over ${replicas} replicas\n`);
  report(
    '  from asking to the last socket closed',
    readings.map(({ sinceAskedMs }) => sinceAskedMs),
  );
  report(
    '  from the answer to the last socket closed',
    readings.map(({ sinceAnsweredMs }) => sinceAnsweredMs),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
