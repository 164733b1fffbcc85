import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { readUsd } from '../../src/domain/money.ts';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import type { TestDatabase } from './database.ts';
import { createTestDatabase } from './database.ts';
import type { GatewayProcess } from './gatewayProcess.ts';
import { startGateway } from './gatewayProcess.ts';
import type { GatewayUser } from './gatewayUser.ts';
import { completed, createGatewayUser, sandboxInput } from './gatewayUser.ts';

export type Limit =
  | { readonly meter: 'SPEND'; readonly limit: { readonly usd: string } }
  | { readonly meter: 'REQUESTS'; readonly limit: { readonly count: string } };

/** What the ledger says, and what the windows of the budgets say. */
export interface Books {
  readonly calls: bigint;
  readonly cost: bigint;
  /** One row a budget; `drawn` is the sum over the ledger. */
  readonly windows: readonly {
    readonly meter: string;
    readonly spent: bigint;
    readonly leased: bigint;
    readonly overrun: bigint;
    readonly drawn: bigint;
  }[];
}

/** Three gateways in processes of their own on one PostgreSQL, each with a data folder of its own, and a key under three limits. */
export interface QuotaReplicas extends AsyncDisposable {
  readonly gateways: readonly GatewayProcess[];
  readonly secret: string;
  /** Starts one again on its data folder. */
  restart(index: number): Promise<void>;
  /** Ends all of them in order, so that everything is booked. */
  stop(): Promise<void>;
  books(): Promise<Books>;
  /** Breaks the connections that the gateways have now, from within the server. */
  breakConnections(): Promise<void>;
  /** As if nothing had been heard of one for a minute. */
  silence(index: number): Promise<void>;
}

const replicaCount = 3;

/** `url`: how the gateways reach the database; by default as the test does. */
export async function startQuotaReplicas(
  limits: readonly Limit[],
  through: (url: string) => string = (url) => url,
): Promise<QuotaReplicas> {
  await using parts = new AsyncDisposableStack();
  const database = parts.use(await createTestDatabase('POSTGRES'));
  const url = urlOf(database);
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'test' } });
  parts.defer(() => sql.end());
  const adminKey = createApiKeySecrets().issue().secret;
  const folderOf = (index: number) => join(database.folder, `replica ${index}`);
  const start = (index: number) =>
    startGateway({
      dataFolder: folderOf(index),
      env: { DATABASE_URL: through(url), MODELGRAPH_ADMIN_KEY: adminKey, MODELGRAPH_LOG_LEVEL: 'warn' },
    });
  const gateways = await Promise.all(Array.from({ length: replicaCount }, (_, index) => start(index)));
  parts.defer(async () => {
    for (const gateway of gateways) await gateway[Symbol.asyncDispose]();
  });
  const [first] = gateways;
  if (first === undefined) throw new Error('No gateway was started.');
  await using admin = createGatewayUser(first);
  const secret = await createLimitedKey(admin, limits);
  const owned = parts.move();
  return {
    gateways,
    secret,
    async restart(index) {
      gateways[index] = await start(index);
    },
    async stop() {
      await Promise.all(gateways.map((gateway) => gateway.kill('SIGTERM')));
    },
    books: () => readBooks(sql),
    async breakConnections() {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'modelgraph%'`;
    },
    async silence(index) {
      const ids = await readdir(join(folderOf(index), 'wal'));
      await sql`update replicas set heartbeat_at = now() - interval '1 minute' where id::text = any(${ids})`;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function urlOf({ location }: TestDatabase): string {
  if (location.type !== 'POSTGRES') throw new Error('This database is no PostgreSQL.');
  return location.url;
}

const makeKey = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } } }';
const makeBudget = 'mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } } }';

/** Each limit on the key, on its team and on the organization. */
async function createLimitedKey(admin: GatewayUser, limits: readonly Limit[]): Promise<string> {
  const { viewer } = await admin.get('{ viewer { organization { id } team { id } } }');
  const teamId = viewer.team.id;
  const { createApiKey } = await admin.get(makeKey, { input: { teamId, name: 'web', scopes: ['COMPLETIONS_WRITE', 'USAGE_READ'] } });
  const scopes = [{ apiKeyId: createApiKey.apiKey.id }, { teamId }, { organizationId: viewer.organization.id }];
  for (const scope of scopes) for (const limit of limits) await admin.get(makeBudget, { input: { scope, window: 'TOTAL', ...limit } });
  return createApiKey.secret;
}

async function readBooks(sql: postgres.Sql): Promise<Books> {
  const [ledger] = await sql`select count(*) as calls, coalesce(sum(cost_total), 0) as cost from usage_events`;
  const windows = await sql`
    select b.meter, w.spent, w.leased, w.overrun, (
      select coalesce(sum(d.amount), 0) from usage_events e, jsonb_to_recordset(e.draws) as d("budgetId" uuid, amount bigint)
      where d."budgetId" = b.id
    ) as drawn
    from budgets b join budget_windows w on w.budget_id = b.id order by b.id`;
  return {
    calls: BigInt(ledger?.['calls']),
    cost: BigInt(ledger?.['cost']),
    windows: windows.map(({ meter, spent, leased, overrun, drawn }) => ({
      meter: String(meter),
      spent: BigInt(spent),
      leased: BigInt(leased),
      overrun: BigInt(overrun),
      drawn: BigInt(drawn),
    })),
  };
}

/** What a client saw of one gateway until that said the budget is used up, or was gone. */
export interface Spending {
  readonly answers: number;
  readonly cost: bigint;
  readonly exhausted: boolean;
  /** Refusals and failures, by code and reason. */
  readonly refusals: Readonly<Record<string, number>>;
}

export interface SpendingPlan {
  readonly parallel: number;
  readonly onAnswer?: () => void;
}

/** Calls, so many at once, until each of them was told that the budget is used up; what is only held is asked for again. */
export async function spendAll(gateway: GatewayProcess, secret: string, { parallel, onAnswer }: SpendingPlan): Promise<Spending> {
  await using user = createGatewayUser(gateway, secret);
  const input = sandboxInput({ firstTokenMs: 5, tokensPerSecond: 0 }, { maxOutputTokens: 5 });
  const refusals: Record<string, number> = {};
  let answers = 0;
  let cost = 0n;
  let exhausted = 0;

  async function work(): Promise<void> {
    for (;;) {
      const { data, errors } = await user.ask(completed, { input });
      const [error] = errors ?? [];
      if (error === undefined) {
        answers++;
        cost += readUsd(data.createCompletion.cost.total) ?? 0n;
        onAnswer?.();
        continue;
      }
      const { code, reason } = error.extensions;
      const name = [code, reason].filter((word) => word !== undefined).join(' ');
      refusals[name] = (refusals[name] ?? 0) + 1;
      if (reason === 'EXHAUSTED') {
        exhausted++;
        return;
      }
    }
  }
  await Promise.allSettled(Array.from({ length: parallel }, work));
  return { answers, cost, exhausted: exhausted === parallel, refusals };
}
