import postgres from 'postgres';
import { beforeEach, expect, it } from 'vitest';
import { createCustomer } from '../support/customer.ts';
import { createTestDatabase, serverUrl, whyNot } from '../support/database.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { completed, createGatewayUser, sandboxInput, usageOf } from '../support/gatewayUser.ts';
import { until } from '../support/until.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

/** Shuts a database to everybody, who is in it included, and opens it again. */
async function setOpen(name: string, open: boolean): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(`alter database ${name} with allow_connections ${open}`);
    if (!open) await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  } finally {
    await sql.end();
  }
}

async function complete(user: GatewayUser): Promise<string> {
  const input = sandboxInput({ tokensPerSecond: 0 }, { maxOutputTokens: 5 });
  return (await user.get(completed, { input })).createCompletion.id;
}

it('goes on while the database is away, says so, and books every call when it is back', async () => {
  await using database = await createTestDatabase('POSTGRES');
  const { location, folder } = database;
  if (location.type !== 'POSTGRES') throw new Error('This database is no PostgreSQL.');
  const name = new URL(location.url).pathname.slice(1);
  await using gateway = await startGateway({ dataFolder: folder, env: { DATABASE_URL: location.url } });
  await using admin = createGatewayUser(gateway);
  const { secret } = await createCustomer(admin);
  await using user = createGatewayUser(gateway, secret);
  const ids = [await complete(user)];

  await setOpen(name, false);
  const statusOf = async () => (await fetch(`${gateway.url}/readyz`)).status;
  await until('the gateway is not ready', async () => (await statusOf()) === 503 || null);
  for (let call = 0; call < 20; call += 1) ids.push(await complete(user));
  const { errors } = await user.ask('{ completions { nodes { id } } }');
  expect(errors).toMatchObject([{ extensions: { code: 'STORE_UNAVAILABLE', retryable: true, retryAfterMs: 1000 } }]);
  expect(JSON.stringify(errors)).not.toMatch(/postgres|127\.0\.0\.1|stack/);

  await setOpen(name, true);
  await until('the gateway is ready', async () => (await statusOf()) === 200 || null);
  const { completions } = await until('the calls are booked', async () => {
    const { data } = await user.ask('{ completions(first: 100) { nodes { id state } } }');
    return data.completions?.nodes.length === ids.length ? data : null;
  });
  expect(new Set(completions.nodes.map(({ id }: { readonly id: string }) => id))).toEqual(new Set(ids));
  expect(await usageOf(user)).toMatchObject({ requests: ids.length, errors: 0 });
});
