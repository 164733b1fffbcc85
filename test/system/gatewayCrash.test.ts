import { beforeEach, describe, expect, it } from 'vitest';
import { readUsd, writeUsd } from '../../src/domain/money.ts';
import { makeCalls } from '../support/callTraffic.ts';
import { createCustomer } from '../support/customer.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase, engines, whyNot } from '../support/database.ts';
import type { GatewayOptions, GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { createGatewayUser, usageOf } from '../support/gatewayUser.ts';

const calls = 1000;
const killAfter = 500;

interface Row {
  readonly id: string;
  readonly state: string;
  readonly cost: { readonly total: string } | null;
  readonly error: { readonly code: string } | null;
}

interface Page {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

const page = `query ($after: String) { completions(first: 100, after: $after) {
  nodes { id state cost { total } error { code } } pageInfo { hasNextPage endCursor } } }`;

/** Every call of the ledger that the key may see. */
async function readLedger(user: GatewayUser): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: Page = (await user.get(page, { after })).completions;
    rows.push(...nodes);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return rows;
}

function sumOf(rows: readonly Row[]): string {
  return writeUsd(rows.reduce((sum, { cost }) => sum + (readUsd(cost?.total ?? '0') ?? 0n), 0n));
}

function optionsFor({ location, folder }: TestDatabase, adminKey?: string): GatewayOptions {
  const database = location.type === 'POSTGRES' ? { DATABASE_URL: location.url } : {};
  return { dataFolder: folder, env: { ...database, ...(adminKey === undefined ? {} : { MODELGRAPH_ADMIN_KEY: adminKey }) } };
}

describe.each(engines)('a gateway killed in the middle of 1,000 calls, on %s', (engine) => {
  beforeEach(async ({ skip }) => {
    const reason = await whyNot(engine);
    if (reason !== null) skip(reason);
  });

  async function runAndKill(gateway: GatewayProcess, secret: string) {
    await using user = createGatewayUser(gateway, secret);
    const onAnswer = (answered: number) => {
      if (answered === killAfter) void gateway.kill('SIGKILL');
    };
    return await makeCalls(user, { calls, parallel: 40, onAnswer });
  }

  it('loses no answer that a client had, books none twice, and its budgets say what the ledger says', async () => {
    await using database = await createTestDatabase(engine);
    await using first = await startGateway(optionsFor(database));
    await using admin = createGatewayUser(first);
    const customer = await createCustomer(admin, { requests: 100_000, usd: '10' });
    const { answered, begun, cut } = await runAndKill(first, customer.secret);
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(cut).toBeGreaterThan(0);
    expect(begun.size).toBeGreaterThan(answered.size / 3);

    await using second = await startGateway(optionsFor(database, first.adminKey));
    await using user = createGatewayUser(second, customer.secret);
    const rows = await readLedger(user);
    const byId = new Map(rows.map((row) => [row.id, row]));
    expect(byId.size).toBe(rows.length);
    expect([...answered.values()].filter(({ id, cost }) => byId.get(id)?.cost?.total !== cost?.total)).toEqual([]);
    expect([...answered.keys()].filter((id) => byId.get(id)?.state !== 'SUCCEEDED')).toEqual([]);
    expect([...begun].filter((id) => !byId.has(id))).toEqual([]);

    const open = rows.filter(({ state }) => state !== 'SUCCEEDED');
    expect(open.length).toBeGreaterThan(0);
    expect(open.filter(({ state, error }) => state !== 'UNKNOWN' || error?.code !== 'OUTCOME_UNKNOWN')).toEqual([]);
    // Whatever clients were never told of is no more than what they had under way.
    expect(rows.length - answered.size).toBeLessThanOrEqual(40);

    expect(await usageOf(user)).toMatchObject({ requests: rows.length, cost: sumOf(rows) });
    const { viewer } = await user.get('{ viewer { quotas { meter used held } } }');
    expect(viewer.quotas).toHaveLength(2);
    expect(viewer.quotas).toEqual(
      expect.arrayContaining([
        { meter: 'REQUESTS', used: String(rows.length), held: '0' },
        { meter: 'SPEND', used: sumOf(rows), held: '0' },
      ]),
    );
  });
});
