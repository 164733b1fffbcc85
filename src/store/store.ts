import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { createApiKeyStore } from './apiKey.ts';
import { createBudgetStore } from './budget.ts';
import type { Database } from './database.ts';
import type { Lock } from './lock.ts';
import { openLock } from './lock.ts';
import { migrate } from './migration.ts';
import { openPgliteFolder } from './pglite/folder.ts';
import { openPostgres } from './postgres/database.ts';
import { createQuotaStore } from './quota.ts';
import { createTenancyStore } from './tenancy.ts';
import { createUsageStore } from './usage.ts';

/** EMBEDDED: PGlite in `pg` below the folder, for one process alone. */
export type StoreLocation =
  | { readonly type: 'EMBEDDED'; readonly folder: string }
  | {
      readonly type: 'POSTGRES';
      readonly url: string;
      /** Past any transaction pooler, for migrations; null: the same as `url`. */
      readonly directUrl: string | null;
      readonly connections: number;
    };

export interface StoreOptions {
  readonly location: StoreLocation;
  readonly clock: Clock;
}

export interface OpenedStore extends Store {
  /** For the ledger, which writes in the same database. */
  readonly database: Database;
  /** Notes where this process listens, for others that find the embedded folder in use. */
  announce(address: string): void;
}

/** Opens the database and brings its tables up to date. Throws CONFLICT when another process uses the folder, STORE_UNAVAILABLE when nothing answers. */
export async function openStore({ location, clock }: StoreOptions): Promise<OpenedStore> {
  if (location.type === 'EMBEDDED') return await openEmbedded(location.folder, clock);
  const { url, directUrl, connections } = location;
  {
    await using direct = openPostgres({ url: directUrl ?? url, connections: 1 });
    await migrate(direct);
  }
  return createStore(openPostgres({ url, connections }), clock, null);
}

async function openEmbedded(folder: string, clock: Clock): Promise<OpenedStore> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = openLock({ path: join(folder, 'lock'), folder, clock });
  try {
    return createStore(await openPgliteFolder(folder), clock, lock);
  } catch (thrown) {
    lock[Symbol.dispose]();
    throw thrown;
  }
}

function createStore(database: Database, clock: Clock, lock: Lock | null): OpenedStore {
  return {
    database,
    tenancy: createTenancyStore(database),
    apiKeys: createApiKeyStore(database),
    budgets: createBudgetStore(database),
    quotas: createQuotaStore(database, clock),
    usage: createUsageStore(database, clock),
    announce: (address) => lock?.announce(address),
    async ping() {
      await database.query('select 1');
    },
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      lock?.[Symbol.dispose]();
    },
  };
}
