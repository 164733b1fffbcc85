import type { AuditAct, AuditChange, AuditEntry } from '../../src/domain/audit.ts';
import { toAuditEntry } from '../../src/domain/audit.ts';
import type { Budget } from '../../src/domain/budget.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import type { CompletionId, OrganizationId } from '../../src/domain/id.ts';
import type { ApiKey, Organization, Team, User } from '../../src/domain/tenancy.ts';
import { withChanges } from '../../src/domain/tenancy.ts';
import type { UsageEvent } from '../../src/domain/usageEvent.ts';
import type { UsageFilter, UsageReport } from '../../src/domain/usageReport.ts';
import type { ChangeListener, Page, PageRequest, Store } from '../../src/ports/store.ts';
import type { FakeAliasStore } from './fakeAliasStore.ts';
import { createFakeAliasStore } from './fakeAliasStore.ts';
import type { FakeIdempotencyStore } from './fakeIdempotencyStore.ts';
import { createFakeIdempotencyStore } from './fakeIdempotencyStore.ts';
import type { FakeQuotaStore } from './fakeQuotaStore.ts';
import { createFakeQuotaStore } from './fakeQuotaStore.ts';
import { unset } from './unset.ts';

/** A store in memory, whose rows a test reads and writes. */
export interface FakeStore extends Store {
  readonly aliases: FakeAliasStore;
  readonly quotas: FakeQuotaStore;
  readonly idempotency: FakeIdempotencyStore;
  readonly rows: {
    readonly organizations: Organization[];
    readonly teams: Team[];
    readonly users: User[];
    readonly apiKeys: ApiKey[];
    readonly budgets: Budget[];
    /** What the ledger has ended. */
    readonly usage: UsageEvent[];
    /** Keys by the hash of their secret. */
    readonly hashes: Map<string, string>;
    /** When secrets end, by their hash. */
    readonly ends: Map<string, number>;
    readonly audit: AuditEntry[];
  };
  /** How often a key was looked up by its hash, or a user's place. */
  readonly lookups: number;
  /** How often the budgets of an organization were read. */
  readonly budgetReads: number;
  /** What the usage was asked for, in order. */
  readonly filters: readonly UsageFilter[];
  /** While set, reads of keys and budgets wait for it. */
  gate: Promise<void> | null;
  /** While set, neither keys nor users can be looked up. */
  failure: Error | null;
  /** Says what another process has changed; null: anything may have been. */
  readonly tell: ChangeListener;
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
  const rows: FakeStore['rows'] = {
    organizations: [],
    teams: [],
    users: [],
    apiKeys: [],
    budgets: [],
    usage: [],
    hashes: new Map(),
    ends: new Map(),
    audit: [],
  };
  const filters: UsageFilter[] = [];
  const byId = <Row extends { readonly id: string }>(list: readonly Row[], ids: readonly string[]) =>
    Promise.resolve(list.filter(({ id }) => ids.includes(id)));
  const audit = (act: AuditAct, change: AuditChange) => void rows.audit.push(toAuditEntry(act, change));
  /** Changes the row of the organization in its place, and writes the act down. */
  function change<Row extends { readonly id: string; readonly organizationId: OrganizationId }>(
    list: Row[],
    target: { readonly id: string; readonly organizationId: OrganizationId },
    { type, act, to }: { readonly type: AuditChange['type']; readonly act: AuditAct; readonly to: (before: Row) => Row },
  ): Row | null {
    const index = list.findIndex(({ id, organizationId }) => id === target.id && organizationId === target.organizationId);
    const before = list[index];
    if (before === undefined) return null;
    const after = to(before);
    list[index] = after;
    audit(act, { type, before, after });
    return after;
  }
  let lookups = 0;
  let budgetReads = 0;
  const listeners = new Set<ChangeListener>();
  const store: FakeStore = {
    rows,
    filters,
    gate: null,
    failure: null,
    tell(change) {
      for (const listener of listeners) listener(change);
    },
    onChange(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    get lookups() {
      return lookups;
    },
    get budgetReads() {
      return budgetReads;
    },
    tenancy: unset<Store['tenancy']>('tenancy', {
      organizations: (ids) => byId(rows.organizations, ids),
      teams: (ids) => byId(rows.teams, ids),
      async createOrganization(organization, act) {
        rows.organizations.push(organization);
        audit(act, { type: 'ORGANIZATION', after: organization });
      },
      async createTeam(team, act) {
        rows.teams.push(team);
        audit(act, { type: 'TEAM', after: team });
      },
      async createUser(user, act) {
        if (rows.users.some(({ organizationId, id }) => organizationId === user.organizationId && id === user.id))
          throw new GatewayError('CONFLICT', 'The organization has a user of this id already.');
        rows.users.push(user);
        audit(act, { type: 'USER', after: user });
      },
      updateUser: async (target, changes, act) =>
        change(rows.users, target, { type: 'USER', act, to: (user) => withChanges(user, changes) }),
      async findPlace({ organization, team, userId }) {
        lookups++;
        if (store.failure !== null) throw store.failure;
        const place = rows.organizations.find(({ id, name }) => id === organization || name === organization);
        const within = rows.teams.filter(({ organizationId }) => organizationId === place?.id);
        const found = within.find(({ id, name }) => id === team || name === team);
        const user = rows.users.find(({ organizationId, id }) => organizationId === place?.id && id === userId) ?? null;
        await store.gate;
        if (place === undefined || found === undefined) return null;
        return { organizationId: place.id, teamId: found.id, disabledAt: place.disabledAt ?? found.disabledAt, user };
      },
      async updateOrganization(asked, changes, act) {
        const index = rows.organizations.findIndex(({ id }) => id === asked);
        const before = rows.organizations[index];
        if (before === undefined) return null;
        const after = withChanges(before, changes);
        rows.organizations[index] = after;
        audit(act, { type: 'ORGANIZATION', before, after });
        return after;
      },
      updateTeam: async (target, changes, act) =>
        change(rows.teams, target, { type: 'TEAM', act, to: (team) => withChanges(team, changes) }),
    }),
    apiKeys: unset<Store['apiKeys']>('apiKeys', {
      async findByHash(hash, at) {
        lookups++;
        if (store.failure !== null) throw store.failure;
        const id = rows.hashes.get(hash);
        const end = rows.ends.get(hash) ?? null;
        const found = rows.apiKeys.find((key) => key.id === id && (end === null || end > at)) ?? null;
        await store.gate;
        return found === null || end === null ? found : { ...found, expiresAt: Math.min(end, found.expiresAt ?? end) };
      },
      find: (ids) => byId(rows.apiKeys, ids),
      async create(key, hash, act) {
        rows.apiKeys.push(key);
        rows.hashes.set(hash, key.id);
        audit(act, { type: 'API_KEY', after: key });
      },
      update: async (target, changes, act) =>
        change(rows.apiKeys, target, { type: 'API_KEY', act, to: (key) => withChanges(key, changes) }),
      async rotate(target, { hash, prefix, lastFour, olderEndAt }, act) {
        for (const [older, id] of rows.hashes)
          if (id === target.id) rows.ends.set(older, Math.min(olderEndAt, rows.ends.get(older) ?? olderEndAt));
        rows.hashes.set(hash, target.id);
        return change(rows.apiKeys, target, { type: 'API_KEY', act, to: (key) => ({ ...key, prefix, lastFour }) });
      },
      revoke: async (target, act) =>
        change(rows.apiKeys, target, { type: 'API_KEY', act, to: (key) => ({ ...key, revokedAt: key.revokedAt ?? act.at }) }),
    }),
    budgets: unset<Store['budgets']>('budgets', {
      async create(budget, act) {
        rows.budgets.push(budget);
        audit(act, { type: 'BUDGET', after: budget });
      },
      update: async (target, changes, act) =>
        change(rows.budgets, target, { type: 'BUDGET', act, to: (budget) => ({ ...budget, ...changes }) }),
      async delete(target, act) {
        const deleted = change(rows.budgets, target, { type: 'BUDGET', act, to: (budget) => budget });
        if (deleted !== null) rows.budgets.splice(rows.budgets.indexOf(deleted), 1);
        return deleted;
      },
      find: (ids) => byId(rows.budgets, ids),
      async inForce(organizationId) {
        budgetReads++;
        const found = rows.budgets.filter((budget) => budget.organizationId === organizationId && budget.scope.type !== 'CLIENT_TOKEN');
        await store.gate;
        return found;
      },
    }),
    aliases: createFakeAliasStore(audit),
    clientTokens: {
      keepLimits: async (limits) => void rows.budgets.push(...limits),
      async sweepLimits(before) {
        const ended = rows.budgets.filter(({ endsAt }) => endsAt !== null && endsAt < before);
        for (const budget of ended) rows.budgets.splice(rows.budgets.indexOf(budget), 1);
        return ended.length;
      },
    },
    audit: unset<Store['audit']>('audit', {
      list: async (_filter, page) => ({ items: rows.audit.toReversed().slice(0, page.first), hasMore: rows.audit.length > page.first }),
    }),
    alerts: unset<Store['alerts']>('alerts', {}),
    quotas: createFakeQuotaStore(() => rows.budgets),
    idempotency: createFakeIdempotencyStore(),
    costs: unset<Store['costs']>('costs', {}),
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
