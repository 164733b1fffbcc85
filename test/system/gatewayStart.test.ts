import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { startChatServer } from '../support/chatServer.ts';
import { serverUrl, whyNot } from '../support/database.ts';
import { freePort } from '../support/freePort.ts';
import type { GatewayOptions } from '../support/gatewayProcess.ts';
import { spawnGateway, startGateway } from '../support/gatewayProcess.ts';
import { createGatewayUser } from '../support/gatewayUser.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** All that a gateway wrote that did not come to start. */
async function refusal(options: GatewayOptions, code = 1): Promise<string> {
  await using gateway = await spawnGateway(options);
  expect(await gateway.exited).toEqual({ code, signal: null });
  expect(gateway.output()).toBe('');
  expect(gateway.logs()).not.toMatch(/^\s+at /m);
  return gateway.logs();
}

describe.concurrent('a gateway that cannot start says why, and ends with exit code 1', () => {
  test('a configuration file that is not there', async () => {
    const path = '/no/such/modelgraph.config.yaml';
    expect(await refusal({ env: { MODELGRAPH_CONFIG: path } })).toContain(`names the file ${path}, which does not exist`);
  });

  test('a configuration with several mistakes: all of them, and none of its values', async () => {
    const config = 'providers:\n  llama: { baseUrl: nowhere, apiKey: sk-hidden-value }\nmodls: {}\nserver: { maxInFlight: -5 }\n';
    const said = await refusal({ config, env: { MODELGRAPH_LOG_LEVEL: 'loud' } });
    expect(said).toContain('The configuration has 4 problems');
    for (const path of ['MODELGRAPH_LOG_LEVEL', 'providers.llama.baseUrl (line 2)', 'modls (line 3)', 'server.maxInFlight (line 4)'])
      expect(said).toContain(path);
    expect(said).toContain('Did you mean "models"?');
    expect(said).not.toContain('sk-hidden-value');
  });

  test('a file that is no YAML', async () => {
    expect(await refusal({ config: 'providers: [' })).toContain('The configuration has');
  });

  test.each([['--bogus'], ['start']])('an argument it does not know, by the exit code of a wrong use: %s', async (argument) => {
    expect(await refusal({ args: [join(import.meta.dirname, '../../src/main.ts'), argument] }, 2)).toContain(argument);
  });

  test('a mistyped administrator key, which is not repeated', async () => {
    const secret = createApiKeySecrets().issue().secret;
    const mistyped = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    const said = await refusal({ env: { MODELGRAPH_ADMIN_KEY: mistyped } });
    expect(said).toContain('MODELGRAPH_ADMIN_KEY');
    expect(said).not.toContain(mistyped);
  });

  test('a database that does not answer, whose password is not repeated', async () => {
    const url = `postgres://somebody:top-secret-word@127.0.0.1:${await freePort()}/modelgraph`;
    const said = await refusal({ env: { DATABASE_URL: url } });
    expect(said).toMatch(/^The database does not answer \(ECONNREFUSED\)\. Check DATABASE_URL/m);
    expect(said).not.toContain('top-secret-word');
  });

  test('a database whose host has no address', async () => {
    const said = await refusal({ env: { DATABASE_URL: 'postgres://somebody:top-secret-word@no-such-host.invalid/modelgraph' } });
    expect(said).toMatch(/^The database does not answer \((ENOTFOUND|EAI_AGAIN)\)\. Check DATABASE_URL/m);
    expect(said).not.toContain('top-secret-word');
  });

  test('a database that does not exist', async ({ skip }) => {
    const reason = await whyNot('POSTGRES');
    if (reason !== null) skip(reason);
    const url = new URL(serverUrl);
    url.pathname = '/no_such_database';
    expect(await refusal({ env: { DATABASE_URL: url.href } })).toMatch(
      /^The database lets nobody in: .*no_such_database.* Check DATABASE_URL\.$/m,
    );
  });

  test('a data folder that is a file', async () => {
    const said = await refusal({ dataFolder: import.meta.filename });
    expect(said).toContain(`${import.meta.filename} cannot be used`);
  });
});

test('a first start that finds its port taken says so, and shows the key that it has made all the same', async () => {
  using folder = temporaryFolder();
  await using other = await startChatServer();
  const unset = { MODELGRAPH_ADMIN_KEY: undefined };
  const { port } = new URL(other.url);
  await using failed = await spawnGateway({ dataFolder: folder.path, env: { ...unset, PORT: port } });
  expect((await failed.exited).code).toBe(1);
  expect(failed.logs()).toContain(`cannot listen on port ${port} of 127.0.0.1: another process listens there`);
  expect(failed.logs()).not.toMatch(/^\s+at /m);
  expect(failed.output().match(/mg_live_[\w-]+/g)).toEqual([failed.adminKey]);
  await using gateway = await startGateway({ dataFolder: folder.path, env: unset });
  expect(gateway.output()).not.toContain('mg_live_');
  expect(await scopesOf(gateway, failed.adminKey)).toEqual(['ADMIN']);
});

test('the first start prints its key once, the next one none, and both keys work', async () => {
  using folder = temporaryFolder();
  const dataFolder = join(folder.path, 'data');
  let key: string;
  {
    await using first = await startGateway({ dataFolder, env: { MODELGRAPH_ADMIN_KEY: undefined } });
    key = first.adminKey;
    // In the Playground's link, and by itself.
    expect(first.output().split(key)).toHaveLength(3);
    expect(first.playgroundLink).toBe(`${first.url}/playground#key=${key}`);
    expect(first.logs().replace(first.output(), '')).not.toContain('mg_live_');
    expect(await scopesOf(first, key)).toEqual(['ADMIN']);
    for (const path of ['', 'pg', 'wal']) expect(statSync(join(dataFolder, path)).mode & 0o077, path).toBe(0);
    expect(await first.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  }
  {
    await using second = await startGateway({ dataFolder, env: { MODELGRAPH_ADMIN_KEY: undefined } });
    expect(second.logs()).not.toContain('mg_live_');
    expect(second.playgroundLink).toBe(`${second.url}/playground`);
    expect(await scopesOf(second, key)).toEqual(['ADMIN']);
    expect(await second.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  }
  await using third = await startGateway({ dataFolder });
  expect(third.logs()).not.toContain('mg_live_');
  expect(await scopesOf(third, third.adminKey)).toEqual(['ADMIN']);
  expect(await scopesOf(third, key)).toEqual(['ADMIN']);
});

async function scopesOf(gateway: Awaited<ReturnType<typeof startGateway>>, key: string): Promise<readonly string[]> {
  await using user = createGatewayUser(gateway, key);
  return (await user.get('{ viewer { scopes } }')).viewer.scopes;
}
