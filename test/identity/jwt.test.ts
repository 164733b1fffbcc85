import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GatewayError } from '../../src/domain/errors.ts';
import { issuerWorld, jwksUrl } from '../support/issuerWorld.ts';
import type { SigningKey } from '../support/tokenIssuer.ts';
import { issuerName, joinToken, newSigningKey } from '../support/tokenIssuer.ts';

let first: SigningKey;
let rsa: SigningKey;

beforeAll(async () => {
  [first, rsa] = await Promise.all([newSigningKey('first'), newSigningKey('rsa', 'RS256')]);
});

const world = () => issuerWorld(first);

const seconds = (ms: number) => Math.floor(ms / 1000);

describe('a token', () => {
  it('that its issuer has signed says who its user is, and until when', async () => {
    const { read, sign, clock } = world();
    const user = await read(await sign(first));
    expect(user).toEqual({
      issuer: issuerName,
      organization: 'Acme',
      team: 'Search',
      userId: 'alice',
      name: 'Alice',
      scopes: new Set(['MODELS_READ']),
      expiresAt: clock.now() + 330_000,
    });
  });

  it('that was read is remembered until it ends, and then refused', async () => {
    const { tokens, read, sign, clock } = world();
    const token = await sign(first);
    const user = await read(token);
    expect(tokens.read(token)).toBe(user);
    await clock.advance(329_999);
    expect(tokens.read(token)).toBe(user);
    await clock.advance(1);
    await expect(read(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'The token has expired.' });
    await expect(read(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'The token has expired.' });
  });

  it('whose key its issuer has withdrawn is refused when it is verified anew', async () => {
    const { read, sign, publish, clock } = world();
    const token = await sign(first, { exp: seconds(clock.now()) + 3600 });
    await read(token);
    publish(rsa);
    await clock.advance(600_000);
    const message = 'The token is signed with a key that its issuer does not publish.';
    await expect(read(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message });
  });

  it('is verified once, however many ask at once', async () => {
    const { tokens, sign, asked } = world();
    const token = await sign(first);
    const [one, two] = [tokens.read(token), tokens.read(token)];
    expect(one).toBe(two);
    await one;
    expect(asked).toEqual([jwksUrl]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['The token is not meant for this gateway: its audience is another.', { aud: 'another' }],
    ['The token is not meant for this gateway: its audience is another.', { aud: undefined }],
    ['The token does not say when it ends.', { exp: undefined }],
    ['The token does not say who its user is, in 1 to 200 characters.', { sub: undefined }],
    ['The token does not say who its user is, in 1 to 200 characters.', { sub: 'a\u0000b' }],
    ['The token does not say who its user is, in 1 to 200 characters.', { sub: 'x'.repeat(201) }],
  ])('is refused: %s', async (message, claims) => {
    const { read, sign } = world();
    await expect(read(await sign(first, claims))).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message });
  });

  it('is let in when its clock differs by less than 30 s, and not beyond', async () => {
    const { read, sign, clock } = world();
    const now = seconds(clock.now());
    await read(await sign(first, { exp: now - 29 }));
    await read(await sign(first, { nbf: now + 30 }));
    await expect(read(await sign(first, { exp: now - 30 }))).rejects.toMatchObject({ message: 'The token has expired.' });
    await expect(read(await sign(first, { nbf: now + 31 }))).rejects.toMatchObject({ message: 'The token is not valid yet.' });
  });

  it('of an issuer that is not trusted is refused, and nobody is asked for its keys', async () => {
    const { read, sign, asked } = world();
    const message = 'The token comes from an issuer that is not trusted here.';
    await expect(read(await sign(first, { iss: 'https://evil.example.com' }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message });
    await expect(read(await sign(first, { iss: undefined }))).rejects.toMatchObject({ message });
    expect(asked).toEqual([]);
  });

  it.each(['a.b.c', 'e30.e30.', 'e30.bnVsbA.', `e30.${Buffer.from('{"iss":1}').toString('base64url')}.x`])(
    'that is no token is refused: %s',
    async (token) => {
      const { read, asked } = world();
      await expect(read(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(asked).toEqual([]);
    },
  );

  it('that is not signed at all is refused before a key is looked for', async () => {
    const { read, asked, clock } = world();
    const claims = { iss: issuerName, aud: 'modelgraph', sub: 'alice', exp: seconds(clock.now()) + 300 };
    for (const alg of ['none', 'None', 'HS256', 'RS512', 'dir'])
      await expect(read(joinToken({ alg }, claims, 'c2ln'))).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
        message: 'The token is signed with an algorithm that is not allowed for its issuer.',
      });
    await expect(read(joinToken({ alg: 'none' }, claims))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked).toEqual([]);
  });

  it('that is signed with the public key as if it were a shared secret is refused', async () => {
    const { read, publish, clock } = world();
    publish(rsa);
    const publicKey = await importJWK(rsa.publicJwk, 'RS256', { extractable: true });
    if (publicKey instanceof Uint8Array) throw new Error('This is no public key.');
    const claims = { iss: issuerName, aud: 'modelgraph', sub: 'alice', exp: seconds(clock.now()) + 300 };
    const unsigned = joinToken({ alg: 'HS256', kid: 'rsa' }, claims).slice(0, -1);
    const signature = createHmac('sha256', await exportSPKI(publicKey))
      .update(unsigned)
      .digest('base64url');
    await expect(read(`${unsigned}.${signature}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('whose claims were changed after it was signed is refused', async () => {
    const { read, sign } = world();
    const [header, , signature] = (await sign(first)).split('.');
    const [, claims] = (await sign(first, { sub: 'mallory' })).split('.');
    const message = 'The signature of the token is wrong.';
    await expect(read(`${header}.${claims}.${signature}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message });
  });

  it('that is longer than any should be is refused unread', async () => {
    const { read, asked } = world();
    await expect(read(`a.${'x'.repeat(20_000)}.c`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked).toEqual([]);
  });

  it('says nothing of itself in the refusal', async () => {
    const { read, sign } = world();
    const error: GatewayError = await read(await sign(first, { aud: 'secret-audience' })).catch((thrown) => thrown);
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain('secret');
  });
});
