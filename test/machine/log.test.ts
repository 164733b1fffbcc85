import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import type { LogLevel } from '../../src/system/log.ts';
import { createLog } from '../../src/system/log.ts';

function lines(level: LogLevel = 'info') {
  const written: string[] = [];
  const log = createLog(level, { write: (line) => written.push(line) });
  return { log, written, last: () => JSON.parse(written.at(-1) ?? 'null') };
}

describe('the log', () => {
  it('writes one JSON line with level, time, message and fields', () => {
    const { log, last } = lines();
    log.warn('The provider is slow.', { provider: 'openai', attempt: 2, tokens: 12n });
    expect(last()).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      provider: 'openai',
      attempt: 2,
      tokens: '12',
      msg: 'The provider is slow.',
    });
  });

  it('leaves out what is below its level', () => {
    const { log, written } = lines('warn');
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(written).toHaveLength(2);
  });

  it('is silent when told so', () => {
    const { log, written } = lines('silent');
    log.error('nobody hears');
    expect(written).toEqual([]);
  });

  it('carries the fields of `with` on every line, redacted as well', () => {
    const { log, last } = lines();
    log.with({ requestId: 'r1', apiKey: 'abc' }).info('Hello.', { step: 1 });
    expect(last()).toMatchObject({ requestId: 'r1', apiKey: '[redacted]', step: 1 });
  });

  it.each([
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'password',
    'secret',
    'clientSecret',
    'apiKey',
    'api_key',
    'x-api-key',
    'OPENAI_API_KEY',
    'MODELGRAPH_ADMIN_KEY',
    'token',
    'access_token',
    'DATABASE_URL',
    'connectionParams',
    'headers',
    'body',
    'prompt',
    'messages',
    'key',
  ])('withholds what stands under %s, however deep', (name) => {
    const { log, written } = lines();
    log.error('x', { [name]: 'hush', inner: { list: [{ [name]: { value: 'hush' } }] } });
    expect(written.join()).not.toContain('hush');
  });

  it('keeps counts and ids whose names only remind of secrets', () => {
    const { log, last } = lines();
    log.info('x', { inputTokens: 5, token: 7, apiKeyId: 'k1', hasSecret: true });
    expect(last()).toMatchObject({ inputTokens: 5, token: 7, apiKeyId: 'k1', hasSecret: true });
  });

  it.each([
    `mg_live_${'a'.repeat(49)}`,
    `mg_ct_${'a'.repeat(80)}.${'b'.repeat(43)}`,
    'Bearer abcdefghijklmnop',
    'postgres://admin:abcdefgh@db/modelgraph',
    'https://models.example/v1?key=abcdefghijk',
    'Incorrect API key provided: sk-proj-abcdefghijklmnopqrstuvwxyz',
  ])('cuts a secret out of a text: %s', (text) => {
    const { log, written } = lines();
    log.info('x', { note: text });
    log.error('x', { error: new Error(text, { cause: new Error(text) }) });
    expect(written.join()).not.toMatch(/abcdefgh|aaaaaaaa/);
  });
});

describe('an error in the log', () => {
  it('shows code, message, stack and the chain of its causes', () => {
    const { log, last } = lines();
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    log.error('Failed.', { error: new GatewayError('UPSTREAM_UNAVAILABLE', 'The provider cannot be reached.', { cause }) });
    expect(last().error).toMatchObject({
      name: 'GatewayError',
      code: 'UPSTREAM_UNAVAILABLE',
      message: 'The provider cannot be reached.',
      stack: expect.stringContaining('log.test.ts'),
      cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' },
    });
  });

  it('shows nothing that a package hung on it', () => {
    const { log, written } = lines();
    log.error('x', { error: Object.assign(new Error('Bad'), { body: 'hush', request: { prompt: 'hush' }, parameters: ['hush'] }) });
    expect(written.join()).not.toContain('hush');
  });

  it('loses the values of a failed database statement', () => {
    const { log, written, last } = lines();
    log.error('x', { error: new Error('Failed query: insert into keys values ($1)\nparams: hush,hush2') });
    expect(written.join()).not.toContain('hush');
    expect(last().error.stack).toContain('log.test.ts');
  });

  it('shows every part of an AggregateError and ends a chain that bites its tail', () => {
    const { log, last } = lines();
    const looped = new Error('loop');
    looped.cause = looped;
    log.error('x', { error: new AggregateError([new Error('one'), looped], 'both') });
    expect(last().error.errors).toMatchObject([{ message: 'one' }, { message: 'loop', cause: { message: 'loop' } }]);
  });

  it('names the type of what is no error, and shows a thrown text', () => {
    const { log, last } = lines();
    log.error('x', { error: { prompt: 'hush' } });
    expect(last().error).toEqual({ name: 'Thrown', message: 'a value of type object' });
    log.error('x', { error: 'out of tea' });
    expect(last().error).toEqual({ name: 'Thrown', message: 'out of tea' });
  });
});
