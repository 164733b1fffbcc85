import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { configOf, problemsOf, read } from './configFile.ts';

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(configOf(null)).toMatchObject({
      file: null,
      production: false,
      port: 4000,
      host: '127.0.0.1',
      dataFolder: './data',
      databaseUrl: null,
      adminKey: null,
      trustedProxies: [],
      logLevel: 'info',
      sandboxEnabled: true,
      probeEnabled: true,
      providers: [],
      models: [],
      aliases: [],
      defaults: {
        timeouts: { firstTokenMs: 30_000, idleMs: 30_000, totalMs: 600_000 },
        maxOutputTokens: null,
        sort: null,
        graceMs: 30_000,
      },
      server: { corsOrigins: [], maxInFlight: 1000, drainMs: 10_000 },
      ledger: { wal: 'file', durability: 'write', maxBytes: 2 ** 30 },
      encryptionKey: null,
      idempotency: { keepAnswers: true, hours: 24 },
    });
  });

  it('connects a server of one’s own with three lines', () => {
    const { providers, file } = configOf('providers:\n  llama:\n    baseUrl: http://127.0.0.1:8231/v1\n');
    expect(file).toBe('/srv/modelgraph.config.yaml');
    expect(providers).toEqual([
      {
        id: 'llama',
        name: 'llama',
        format: 'openai-chat',
        baseUrl: 'http://127.0.0.1:8231/v1',
        apiKey: null,
        keyName: null,
        credentials: {},
        options: {},
        proxyUrl: null,
        connectTimeoutMs: 10_000,
        headers: {},
        kin: null,
        extraBody: {},
        region: null,
        dataPolicies: null,
        discover: true,
        source: 'CONFIG',
      },
    ]);
  });

  it('needs a package instead of an address for the AI SDK', () => {
    const provider = (options: string) => `providers: { infra: { format: ai-sdk, apiKey: k, options: ${options} } }`;
    const { providers } = configOf(provider('{ package: "@ai-sdk/deepinfra", maker: createDeepInfra }'));
    const options = { package: '@ai-sdk/deepinfra', maker: 'createDeepInfra' };
    expect(providers).toMatchObject([{ id: 'infra', format: 'ai-sdk', baseUrl: '', options }]);
    for (const wrong of ['{}', '{ package: "../evil" }', '{ package: "https://evil.example/a.js" }', '{ package: "node:fs" }']) {
      expect(problemsOf(provider(wrong))).toMatchObject([{ path: 'providers.infra.options.package' }]);
    }
  });

  it('reads models with exact prices', () => {
    const text = `
providers: { llama: { baseUrl: "http://127.0.0.1:8231/v1/" } }
models:
  acme/story:
    kind: CHAT
    releasedAt: 2026-01-31
    deprecation: { sunsetAt: 2026-06-01, replacement: acme/novel }
    offers:
      - { provider: llama, model: stories, price: { input: "0.10", output: 0.4, cachedInput: 0, request: "0.000000001" }, contextWindow: 2048 }
`;
    expect(configOf(text)).toMatchObject({
      providers: [{ baseUrl: 'http://127.0.0.1:8231/v1' }],
      models: [
        {
          slug: 'acme/story',
          name: null,
          kind: 'CHAT',
          releasedAt: '2026-01-31',
          deprecation: { deprecatedAt: null, sunsetAt: '2026-06-01', replacement: 'acme/novel' },
          offers: [
            {
              provider: 'llama',
              providerModel: 'stories',
              price: { input: 100_000n, output: 400_000n, cachedInput: 0n, cacheWrite: null, reasoning: null, request: 1000n },
              contextWindow: 2048,
              maxOutputTokens: null,
            },
          ],
        },
      ],
    });
  });

  it('reads aliases short and weighted', () => {
    const { aliases } = configOf('aliases: { fast: acme/a, mixed: [{ model: acme/a, weight: 3 }, { model: acme/b }] }');
    expect(aliases).toEqual([
      { name: 'fast', targets: [{ model: 'acme/a', weight: 1 }] },
      {
        name: 'mixed',
        targets: [
          { model: 'acme/a', weight: 3 },
          { model: 'acme/b', weight: 1 },
        ],
      },
    ]);
  });

  it('is JSON as well', () => {
    const text = JSON.stringify({ $schema: 'x', logLevel: 'warn' });
    const reading = readConfig({ env: {}, folder: '/srv', readFile: (path) => (path.endsWith('.json') ? text : null) });
    expect(reading.config).toMatchObject({ logLevel: 'warn', file: '/srv/modelgraph.config.json' });
  });

  it('takes a setting without a value as not set', () => {
    expect(configOf('models:\n#  acme/a:\nserver:\n  maxInFlight:\n')).toMatchObject({ models: [], server: { maxInFlight: 1000 } });
  });

  it('keeps a null that a body for a provider needs', () => {
    const { providers } = configOf('providers: { a: { baseUrl: "http://a", extraBody: { cache: null, n: { x: [1, "y"] } } } }');
    expect(providers[0]?.extraBody).toEqual({ cache: null, n: { x: [1, 'y'] } });
  });

  it('lets the environment win over the file', () => {
    const text = 'logLevel: warn\nsandbox: { enabled: true }\nprobe: { enabled: true }\n';
    const env = { MODELGRAPH_LOG_LEVEL: 'debug', MODELGRAPH_SANDBOX: 'off', MODELGRAPH_PROBE: '0' };
    expect(configOf(text, env)).toMatchObject({ logLevel: 'debug', sandboxEnabled: false, probeEnabled: false });
  });

  it('switches the sandbox off in production unless it is asked for', () => {
    expect(configOf(null, { NODE_ENV: 'production' })).toMatchObject({ production: true, sandboxEnabled: false });
    expect(configOf('sandbox: { enabled: true }', { NODE_ENV: 'production' }).sandboxEnabled).toBe(true);
    expect(configOf(null, { NODE_ENV: 'production', MODELGRAPH_SANDBOX: 'on' }).sandboxEnabled).toBe(true);
  });

  it('has a hash that changes with the file alone', () => {
    expect(read('logLevel: warn').hash).not.toBe(read('logLevel: info').hash);
    expect(read('logLevel: warn', { PORT: '0' }).hash).toBe(read('logLevel: warn').hash);
  });
});

