import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import { toConnectionError } from '../../../src/providers/wire/failure.ts';

const peer = { id: toId<never>('upstream'), name: 'Upstream' };
const thrown = (code: string) => Object.assign(new Error('connect 10.0.0.7:443'), { code });

describe('toConnectionError', () => {
  it.each([
    ['ENOTFOUND', /name cannot be resolved/],
    ['ECONNREFUSED', /refused the connection/],
    ['UND_ERR_CONNECT_TIMEOUT', /timed out/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate was not accepted/],
    ['CERT_HAS_EXPIRED', /certificate was not accepted/],
    ['ECONNRESET', /closed the connection before it answered/],
  ])('says what %s means, and no address', (code, sentence) => {
    const error = toConnectionError(thrown(code), peer, 'sent');
    expect(error).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringMatching(sentence),
      details: { provider: 'upstream' },
    });
    expect(`${error.message} ${error.cause}`).not.toContain('10.0.0.7');
  });

  it('takes the first of several addresses that were tried in vain', () => {
    expect(toConnectionError(new AggregateError([thrown('ECONNREFUSED'), thrown('ENETUNREACH')], 'both'), peer, 'sent').message).toMatch(
      /refused/,
    );
  });

  it('tells an answer that broke off from one that never came', () => {
    expect(toConnectionError(thrown('ECONNRESET'), peer, 'answering').message).toMatch(/in the middle of its answer/);
  });

  it('keeps none of the bytes that were no HTTP', () => {
    const error = toConnectionError(Object.assign(new errors.HTTPParserError('no'), { data: 'an answer' }), peer, 'sent');
    expect(error).toMatchObject({ code: 'UPSTREAM_MALFORMED', cause: expect.not.stringContaining('an answer') });
  });
});
