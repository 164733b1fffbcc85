import { beforeAll, describe, expect, it } from 'vitest';
import { createUserTokens } from '../../src/identity/jwt.ts';
import type { IssuerSettings } from '../../src/ports/issuer.ts';
import { issuerSettings, issuerWorld, jwksUrl } from '../support/issuerWorld.ts';
import { createManualClock } from '../support/manualClock.ts';
import { silentLog } from '../support/silentLog.ts';
import type { SigningKey } from '../support/tokenIssuer.ts';
import { issuerName, newSigningKey, signToken } from '../support/tokenIssuer.ts';

let first: SigningKey;
let second: SigningKey;

beforeAll(async () => {
  [first, second] = await Promise.all([newSigningKey('first'), newSigningKey('second')]);
});

const world = (...issuers: readonly IssuerSettings[]) => issuerWorld(first, ...issuers);

describe('the keys of an issuer', () => {
  it('are asked for once in ten minutes', async () => {
    const { read, sign, asked, clock } = world();
    for (const sub of ['a', 'b', 'c']) await read(await sign(first, { sub }));
    expect(asked).toHaveLength(1);
    await clock.advance(600_000);
    await read(await sign(first, { sub: 'd' }));
    expect(asked).toHaveLength(2);
  });

  it('are asked for anew when a token names one that is not known, and then not for half a minute', async () => {
    const { read, sign, asked, clock, publish, codeOf } = world();
    await read(await sign(first));
    publish(first, second);
    await read(await sign(second));
    expect(asked).toHaveLength(2);
    const stranger = await newSigningKey('stranger');
    const message = 'The token is signed with a key that its issuer does not publish.';
    await expect(read(await sign(stranger))).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message });
    expect(asked).toHaveLength(2);
    await clock.advance(30_000);
    const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => sign(stranger, { sub })));
    expect(await Promise.all(tokens.map(codeOf))).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect(asked).toHaveLength(3);
  });

  it('that are no longer published sign nothing new after ten minutes', async () => {
    const { read, sign, clock, publish, codeOf } = world();
    await read(await sign(first));
    publish(second);
    await clock.advance(600_000);
    expect(await codeOf(await sign(first))).toBe('UNAUTHENTICATED');
  });

  it('serve on for a day while the issuer is away', async () => {
    const { read, sign, asked, clock, documents, codeOf } = world();
    await read(await sign(first));
    documents.delete(jwksUrl);
    await clock.advance(3_600_000);
    await read(await sign(first, { sub: 'bob' }));
    await read(await sign(first, { sub: 'carol' }));
    expect(asked).toHaveLength(2);
    await clock.advance(86_400_000);
    expect(await codeOf(await sign(first))).toBe('UPSTREAM_UNAVAILABLE');
  });

  it('that cannot be had are no fault of the token: whoever asks may ask again', async () => {
    const { read, sign, asked, clock, documents, publish } = world();
    documents.delete(jwksUrl);
    const token = await sign(first);
    const unreachable = { code: 'UPSTREAM_UNAVAILABLE', retryable: true, retryAfterMs: 5000 };
    await expect(read(token)).rejects.toMatchObject(unreachable);
    await clock.advance(2000);
    await expect(read(token)).rejects.toMatchObject({ ...unreachable, retryAfterMs: 3000 });
    expect(asked).toHaveLength(1);
    publish(first);
    await clock.advance(3000);
    expect(await read(token)).toMatchObject({ userId: 'alice' });
  });

  it('of which one is missing while the issuer is away leave it open whether the token is good', async () => {
    const { read, sign, clock, documents, publish, codeOf } = world();
    await read(await sign(first));
    documents.delete(jwksUrl);
    await clock.advance(60_000);
    expect(await codeOf(await sign(second))).toBe('UPSTREAM_UNAVAILABLE');
    expect(await codeOf(await sign(first, { sub: 'bob' }))).toBe('read');
    publish(first, second);
    await clock.advance(5000);
    expect(await codeOf(await sign(second))).toBe('read');
  });

  it.each<[string, unknown]>([
    ['another status', new Response('no', { status: 500 })],
    ['no JSON', new Response('<html>')],
    ['no keys', { keys: 'none' }],
    ['no end', new Response('x'.repeat(600_000))],
  ])('with %s are as none', async (_case, document) => {
    const { sign, documents, codeOf } = world();
    documents.set(jwksUrl, document);
    expect(await codeOf(await sign(first))).toBe('UPSTREAM_UNAVAILABLE');
  });

  it('are not waited for longer than 5 s', async () => {
    const clock = createManualClock();
    const fetch = (_input: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const tokens = createUserTokens({ issuers: () => [issuerSettings], fetch, clock, log: silentLog });
    const token = await signToken(first, clock.now());
    const reading = Promise.resolve(tokens.read(token));
    await expect(clock.until(reading)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(clock.monotonic()).toBe(5000);
  });

  it('are found by the discovery document, if it is the issuer’s own', async () => {
    const { sign, documents, asked, codeOf, clock } = world({ ...issuerSettings, jwksUrl: null });
    const discovery = `${issuerName}/.well-known/openid-configuration`;
    documents.set(discovery, { issuer: 'https://evil.example.com', jwks_uri: jwksUrl });
    expect(await codeOf(await sign(first))).toBe('UPSTREAM_UNAVAILABLE');
    documents.set(discovery, { issuer: issuerName, jwks_uri: 'http://login.example.com/keys' });
    await clock.advance(5000);
    expect(await codeOf(await sign(first))).toBe('UPSTREAM_UNAVAILABLE');
    documents.set(discovery, { issuer: issuerName, jwks_uri: jwksUrl });
    await clock.advance(5000);
    expect(await codeOf(await sign(first))).toBe('read');
    expect(asked).toEqual([discovery, discovery, discovery, jwksUrl]);
  });
});

describe('several issuers', () => {
  const other = {
    ...issuerSettings,
    issuer: 'https://other.example.com',
    jwksUrl: 'https://other.example.com/keys',
    organization: 'Other',
  };

  it('are told apart by what a token says, each with its own keys', async () => {
    const { sign, read, documents, codeOf } = world(issuerSettings, other);
    documents.set(other.jwksUrl, { keys: [second.publicJwk] });
    expect(await read(await sign(first))).toMatchObject({ organization: 'Acme' });
    expect(await read(await sign(second, { iss: other.issuer }))).toMatchObject({ organization: 'Other' });
    expect(await codeOf(await sign(first, { iss: other.issuer }))).toBe('UNAUTHENTICATED');
    expect(await codeOf(await sign(second))).toBe('UNAUTHENTICATED');
  });

  it('are those of the configuration in force', async () => {
    const { sign, read, state, codeOf, asked } = world();
    const token = await sign(first);
    await read(token);
    state.issuers = [{ ...issuerSettings, organization: 'Renamed' }];
    expect(await read(token)).toMatchObject({ organization: 'Renamed' });
    expect(asked).toHaveLength(1);
    state.issuers = [];
    expect(await codeOf(token)).toBe('UNAUTHENTICATED');
  });
});
