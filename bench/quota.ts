/**
 * What admission costs: `node bench/quota.ts` admits calls under three limits of money (the key's, its team's, its organization's), 40 at once in each
 * replica, on one replica and on three (processes of their own) that share the limits in one PostgreSQL (`BENCH_DATABASE_URL`); then it measures the
 * processor time of a whole call through the gateway, and says what part of it admission is.
 */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpus } from 'node:os';
import postgres from 'postgres';
import type { AuditAct, AuditAction } from '../src/domain/audit.ts';
import type { Budget, BudgetScope, BudgetSubject } from '../src/domain/budget.ts';
import { toId } from '../src/domain/id.ts';
import type { ApiKey, Organization, Team } from '../src/domain/tenancy.ts';
import { openStore } from '../src/store/store.ts';
import { createClock } from '../src/system/clock.ts';
import { quickPlan } from './plan.ts';
import { startChild } from './processes/child.ts';
import { waitUntil } from './processes/wait.ts';
import type { ReplicaOrder, ReplicaReading } from './quotaReplica.ts';
import { measureCalls } from './scenarios/calls.ts';
import { openModelgraph } from './targets/modelgraph.ts';

const serverUrl = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const plan = { parallel: 40, warmUpMs: 1000, measuredMs: 4000 } as const;
const clock = createClock();

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

function newAct(action: AuditAction): AuditAct {
  return { id: toId(randomUUID()), at: clock.now(), actor: { kind: 'SYSTEM', id: 'bench', name: 'bench' }, address: null, action };
}

/** A key with its three limits, all far away. */
async function seed(url: string): Promise<BudgetSubject> {
  await using store = await openStore({ location: { type: 'POSTGRES', url, directUrl: null, connections: 1 }, clock });
  const made = { name: 'bench', createdAt: clock.now(), disabledAt: null };
  const organization: Organization = { ...made, id: toId(randomUUID()) };
  const team: Team = { ...made, id: toId(randomUUID()), organizationId: organization.id };
  const apiKey: ApiKey = { ...made, ...freshKey, id: toId(randomUUID()), organizationId: organization.id, teamId: team.id };
  await store.tenancy.createOrganization(organization, newAct('CREATE_ORGANIZATION'));
  await store.tenancy.createTeam(team, newAct('CREATE_TEAM'));
  await store.apiKeys.create(apiKey, 'bench', newAct('CREATE_API_KEY'));
  const scopes: readonly BudgetScope[] = [
    { type: 'API_KEY', id: apiKey.id },
    { type: 'TEAM', id: team.id },
    { type: 'ORGANIZATION', id: organization.id },
  ];
  for (const scope of scopes) await store.budgets.create(toBudget(organization, scope), newAct('CREATE_BUDGET'));
  return { organizationId: organization.id, teamId: team.id, userId: null, apiKeyId: apiKey.id, model: null, tags: [] };
}

const freshKey = {
  userId: null,
  prefix: 'bench',
  lastFour: 'bnch',
  scopes: ['COMPLETIONS_WRITE'],
  allowedModels: null,
  allowedAddresses: null,
  labels: [],
  directives: null,
  expiresAt: null,
  revokedAt: null,
  disabledAt: null,
} as const satisfies Partial<ApiKey>;

function toBudget({ id: organizationId, createdAt }: Organization, scope: BudgetScope): Budget {
  const counting = { meter: 'SPEND', window: 'TOTAL', timeZone: 'UTC', limit: 10n ** 15n, policy: 'STRICT', shadow: false } as const;
  return { id: toId(randomUUID()), organizationId, scope, ...counting, createdAt, endsAt: null };
}

async function runReplica(order: ReplicaOrder): Promise<ReplicaReading> {
  const child = fork(new URL('./quotaReplica.ts', import.meta.url), [JSON.stringify(order)]);
  const [reading]: readonly ReplicaReading[] = await once(child, 'message');
  await once(child, 'exit');
  if (reading === undefined) throw new Error('A replica told nothing.');
  return reading;
}

function measureReplicas(replicas: number): Promise<readonly ReplicaReading[]> {
  return withDatabase(async (url) => {
    const subject = await seed(url);
    return await Promise.all(Array.from({ length: replicas }, () => runReplica({ url, subject, ...plan })));
  });
}

/** Processor time of a whole call, in microseconds: the second of two rounds, the first of which warms up. */
async function measureCall(): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const cores = `0-${cpus().length - 1}`;
  const upstream = opened.use(startChild({ args: [new URL('./upstream.ts', import.meta.url).pathname], cores }));
  const upstreamPort = await waitUntil(upstream, () => Number(upstream.output().trim()) || null);
  const target = opened.use(await openModelgraph('PostgreSQL', { upstreamPort, gatewayCores: cores }));
  await measureCalls(target, quickPlan);
  const { callCpuSeconds = [] } = await measureCalls(target, quickPlan);
  return (callCpuSeconds[0] ?? Number.NaN) * 1000;
}

function print(readings: readonly ReplicaReading[]): void {
  const perSecond = Math.round(readings.reduce((sum, { calls }) => sum + calls, 0) / (plan.measuredMs / 1000));
  console.log(`${readings.length} replica${readings.length > 1 ? 's' : ''}: ${perSecond} calls a second`);
  for (const { p50, p99, cpu, syncs, waited, calls } of readings) {
    console.log(
      `  admission p50 ${p50} us, p99 ${p99} us, CPU ${cpu} us a call; ${syncs} syncs; ${waited} of ${calls} waited for the store`,
    );
  }
}

const single = await measureReplicas(1);
print(single);
print(await measureReplicas(3));
const call = await measureCall();
const part = ((single[0]?.cpu ?? Number.NaN) / call) * 100;
console.log(`a call through the gateway: ${Math.round(call)} us of CPU, of which admission is ${part.toFixed(1)} %`);
