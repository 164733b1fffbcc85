import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import { createAlertStore } from './alert.ts';
import { createAliasStore } from './alias.ts';
import { createApiKeyStore } from './apiKey.ts';
import { createAuditStore } from './audit.ts';
import { createBudgetStore } from './budget.ts';
import type { Changes } from './changes.ts';
import { noChanges, openChanges } from './changes.ts';
import { createClientTokenStore } from './clientToken.ts';
import { createCostStore } from './cost.ts';
import type { Database } from './database.ts';
import { createIdempotencyStore } from './idempotency.ts';
import { openLock } from './lock.ts';
import { migrate } from './migration.ts';
import type { Notices } from './notices.ts';
import { noNotices } from './notices.ts';
import { openPgliteFolder } from './pglite/folder.ts';
import { openPostgres } from './postgres/database.ts';
import { openNotices } from './postgres/notices.ts';
import { createQuotaStore } from './quota.ts';
import { createTenancyStore } from './tenancy.ts';
import { createUsageStore } from './usage.ts';

/** EMBEDDED: PGlite in `pg` below the folder, for one process alone. */
export type StoreLocation =
  | { readonly type: 'EMBEDDED'; readonly folder: string }
  | {
      readonly type: 'POSTGRES';
      readonly url: string;
      /** Past any transaction pooler, for migrations and to listen; null: the same as `url`. */
      readonly directUrl: string | null;
      readonly connections: number;
    };

export interface StoreOptions {
  readonly location: StoreLocation;
  readonly clock: Clock;
  /** With it the store listens to what other replicas say; without it, as a tool opens it, it does not. */
  readonly log?: Log;
}

export interface OpenedStore extends Store {
  /** For the ledger, which writes in the same database. */
  readonly database: Database;
  /** Notes where this process listens, for others that find the embedded folder in use. */
  announce(address: string): void;
}

/** Opens the database and brings its tables up to date. Throws CONFLICT when another process uses the folder, STORE_UNAVAILABLE when nothing answers. */
export async function openStore({ location, clock, log }: StoreOptions): Promise<OpenedStore> {
  if (location.type === 'EMBEDDED') return await openEmbedded(location.folder, clock);
  const { url, directUrl, connections } = location;
  {
    await using direct = openPostgres({ url: directUrl ?? url, connections: 1 });
    await migrate(direct);
  }
  const database = openPostgres({ url, connections });
  if (log === undefined) return createStore({ database, clock, notices: noNotices, changes: noChanges, alerts: noNotices }, database);
  const notices = openNotices({ url: directUrl ?? url, database, clock, log });
  const changes = openChanges({ database, clock, notices });
  return createStore({ database, clock, notices, changes, alerts: notices }, changes, notices, database);
}

async function openEmbedded(folder: string, clock: Clock): Promise<OpenedStore> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = openLock({ path: join(folder, 'lock'), folder, clock });
  try {
    const database = await openPgliteFolder(folder);
    const parts = { database, clock, notices: noNotices, changes: noChanges, alerts: database.notices };
    return { ...createStore(parts, database, lock), announce: lock.announce };
  } catch (thrown) {
    lock[Symbol.dispose]();
    throw thrown;
  }
}

interface StoreParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly notices: Notices;
  readonly changes: Changes;
  /** Alerts are told to their own process too. */
  readonly alerts: Notices;
}

/** `owned` are disposed with it, in their order. */
function createStore(
  { database, clock, notices, changes, alerts }: StoreParts,
  ...owned: readonly (AsyncDisposable | Disposable)[]
): OpenedStore {
  return {
    database,
    tenancy: createTenancyStore(database),
    apiKeys: createApiKeyStore(database),
    budgets: createBudgetStore(database),
    clientTokens: createClientTokenStore(database),
    aliases: createAliasStore(database),
    audit: createAuditStore(database),
    quotas: createQuotaStore(database, clock, notices),
    alerts: createAlertStore(database, alerts),
    usage: createUsageStore(database, clock),
    costs: createCostStore(database),
    idempotency: createIdempotencyStore(database),
    onChange: changes.listen,
    announce: () => undefined,
    async ping() {
      await database.query('select 1');
    },
    async [Symbol.asyncDispose]() {
      for (const part of owned) await (Symbol.asyncDispose in part ? part[Symbol.asyncDispose]() : part[Symbol.dispose]());
    },
  };
}
