import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { StoreLocation } from '../../src/store/store.ts';

export type Engine = StoreLocation['type'];
export const engines: readonly Engine[] = ['EMBEDDED', 'POSTGRES'];

/** A database of a test's own, gone with it. */
export interface TestDatabase extends AsyncDisposable {
  readonly location: StoreLocation;
  /** For a write-ahead log. */
  readonly folder: string;
}

export const serverUrl = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** Why an engine cannot be tested here; null when it can. */
export async function whyNot(engine: Engine): Promise<string | null> {
  if (engine === 'EMBEDDED') return null;
  const sql = postgres(serverUrl, { max: 1, connect_timeout: 3, onnotice: () => undefined });
  try {
    await sql`select 1`;
    return null;
  } catch {
    return 'no PostgreSQL answers: set TEST_DATABASE_URL';
  } finally {
    await sql.end();
  }
}

export async function createTestDatabase(engine: Engine): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgraph-store-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (engine === 'EMBEDDED') {
    return { folder, location: { type: engine, folder }, [Symbol.asyncDispose]: () => Promise.resolve(remove()) };
  }
  const name = `modelgraph_test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    folder,
    location: { type: engine, url: url.href, directUrl: null, connections: 8 },
    async [Symbol.asyncDispose]() {
      await administer(`drop database ${name} with (force)`);
      remove();
    },
  };
}

async function administer(statement: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
