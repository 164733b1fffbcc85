import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/command/run.ts';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { findPackageRoot } from '../../src/system/packageRoot.ts';
import { createTestDatabase, whyNot } from '../support/database.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import { ask, askWell, codeOf } from '../support/httpGraph.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const run = promisify(execFile);
const main = join(findPackageRoot(), 'src/main.ts');

interface Done {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command line', () => {
  let folder: TemporaryFolder;
  let data: string;
  const adminKey = createApiKeySecrets().issue().secret;
  beforeAll(() => {
    folder = temporaryFolder();
    data = join(folder.path, 'data');
  });
  afterAll(() => folder.remove());

  async function command(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Done> {
    const [said, noted]: [string[], string[]] = [[], []];
    const note = (text: string) => void noted.push(`${text}\n`);
    const code = await runCommand(words, { env: { MODELGRAPH_DATA: data, ...env }, say: (text) => void said.push(`${text}\n`), note });
    return { code, stdout: said.join(''), stderr: noted.join('') };
  }

  /** As it is typed. */
  async function typed(words: readonly string[]): Promise<Done> {
    const options = { cwd: folder.path, env: { PATH: process.env['PATH'], MODELGRAPH_DATA: data } };
    return await run(process.execPath, [main, ...words], options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: Done) => ({ code, stdout, stderr }),
    );
  }

  // biome-ignore lint/suspicious/noExplicitAny: the shape is the command's, which only the test knows
  async function json(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<any> {
    const { code, stdout, stderr } = await command([...words, '--json'], env);
    if (code !== 0) throw new Error(`It ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  }

  it('says what was typed wrong, with exit code 2, and touches nothing', async () => {
    const unknown = await typed(['keys', 'creat']);
    expect([unknown.code, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toContain('Did you mean "keys create"?');
    expect(await command(['keys', 'create', '--name', 'x', '--scopes', 'MODELS_RED'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean MODELS_READ?'),
    });
    expect(await command(['keys', 'list'])).toMatchObject({ code: 1, stderr: expect.stringContaining('holds no data yet') });
  });

  it('makes a key on the store while nobody holds it, and a gateway that is started then knows it; by the gateway it is revoked', async () => {
    const made = await typed(['keys', 'create', '--name', 'first', '--scopes', 'models_read,usage_read']);
    expect(made).toMatchObject({ code: 0, stderr: `Acting on the data folder ${data}.\n` });
    const [secret = ''] = made.stdout.split('\n');
    expect(createApiKeySecrets().read(secret)).not.toBeNull();

    await using gateway = await startGateway({ dataFolder: data, env: { MODELGRAPH_ADMIN_KEY: adminKey } });
    const place = { graphUrl: gateway.graphUrl, key: secret };
    expect(await askWell(place, '{ viewer { scopes } }')).toEqual({ viewer: { scopes: ['MODELS_READ', 'USAGE_READ'] } });
    await administer(gateway);
    const env = { MODELGRAPH_ADMIN_KEY: adminKey };
    const keys: readonly { readonly id: string; readonly name: string }[] = await json(['keys', 'list'], env);
    const { id } = keys.find(({ name }) => name === 'first') ?? { id: '' };
    expect(await json(['keys', 'revoke', id], env)).toMatchObject({ id, status: 'REVOKED' });
    expect(codeOf(await ask(place, '{ viewer { scopes } }'))).toBe('UNAUTHENTICATED');
    await audited(gateway);
  });

  it('works on the database of DATABASE_URL', async ({ skip }) => {
    const reason = await whyNot('POSTGRES');
    if (reason !== null) skip(reason);
    await using database = await createTestDatabase('POSTGRES');
    if (database.location.type !== 'POSTGRES') throw new Error('This database is no PostgreSQL.');
    const env = { DATABASE_URL: database.location.url };
    const made = await json(['teams', 'create', '--name', 'ops'], env);
    expect(await json(['teams', 'list'], env)).toMatchObject([made, { name: 'default' }]);
    const away = { DATABASE_URL: 'postgres://postgres@127.0.0.1:1/none' };
    expect(await command(['teams', 'list'], away)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('does not answer'),
    });
  });

  /** All the rest, by the gateway that holds the folder. */
  async function administer(gateway: GatewayProcess): Promise<void> {
    const keyFile = join(folder.path, 'admin.key');
    writeFileSync(keyFile, `${adminKey}\n`, { mode: 0o600 });
    const withFile = ['--admin-key-file', keyFile];
    expect(await command(['teams', 'list'])).toMatchObject({ code: 1, stderr: expect.stringContaining('--admin-key-file') });
    const organization = await json(['organizations', 'create', '--name', 'Acme', ...withFile]);
    const team = await json(['teams', 'create', '--name', 'search', '--organization', 'Acme', ...withFile]);
    const created = await json([
      'keys',
      'create',
      '--name',
      'web',
      '--organization',
      'Acme',
      '--team',
      'search',
      '--scopes',
      'MODELS_READ',
      ...withFile,
    ]);
    expect(created.apiKey).toMatchObject({ name: 'web', team: { id: team.id } });
    const rotated = await json(['keys', 'rotate', created.apiKey.id, '--overlap', '60', ...withFile]);
    for (const key of [created.secret, rotated.secret]) await askWell({ graphUrl: gateway.graphUrl, key }, '{ viewer { scopes } }');
    const budget = await json([
      'budgets',
      'create',
      '--organization',
      'Acme',
      '--meter',
      'spend',
      '--limit',
      '12.5',
      '--window',
      'month',
      ...withFile,
    ]);
    expect(budget).toMatchObject({ scope: { organizationId: organization.id }, meter: 'SPEND', window: 'MONTH', limit: '12.5' });
    expect(await json(['budgets', 'list', '--organization', 'Acme', ...withFile])).toEqual([budget]);
    const missing = await command(['teams', 'create', '--name', 'search', '--organization', 'Nobody', ...withFile]);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no organization "Nobody"') });
    const twice = await command(['teams', 'create', '--name', 'search', '--organization', 'Acme', ...withFile]);
    expect(twice).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('(CONFLICT)') });
  }

  async function audited({ graphUrl }: GatewayProcess): Promise<void> {
    const document = '{ auditLog(first: 100) { nodes { action actor { kind id name } } } }';
    const { auditLog } = await askWell({ graphUrl, key: adminKey }, document);
    const byCommand = auditLog.nodes.filter(({ actor }: { readonly actor: { readonly id: string } }) => actor.id === 'command line');
    expect(byCommand).toMatchObject([{ action: 'CREATE_API_KEY', actor: { kind: 'SYSTEM' } }]);
    expect(byCommand[0].actor.name).not.toBe('');
  }
});
