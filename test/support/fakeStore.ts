import type { Budget } from '../../src/domain/budget.ts';
import type { CompletionId } from '../../src/domain/id.ts';
import type { ApiKey, Organization, Team } from '../../src/domain/tenancy.ts';
import type { UsageEvent } from '../../src/domain/usageEvent.ts';
import type { UsageFilter, UsageReport } from '../../src/domain/usageReport.ts';
import type { Page, PageRequest, Store } from '../../src/ports/store.ts';
import type { FakeQuotaStore } from './fakeQuotaStore.ts';
import { createFakeQuotaStore } from './fakeQuotaStore.ts';
import { unset } from './unset.ts';

/** A store in memory, whose rows a test reads and writes. */
export interface FakeStore extends Store {
  readonly quotas: FakeQuotaStore;
  readonly rows: {
    readonly organizations: Organization[];
    readonly teams: Team[];
    readonly apiKeys: ApiKey[];
    readonly budgets: Budget[];
    /** What the ledger has ended. */
    readonly usage: UsageEvent[];
    /** Keys by the hash of their secret. */
    readonly hashes: Map<string, string>;
  };
  /** How often a key was looked up by its hash. */
  readonly lookups: number;
  /** How often the budgets of an organization were read. */
  readonly budgetReads: number;
  /** What the usage was asked for, in order. */
  readonly filters: readonly UsageFilter[];
  /** While set, reads of keys and budgets wait for it. */
  gate: Promise<void> | null;
}

export const nothingUsed: UsageReport = {
  totals: {
    requests: 0,
    errors: 0,
    inputTokens: 0,
    cachedInputTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    cost: 0n,
    durationMs: 0,
    firstTokenMs: 0,
    firstTokenCount: 0,
  },
  rows: [],
  rowCount: 0,
  asOf: 0,
};

export function createFakeStore(): FakeStore {
  const rows: FakeStore['rows'] = { organizations: [], teams: [], apiKeys: [], budgets: [], usage: [], hashes: new Map() };
  const filters: UsageFilter[] = [];
  const byId = <Row extends { readonly id: string }>(list: readonly Row[], ids: readonly string[]) =>
    Promise.resolve(list.filter(({ id }) => ids.includes(id)));
  let lookups = 0;
  let budgetReads = 0;
  const store: FakeStore = {
    rows,
    filters,
    gate: null,
    get lookups() {
      return lookups;
    },
    get budgetReads() {
      return budgetReads;
    },
    tenancy: unset<Store['tenancy']>('tenancy', {
      organizations: (ids) => byId(rows.organizations, ids),
      teams: (ids) => byId(rows.teams, ids),
      createOrganization: async (organization) => void rows.organizations.push(organization),
      createTeam: async (team) => void rows.teams.push(team),
    }),
    apiKeys: unset<Store['apiKeys']>('apiKeys', {
      async findByHash(hash) {
        lookups++;
        const id = rows.hashes.get(hash);
        const found = rows.apiKeys.find((key) => key.id === id) ?? null;
        await store.gate;
        return found;
      },
      find: (ids) => byId(rows.apiKeys, ids),
      async create(key, hash) {
        rows.apiKeys.push(key);
        rows.hashes.set(hash, key.id);
      },
      async revoke(organizationId, id, at) {
        const index = rows.apiKeys.findIndex((key) => key.id === id && key.organizationId === organizationId);
        const key = rows.apiKeys[index];
        if (key === undefined) return null;
        const revoked = { ...key, revokedAt: key.revokedAt ?? at };
        rows.apiKeys[index] = revoked;
        return revoked;
      },
    }),
    budgets: unset<Store['budgets']>('budgets', {
      create: async (budget) => void rows.budgets.push(budget),
      find: (ids) => byId(rows.budgets, ids),
      async inForce(organizationId) {
        budgetReads++;
        const found = rows.budgets.filter((budget) => budget.organizationId === organizationId);
        await store.gate;
        return found;
      },
    }),
    quotas: createFakeQuotaStore(() => rows.budgets),
    usage: unset<Store['usage']>('usage', {
      async report({ filter }) {
        filters.push(filter);
        return nothingUsed;
      },
      find: async (organizationId, ids) => rows.usage.filter((event) => event.organizationId === organizationId && ids.includes(event.id)),
      async list(filter, page) {
        filters.push(filter);
        return pageOf(rows.usage, page);
      },
    }),
    ping: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return store;
}

function pageOf<Row>(list: readonly Row[], { first }: Pick<PageRequest<CompletionId>, 'first'>): Page<Row> {
  return { items: list.slice(0, first), hasMore: list.length > first };
}