describe('the file', () => {
  it('is a problem when it is named and not there', () => {
    expect(problemsOf(null, { MODELGRAPH_CONFIG: 'other.yaml' })).toMatchObject([
      { path: 'MODELGRAPH_CONFIG', reason: expect.stringContaining('other.yaml') },
    ]);
  });

  it('is found by its name in MODELGRAPH_CONFIG, relative to the folder', () => {
    const readFile = vi.fn((): string => '');
    readConfig({ env: { MODELGRAPH_CONFIG: 'conf/my.yaml' }, folder: '/srv', readFile });
    expect(readFile.mock.calls).toEqual([['/srv/conf/my.yaml']]);
  });

  it('is a problem when a second one stands beside it', () => {
    const reading = readConfig({ env: {}, folder: '/srv', readFile: () => 'logLevel: warn' });
    expect(reading).toMatchObject({
      config: null,
      problems: [{ path: '/srv/modelgraph.config.yml' }, { path: '/srv/modelgraph.config.json' }],
    });
  });

  it('is a problem when it cannot be read', () => {
    const readFile = () => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    };
    expect(readConfig({ env: { MODELGRAPH_CONFIG: 'a.yaml' }, folder: '/srv', readFile })).toMatchObject({
      config: null,
      problems: [{ path: '/srv/a.yaml', reason: 'cannot be read (EACCES).' }],
    });
  });

  it.each([
    ['providers:\n  a: b: c\n', 2],
    ['logLevel: "warn\n', 2],
    ['logLevel: warn\nlogLevel: info\n', 2],
    ['providers:\n\ta: 1\n', 2],
    ['--- \na: 1\n---\nb: 2\n', 3],
    ['{ "logLevel": "warn" ', 1],
  ])('is told by line when its syntax is wrong: %j', (text, line) => {
    const problems = problemsOf(text);
    expect(problems[0]).toMatchObject({ path: '/srv/modelgraph.config.yaml', line: expect.any(Number) });
    expect(problems.map((problem) => problem.line)).toContain(line);
  });

  it.each([
    'a: *nowhere',
    'a: &a [*a]',
    '- 1',
    '12',
    'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]',
  ])('is a problem, not a crash: %j', (text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });

  it('may be empty', () => {
    expect(problemsOf('')).toEqual([]);
    expect(problemsOf('# nothing yet\n')).toEqual([]);
  });
});

describe('the example of the documentation', () => {
  it('is valid', () => {
    const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
    expect(examples).toHaveLength(5);
    for (const text of examples) expect(problemsOf(text, { OPENAI_API_KEY: 'sk-1', EUROPE_KEY: 'x' })).toEqual([]);
  });
});
