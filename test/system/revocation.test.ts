import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitGlobalId } from '../../src/graphql/globalId.ts';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { readStream, streamDocument } from '../support/completionEvents.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestDatabase, whyNot } from '../support/database.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf, createKey } from '../support/httpGraph.ts';
import { openStreamClient } from '../support/streamClient.ts';
import { until } from '../support/until.ts';

const whyNoPostgres = await whyNot('POSTGRES');

/** Long below the ten seconds after which a replica would look by itself, and above what a busy machine needs. */
const soonMs = 3000;
const lookedMs = 15_000;

describe.skipIf(whyNoPostgres !== null)('what is administered on one of three replicas', () => {
  const open = new AsyncDisposableStack();
  let database: TestDatabase;
  let replicas: readonly GatewayProcess[];
  let admin: GraphPlace;

  beforeAll(async () => {
    database = open.use(await createTestDatabase('POSTGRES'));
    if (database.location.type !== 'POSTGRES') throw new Error('This database is no PostgreSQL.');
    const env = {
      DATABASE_URL: database.location.url,
      MODELGRAPH_ADMIN_KEY: createApiKeySecrets().issue().secret,
      MODELGRAPH_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    };
    replicas = await Promise.all([1, 2, 3].map(async () => open.use(await startGateway({ env }))));
    const [first] = replicas;
    if (first === undefined) throw new Error('There are no replicas.');
    admin = { graphUrl: first.graphUrl, key: first.adminKey };
  });
  afterAll(() => open.disposeAsync());

  const whoAmI = '{ viewer { scopes } }';
  /** A new key that every replica remembers. */
  async function knownKey() {
    const { key, id } = await createKey(admin, ['COMPLETIONS_WRITE', 'USAGE_READ']);
    const places = replicas.map(({ graphUrl }) => ({ graphUrl, key }));
    for (const place of places) await askWell(place, whoAmI);
    return { id, places };
  }

  function revoke(id: string): Promise<unknown> {
    return askWell(admin, 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { status } } }', { id });
  }

  /** Milliseconds until every one of them refuses. */
  async function refusedAfter(places: readonly GraphPlace[]): Promise<number> {
    const start = performance.now();
    for (const place of places)
      await until('the key is refused', async () => codeOf(await ask(place, whoAmI)) === 'UNAUTHENTICATED' || null);
    return performance.now() - start;
  }

  it('ends: a revoked key is refused by the others soon', async () => {
    const { id, places } = await knownKey();
    await revoke(id);
    expect(await refusedAfter(places)).toBeLessThan(soonMs);
  });

  it('ends: a key is refused soon also when it was revoked in SQL', async () => {
    const { id, places } = await knownKey();
    await inDatabase((sql) => sql`update api_keys set revoked_at = now() where id = ${splitGlobalId(id)?.id ?? null}`);
    expect(await refusedAfter(places)).toBeLessThan(soonMs);
  });

  it('ends: a key takes its sockets and streams on the others with it, and their calls', async () => {
    const { id, places } = await knownKey();
    const place = places[2] ?? admin;
    await using client = openStreamClient(place);
    const closed = new Promise((resolve) => {
      client.on('closed', resolve);
    });
    const { promise: started, resolve } = Promise.withResolvers<string>();
    const input = { model: 'sandbox/chat', messages: [{ role: 'USER', content: 'Go on' }], providerOptions: { sandbox: slow } };
    const reading = readStream(client, { query: streamDocument, variables: { input }, onEvent: (event) => resolve(event.completionId) });
    reading.catch(() => undefined);
    const callId = splitGlobalId(await started)?.id ?? null;
    await revoke(id);
    expect(await closed).toMatchObject({ code: 4401, reason: 'The API key has been revoked.' });
    await expect(reading).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const states = await until('the call has ended', async () => {
      const rows = await inDatabase((sql) => sql`select outcome from usage_events where id = ${callId}`);
      return rows.length > 0 ? rows : null;
    });
    expect(states).toMatchObject([{ outcome: 'CANCELLED' }]);
  });

  const publish = 'mutation ($input: PublishAliasInput!) { publishAlias(input: $input) { alias { version } } }';
  const aliasInput = { name: 'fast', targets: [{ model: 'sandbox/chat' }] };

  it('is published: an alias is in effect on the others soon, and a call under way finishes on what it began with', async () => {
    const { graphUrl } = replicas[2] ?? admin;
    const { key } = await createKey(admin, ['COMPLETIONS_WRITE', 'MODELS_READ']);
    const place = { graphUrl, key };
    const estimate = '{ estimate(input: { model: "fast", messages: [{ role: USER, content: "Hello" }] }) { offer { model } } }';
    const meets = (code: string | null) => until(`it answers ${code}`, async () => codeOf(await ask(place, estimate)) === code || null);
    await meets('UNKNOWN_MODEL');
    const start = performance.now();
    await askWell(admin, publish, { input: aliasInput });
    await meets(null);
    expect(performance.now() - start).toBeLessThan(soonMs);
    await using client = openStreamClient(place);
    const { promise: started, resolve } = Promise.withResolvers<void>();
    const input = {
      model: 'fast',
      messages: [{ role: 'USER', content: 'Go on' }],
      maxOutputTokens: 30,
      providerOptions: { sandbox: { tokensPerSecond: 30 } },
    };
    const reading = readStream(client, { query: streamDocument, variables: { input }, onEvent: () => resolve() });
    await started;
    await askWell(admin, publish, { input: { ...aliasInput, disabled: true } });
    await meets('UNKNOWN_MODEL');
    const last = (await reading).at(-1);
    expect(last).toMatchObject({ __typename: 'CompletionFinished', completion: { state: 'SUCCEEDED' } });
  });

  it('ends: a key is refused also by a replica that did not hear of it', async () => {
    const { id, places } = await knownKey();
    await inDatabase(async (sql) => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'modelgraph notices'`;
      await sql`update api_keys set revoked_at = now() where id = ${splitGlobalId(id)?.id ?? null}`;
    });
    expect(await refusedAfter(places)).toBeLessThan(lookedMs);
  });

  async function inDatabase<Result>(work: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
    if (database.location.type !== 'POSTGRES') throw new Error('This database is no PostgreSQL.');
    const sql = postgres(database.location.url, { max: 1, onnotice: () => undefined });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  }
});

const slow = { tokensPerSecond: 5 };
