import { describe, expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import { toProviderError } from '../../../src/providers/wire/openaiError.ts';

const peer = { id: toId<never>('upstream'), name: 'Upstream' };
const errorOf = (status: number, body: unknown) => toProviderError({ peer, status, headers: {}, body, nowMs: 0 });

describe('toProviderError', () => {
  it.each([
    [401, null, 'UPSTREAM_REFUSED'],
    [403, null, 'UPSTREAM_REFUSED'],
    [404, { error: { code: 'model_not_found' } }, 'UPSTREAM_REFUSED'],
    [405, null, 'UPSTREAM_REFUSED'],
    [400, { error: { code: 'context_length_exceeded' } }, 'CONTEXT_TOO_LONG'],
    [400, { object: 'error', message: "This model's maximum context length is 4096 tokens", code: 400 }, 'CONTEXT_TOO_LONG'],
    [413, { error: { message: 'Maximum context length exceeded' } }, 'CONTEXT_TOO_LONG'],
    [413, null, 'PAYLOAD_TOO_LARGE'],
    [422, { detail: [{ loc: ['body', 'temperature'], msg: 'x' }] }, 'INVALID_REQUEST'],
    [400, { error: 'bad' }, 'INVALID_REQUEST'],
    [408, null, 'UPSTREAM_TIMEOUT'],
    [504, null, 'UPSTREAM_TIMEOUT'],
    [429, { error: { type: 'tokens', code: 'rate_limit_exceeded' } }, 'UPSTREAM_RATE_LIMITED'],
    [500, { error: { type: 'server_error', code: 500 } }, 'UPSTREAM_UNAVAILABLE'],
    [503, null, 'UPSTREAM_UNAVAILABLE'],
    [529, null, 'UPSTREAM_UNAVAILABLE'],
    [200, { error: { message: 'x', type: 'invalid_request_error' } }, 'INVALID_REQUEST'],
    [200, { error: { message: 'x' } }, 'UPSTREAM_UNAVAILABLE'],
    [200, { error: { message: 'x', code: '502' } }, 'UPSTREAM_UNAVAILABLE'],
    [400, [{ error: { code: 400, status: 'INVALID_ARGUMENT' } }], 'INVALID_REQUEST'],
  ])('takes %d with %j for %s', (status, body, code) => {
    expect(errorOf(status, body)).toMatchObject({ code });
  });

  it.each(['insufficient_quota', 'credit_balance_exhausted', 'project_spend_limit_exceeded', 'organization_usage_limit_exceeded'])(
    'never lets a spent quota be retried: %s',
    (code) => {
      const error = errorOf(429, { error: { code } });
      expect(error).toMatchObject({ code: 'UPSTREAM_REFUSED', details: { reason: 'QUOTA_SPENT' } });
      expect(error.retryable).toBe(false);
    },
  );

  it('names the parameter that was refused', () => {
    const error = errorOf(400, { error: { param: 'max_tokens', code: 'unsupported_parameter', message: 'secret prompt' } });
    expect(error).toMatchObject({
      code: 'INVALID_REQUEST',
      details: { parameter: 'max_tokens' },
      cause: "The provider's code: unsupported_parameter",
    });
    expect(`${error.message}${error.cause}`).not.toContain('secret');
  });

  it('takes no sentence for a name', () => {
    const error = errorOf(400, { error: { param: 'the secret prompt', code: 'once upon a time' } });
    expect(JSON.stringify([error.details, error.cause, error.message])).not.toMatch(/secret|upon/);
  });
});
