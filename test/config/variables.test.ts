import { describe, expect, it } from 'vitest';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { knownProviders } from '../../src/providers/known.ts';
import { configOf, problemsOf } from './configFile.ts';

const withKey = (key: string) => `providers: { a: { baseUrl: "http://a", apiKey: "${key}" } }`;

describe('variables in the file', () => {
  it.each([
    ['${KEY}', 'k-1'],
    ['x${KEY}y${KEY}', 'xk-1yk-1'],
    ['${NOPE:-other}', 'other'],
    ['${EMPTY:-other}', 'other'],
    ['${KEY:-other}', 'k-1'],
    ['$${KEY}', '${KEY}'],
    ['a$b', 'a$b'],
  ])('%s is %s', (text, expected) => {
    expect(configOf(withKey(text), { KEY: 'k-1', EMPTY: '' }).providers[0]?.apiKey).toBe(expected);
  });

  it('that are not set are problems that name them, once', () => {
    expect(problemsOf(withKey('${NOPE}'))).toEqual([
      {
        path: 'providers.a.apiKey',
        line: 1,
        reason: 'asks for the variable NOPE, which is not set.',
        hint: 'Set it, or give a default: ${NOPE:-default}.',
      },
    ]);
    expect(problemsOf(withKey('${EMPTY}'), { EMPTY: '' })).toHaveLength(1);
  });

  it.each(['${}', '${a b}', '${KEY', '${1}'])('%s is none', (text) => {
    expect(problemsOf(withKey(text), { KEY: 'k' })).toMatchObject([{ reason: 'has a dollar sign and a brace that begin no variable.' }]);
  });

  it('are not asked for by a provider that is switched off', () => {
    expect(configOf('providers: { a: { enabled: false, baseUrl: "${NOPE}", apiKey: "${NOPE}" } }').providers).toEqual([]);
  });

  it('hold what they hold: a value is not read for variables again', () => {
    expect(configOf(withKey('${KEY}'), { KEY: '${OTHER}' }).providers[0]?.apiKey).toBe('${OTHER}');
  });
});

describe('known providers', () => {
  it('are connected by their variable alone', () => {
    const { providers } = configOf(null, { OPENAI_API_KEY: ' sk-1\n', GROQ_API_KEY: 'gsk-1' });
    expect(providers).toMatchObject([
      { id: 'openai', name: 'OpenAI', baseUrl: 'https://api.openai.com/v1', apiKey: 'sk-1' },
      { id: 'groq', baseUrl: 'https://api.groq.com/openai/v1', apiKey: 'gsk-1' },
    ]);
  });

  it('are connected for every row of the table', () => {
    const env = Object.fromEntries(
      knownProviders.flatMap(({ variable, options = {} }) => [variable, ...Object.values(options)]).map((variable) => [variable, 'key']),
    );
    expect(configOf(null, env).providers.map(({ id }) => id)).toEqual(knownProviders.map(({ id }) => id));
  });

  it('need no address in the file', () => {
    const { providers } = configOf('providers: { openai: { apiKey: "${MY_KEY}" } }', { MY_KEY: 'sk-2', OPENAI_API_KEY: 'sk-1' });
    expect(providers).toMatchObject([{ id: 'openai', baseUrl: 'https://api.openai.com/v1', apiKey: 'sk-2' }]);
  });

  it('take the variable’s key where the file has none', () => {
    expect(configOf('providers: { openai: { region: us } }', { OPENAI_API_KEY: 'sk-1' }).providers).toMatchObject([
      { apiKey: 'sk-1', region: 'us' },
    ]);
  });

  it('never send the variable’s key to another address', () => {
    const { providers } = configOf('providers: { openai: { baseUrl: "http://elsewhere/v1" } }', { OPENAI_API_KEY: 'sk-1' });
    expect(providers).toMatchObject([{ baseUrl: 'http://elsewhere/v1', apiKey: null }]);
  });

  it('can be switched off although the variable is set', () => {
    expect(configOf('providers: { openai: { enabled: false } }', { OPENAI_API_KEY: 'sk-1' }).providers).toEqual([]);
  });
});

describe('the environment', () => {
  it.each([
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['MODELGRAPH_LOG_LEVEL', 'loud'],
    ['MODELGRAPH_SANDBOX', '2'],
    ['MODELGRAPH_PROBE', 'x'],
    ['MODELGRAPH_ADMIN_KEY', 'mg_live_short'],
    ['MODELGRAPH_ENCRYPTION_KEY', 'c2hvcnQ='],
    ['MODELGRAPH_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['MODELGRAPH_TRUSTED_PROXIES', '::1, localhost'],
    ['MODELGRAPH_WAL', 'disk'],
    ['MODELGRAPH_WAL', 'database'],
    ['DATABASE_URL', 'localhost'],
    ['DATABASE_URL', 'http://db'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf(null, { [name]: value })).toMatchObject([{ path: name, line: null }]);
  });

  it('takes what is right', () => {
    const { secret, hash } = createApiKeySecrets().issue();
    const env = {
      PORT: '0',
      HOST: '::1',
      MODELGRAPH_DATA: '/var/lib/modelgraph',
      MODELGRAPH_ADMIN_KEY: secret,
      DATABASE_URL: 'postgresql://a@b/c',
      DATABASE_DIRECT_URL: 'postgres://a@d/c',
      MODELGRAPH_ENCRYPTION_KEY: `${'A'.repeat(43)}=`,
      MODELGRAPH_WAL: 'database',
      MODELGRAPH_SANDBOX: 'TRUE',
      MODELGRAPH_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    };
    expect(configOf(null, env)).toMatchObject({
      port: 0,
      host: '::1',
      dataFolder: '/var/lib/modelgraph',
      adminKey: { secret, hash },
      databaseUrl: 'postgresql://a@b/c',
      databaseDirectUrl: 'postgres://a@d/c',
      encryptionKey: new Uint8Array(32),
      ledger: { wal: 'database' },
      sandboxEnabled: true,
      trustedProxies: ['10.0.0.0/8', '::1'],
    });
  });
});
