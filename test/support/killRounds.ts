import { randomBytes } from 'node:crypto';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import type { Traffic } from './callTraffic.ts';
import { makeCalls } from './callTraffic.ts';
import type { Generated } from './countingServer.ts';
import { startCountingServer } from './countingServer.ts';
import type { Customer } from './customer.ts';
import { createCustomer } from './customer.ts';
import type { Engine, TestDatabase } from './database.ts';
import { createTestDatabase } from './database.ts';
import type { GatewayOptions, GatewayProcess } from './gatewayProcess.ts';
import { startGateway } from './gatewayProcess.ts';
import type { GatewayUser, UserCompletion, Variables } from './gatewayUser.ts';
import { createGatewayUser, usageOf } from './gatewayUser.ts';

/** Where a gateway keeps its rows, and where it writes its calls down before they are made. */
export interface KillWorld {
  readonly engine: Engine;
  readonly wal: 'file' | 'database';
}

export const killWorlds: readonly KillWorld[] = [
  { engine: 'EMBEDDED', wal: 'file' },
  { engine: 'POSTGRES', wal: 'file' },
  { engine: 'POSTGRES', wal: 'database' },
];

export interface KillPlan {
  readonly rounds: number;
  /** In each round the gateway is killed after so many answers. */
  readonly answers: number;
  readonly parallel: number;
}

export interface LedgerRow {
  readonly id: string;
  readonly state: string;
  readonly usage: { readonly inputTokens: number | null; readonly outputTokens: number | null };
  readonly cost: { readonly total: string } | null;
  readonly error: { readonly code: string } | null;
  readonly attempts: readonly { readonly providerRequestId: string | null }[];
}

/** What clients, the provider and the ledger say of the calls of a gateway that was killed again and again. */
export interface KillReport {
  readonly answered: ReadonlyMap<string, UserCompletion>;
  readonly begun: ReadonlySet<string>;
  readonly generated: ReadonlyMap<string, Generated>;
  readonly rows: readonly LedgerRow[];
  /** The most that one call may cost, in US dollars: what is held for it. */
  readonly most: string;
  readonly usage: { readonly requests: number; readonly cost: string };
  readonly quotas: readonly { readonly meter: string; readonly used: string; readonly held: string }[];
}

/** In picodollars a token. In the configuration: in US dollars per million. */
export const prices = { input: 37_100n, output: 611_300n };
const config = (baseUrl: string) => ({
  providers: { counted: { baseUrl, discover: false } },
  models: { 'tests/counted': { offers: [{ provider: 'counted', model: 'counted', price: { input: '0.0371', output: '0.6113' } }] } },
});

const input: Variables = { model: 'tests/counted', messages: [{ role: 'USER', content: 'Once upon a time' }], maxOutputTokens: 40 };

/** Starts, calls and kills in rounds, then starts once more and reads the books. */
export async function killInALoop(world: KillWorld, plan: KillPlan): Promise<KillReport> {
  await using provider = await startCountingServer();
  await using database = await createTestDatabase(world.engine);
  const options = optionsFor(world, database, provider.url);
  const answered = new Map<string, UserCompletion>();
  const begun = new Set<string>();
  let customer: Customer | null = null;
  let most = '';
  for (let round = 0; round < plan.rounds; round += 1) {
    await using gateway = await startGateway(options);
    if (customer === null) {
      await using admin = createGatewayUser(gateway);
      customer = await createCustomer(admin, { requests: 1_000_000, usd: '10' });
      most = (await admin.get('query ($input: CompletionInput!) { estimate(input: $input) { most } }', { input })).estimate.most;
    }
    const traffic = await callAndKill(gateway, customer.secret, plan);
    for (const [id, answer] of traffic.answered) answered.set(id, answer);
    for (const id of traffic.begun) begun.add(id);
  }
  await using gateway = await startGateway(options);
  await using user = createGatewayUser(gateway, customer?.secret);
  const { viewer } = await user.get('{ viewer { quotas { meter used held } } }');
  return {
    answered,
    begun,
    generated: provider.generated,
    rows: await readLedger(user),
    most,
    usage: await usageOf(user),
    quotas: viewer.quotas,
  };
}

async function callAndKill(gateway: GatewayProcess, secret: string, { answers, parallel }: KillPlan): Promise<Traffic> {
  await using user = createGatewayUser(gateway, secret);
  const onAnswer = (count: number) => {
    if (count === answers) void gateway.kill('SIGKILL');
  };
  const traffic = await makeCalls(user, { input, parallel, onAnswer });
  const exit = await gateway.exited;
  if (exit.signal !== 'SIGKILL') throw new Error(`The gateway ended by itself: ${gateway.logs()}`);
  return traffic;
}

/** A ledger in the database needs no folder: this one cannot be made. */
function optionsFor({ wal }: KillWorld, { location, folder }: TestDatabase, providerUrl: string): GatewayOptions {
  const env = {
    MODELGRAPH_ADMIN_KEY: createApiKeySecrets().issue().secret,
    MODELGRAPH_WAL: wal,
    ...(location.type === 'POSTGRES' ? { DATABASE_URL: location.url } : {}),
    ...(wal === 'database' ? { MODELGRAPH_ENCRYPTION_KEY: randomBytes(32).toString('base64') } : {}),
  };
  return { config: config(providerUrl), env, dataFolder: wal === 'database' ? '/proc/no-such-folder' : folder };
}

interface Page {
  readonly nodes: readonly LedgerRow[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const page = `query ($after: String) { completions(first: 100, after: $after) { nodes { id state usage { inputTokens outputTokens } cost { total }
  error { code } attempts { providerRequestId } } pageInfo { hasNextPage endCursor } } }`;

/** Every call of the ledger that the key may see. */
async function readLedger(user: GatewayUser): Promise<readonly LedgerRow[]> {
  const rows: LedgerRow[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: Page = (await user.get(page, { after })).completions;
    rows.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
}
