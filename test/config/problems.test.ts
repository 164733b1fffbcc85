import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';
import { formatProblems } from '../../src/config/problem.ts';
import { configOf, problemsOf, read } from './configFile.ts';

const everything = `providers:
  llama: { baseURL: x }
  BAD: { baseUrl: "http://127.0.0.1:1/v1" }
  openai: { kin: grok }
models:
  a: { offers: [] }
  acme/b:
    offers:
      - { provider: lama, model: x, price: { input: -1, outputt: 3 } }
aliases: { bad: 5, fast/er: acme/b }
server: { maxInFlight: "many", corsOrigins: ["*"] }
logLevel: loud
prviders: {}
`;

describe('the list of problems', () => {
  it('is complete: the environment, then the file from top to bottom', () => {
    const problems = problemsOf(everything, {
      PORT: '70000',
      HOST: '',
      MODELGRAPH_SANDBOX: 'maybe',
      DATABASE_DIRECT_URL: 'postgres://a/b',
    });
    expect(problems.map(({ path, line }) => `${path}${line === null ? '' : `:${line}`}`)).toEqual([
      'PORT',
      'MODELGRAPH_SANDBOX',
      'DATABASE_DIRECT_URL',
      'providers.llama.baseURL:2',
      'providers.llama.baseUrl:2',
      'providers.BAD:3',
      'providers.openai.kin:4',
      'models.a:6',
      'models.acme/b.offers[0].price.input:9',
      'models.acme/b.offers[0].price.outputt:9',
      'models.acme/b.offers[0].provider:9',
      'aliases.bad:10',
      'aliases.fast/er:10',
      'server.corsOrigins[0]:11',
      'server.maxInFlight:11',
      'logLevel:12',
      'prviders:13',
    ]);
  });

  it('says of each what is wrong and what to do', () => {
    for (const { reason, hint } of problemsOf(everything)) {
      expect(reason).toMatch(/\.$/);
      expect(hint).not.toBe('');
    }
  });

  it('suggests what an unknown setting was meant to be', () => {
    expect(problemsOf('providrs: {}')).toEqual([
      { path: 'providrs', line: 1, reason: 'is no setting.', hint: 'Did you mean "providers"?' },
    ]);
    expect(problemsOf('server: { zzz: 1 }')[0]?.hint).toContain('Known here: corsOrigins, maxInFlight');
  });

  it('reads well', () => {
    expect(formatProblems(problemsOf('logLevel: loud\nserver: { maxInFlight: 0 }'))).toBe(
      [
        'The configuration has 2 problems:',
        '',
        '  logLevel (line 1)',
        '    must be one of debug, info, warn, error, silent.',
        '    The least important lines of the log. MODELGRAPH_LOG_LEVEL wins.',
        '',
        '  server.maxInFlight (line 2)',
        '    must be at least 1.',
        '    Calls under way at once; more are answered OVERLOADED.',
      ].join('\n'),
    );
  });

  it('never shows a value', () => {
    const text = `providers:
  a: { baseUrl: "ftp://me:hush-1@host", apiKey: "hush-2\\n", headers: { "x y": "hush-3" }, extraBody: "hush-4" }
  b: { apiKey: [hush-5], baseUrl: "http://u:hush-6@host" }
`;
    const env = { DATABASE_URL: 'mysql://root:hush-7@db', MODELGRAPH_ADMIN_KEY: 'mg_live_hush', PORT: 'hush-8' };
    const problems = problemsOf(text, env);
    expect(problems.length).toBeGreaterThanOrEqual(8);
    expect(formatProblems(problems)).not.toContain('hush');
    expect(formatProblems(problemsOf('a: "hush\nb: [hush'))).not.toContain('hush');
  });
});

describe('references', () => {
  const llama = 'providers: { llama: { baseUrl: "http://127.0.0.1:1/v1" } }\n';

  it('to a provider that is not configured are a problem with a suggestion', () => {
    expect(problemsOf(`${llama}models: { a/b: { offers: [{ provider: lama, model: x }] } }`)).toMatchObject([
      { path: 'models.a/b.offers[0].provider', hint: expect.stringContaining('"llama"') },
    ]);
  });

  it('to one provider twice in one model are a problem', () => {
    const text = `${llama}models: { a/b: { offers: [{ provider: llama, model: x }, { provider: llama, model: y }] } }`;
    expect(problemsOf(text)).toMatchObject([{ path: 'models.a/b.offers[1].provider' }]);
  });

  it('to a known provider without its key are a warning', () => {
    const { warnings } = configOf('models: { a/b: { offers: [{ provider: groq, model: x }] } }');
    expect(warnings).toMatchObject([{ path: 'models.a/b.offers[0].provider', hint: 'Set GROQ_API_KEY.' }]);
  });

  it('to a server that a probe may find are fine', () => {
    expect(configOf('models: { a/b: { offers: [{ provider: ollama, model: x }] } }').warnings).toEqual([]);
  });

  it('of an alias to a model that may be discovered are a warning', () => {
    const { warnings } = configOf(
      `${llama}models: { a/big: { offers: [{ provider: llama, model: x }] } }\naliases: { fast: a/bgi, other: [{ model: a/big }] }`,
    );
    expect(warnings).toMatchObject([{ path: 'aliases.fast', hint: 'Did you mean "a/big"?' }]);
  });

  it('to the names of the simulation are its own', () => {
    expect(problemsOf('providers: { sandbox: { baseUrl: "http://a" }, sandbox-b: { baseUrl: "http://a" } }')).toHaveLength(2);
    expect(problemsOf(`${llama}models: { sandbox/chat: { offers: [{ provider: llama, model: x }] } }`)).toHaveLength(1);
    expect(problemsOf('aliases: { test: sandbox/chat }')).toEqual([]);
  });
});

describe('config:check', () => {
  it('prints the problems of a wrong configuration', () => {
    expect(checkConfig(read('logLevel: loud'))).toEqual({
      valid: false,
      text: expect.stringContaining('The configuration has 1 problem:'),
    });
  });

  it('sums a valid one up, without its secrets', () => {
    const text =
      'providers: { a: { baseUrl: "http://a/v1?key=hush", apiKey: hush } }\nmodels: { x/y: { offers: [{ provider: a, model: m }] } }\naliases: { fast: x/z }';
    const { valid, text: printed } = checkConfig(read(text, { DATABASE_URL: 'postgres://u:hush@h/d', PORT: '0' }));
    expect(valid).toBe(true);
    expect(printed).not.toContain('hush');
    for (const part of ['any free port', 'PostgreSQL', 'a: openai-chat at http://a/v1, with a key', 'x/y (a)', 'fast -> x/z', 'Doubtful'])
      expect(printed).toContain(part);
  });
});
