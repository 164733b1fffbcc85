import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { prepareFirstStart } from '../../src/app/firstStart.ts';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { openPostgres } from '../../src/store/postgres/database.ts';
import type { OpenedStore } from '../../src/store/store.ts';
import { openStore } from '../../src/store/store.ts';
import { createClock } from '../../src/system/clock.ts';
import { createIds } from '../../src/system/ids.ts';
import { createTestDatabase, whyNot } from '../support/database.ts';

const clock = createClock();

/** What a promise is rejected with, in every depth that a log could show. */
async function failureOf(promise: Promise<unknown>): Promise<{ error: unknown; shown: string }> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { error, shown: inspect(error, { depth: 10, showHidden: true }) };
}

describe('a store on PGlite', () => {
  it('refuses a second start on its folder with a sentence that says what to do, and opens again when it is closed', async () => {
    await using database = await createTestDatabase('EMBEDDED');
    {
      await using store = await openStore({ location: database.location, clock });
      store.announce('http://127.0.0.1:4000');
      await expect(openStore({ location: database.location, clock })).rejects.toThrow(
        `The data folder ${database.folder} is in use by process ${process.pid}, which listens at http://127.0.0.1:4000. Stop it`,
      );
      await store.ping();
    }
    await using again = await openStore({ location: database.location, clock });
    await again.ping();
  });

  it('begins anew where the first start was killed before it was done', async () => {
    await using database = await createTestDatabase('EMBEDDED');
    mkdirSync(join(database.folder, 'pg'));
    writeFileSync(join(database.folder, 'pg', 'PG_VERSION'), '18\n');
    writeFileSync(join(database.folder, 'pg.unfinished'), '');
    await using store = await openStore({ location: database.location, clock });
    await store.ping();
    expect(readdirSync(database.folder).sort()).toEqual(['lock', 'pg']);
  });

  it('lets nobody into an open transaction', async () => {
    await using database = await createTestDatabase('EMBEDDED');
    await using store = await openStore({ location: database.location, clock });
    await store.database.exec('create table numbers (value integer)');
    const failing = store.database.transaction(async (queries) => {
      await queries.query('insert into numbers values (1)');
      await queries.query('insert into numbers values (2)');
      throw new Error('changed my mind');
    });
    const beside = store.database.query('insert into numbers values (3)');
    const after = store.database.transaction((queries) => queries.query('insert into numbers values (4) returning value'));
    await expect(failing).rejects.toThrow('changed my mind');
    await Promise.all([beside, after]);
    expect(await store.database.query('select value from numbers order by value')).toEqual([{ value: 3 }, { value: 4 }]);
  });
});

describe('a store on PostgreSQL', () => {
  const stores: OpenedStore[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store[Symbol.asyncDispose]();
  });

  it('starts ten times at once on an empty database, and one of them makes the administrator’s key', async (context) => {
    const reason = await whyNot('POSTGRES');
    if (reason !== null) context.skip(reason);
    await using database = await createTestDatabase('POSTGRES');
    const opened = await Promise.allSettled(Array.from({ length: 10 }, () => openStore({ location: database.location, clock })));
    for (const result of opened) if (result.status === 'fulfilled') stores.push(result.value);
    expect(opened.filter(({ status }) => status === 'rejected')).toEqual([]);
    const [row] =
      (await stores[0]?.database.query('select count(*) as migrations, count(distinct tag) as tags from modelgraph_migrations')) ?? [];
    expect(row?.['migrations']).toBe(row?.['tags']);
    const ids = createIds(clock);
    const secrets = createApiKeySecrets();
    const keys = await Promise.all(stores.map((store) => prepareFirstStart({ store, secrets, clock, ids, adminKey: null })));
    expect(keys.filter((key) => key !== null)).toHaveLength(1);
    const [counts] =
      (await stores[0]?.database.query(
        'select (select count(*) from organizations) as organizations, (select count(*) from teams) as teams, (select count(*) from api_keys) as keys',
      )) ?? [];
    expect(counts).toEqual({ organizations: 1n, teams: 1n, keys: 1n });
    for (const store of stores.splice(0)) await store[Symbol.asyncDispose]();
  });

  it('refuses to change or delete what stands in the audit log', async (context) => {
    const reason = await whyNot('POSTGRES');
    if (reason !== null) context.skip(reason);
    await using database = await createTestDatabase('POSTGRES');
    await using store = await openStore({ location: database.location, clock });
    await store.database.exec(
      `insert into audit_log (id, at, organization_id, actor_type, actor_id, actor_name, action, subject_type, subject_id)
       values (gen_random_uuid(), now(), gen_random_uuid(), 'API_KEY', 'a', 'web', 'REVOKE_API_KEY', 'API_KEY', 'b')`,
    );
    for (const statement of [`update audit_log set action = 'x'`, 'delete from audit_log', 'truncate audit_log']) {
      await expect(store.database.exec(statement)).rejects.toThrow('never changed or deleted');
    }
  });

  it('says that the database does not answer, and never its password', async () => {
    await using database = openPostgres({ url: 'postgres://someone:s3cr3t@127.0.0.1:1/nowhere', connections: 1 });
    const { error, shown } = await failureOf(database.query('select 1'));
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(shown).toContain('ECONNREFUSED');
    expect(shown).not.toContain('s3cr3t');
  });

  it('refuses an address that is none, without repeating it', async () => {
    const location = { type: 'POSTGRES', url: 'postgres//someone:s3cr3t@', directUrl: null, connections: 1 } as const;
    const { error, shown } = await failureOf(openStore({ location, clock }));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(shown).not.toContain('s3cr3t');
  });
});
