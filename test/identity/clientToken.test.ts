import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ClientTokenClaims } from '../../src/domain/clientToken.ts';
import { toId } from '../../src/domain/id.ts';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { createClientTokens } from '../../src/identity/clientToken.ts';

const tokens = createClientTokens(new Uint8Array(32).fill(1));

const claims: ClientTokenClaims = {
  id: toId('019a0000-0000-7000-8000-000000000001'),
  apiKeyId: toId('019a0000-0000-7000-8000-000000000002'),
  userId: toId('Zoë "z" \\ <zoe@example>'),
  scopes: ['MODELS_READ', 'COMPLETIONS_WRITE'],
  models: ['acme/chat'],
  maxOutputTokens: 40,
  limits: [{ id: toId('019a0000-0000-7000-8000-000000000003'), meter: 'SPEND', limit: 2n ** 63n - 1n }],
  issuedAt: 1000,
  expiresAt: 61_000,
};

describe('a client token', () => {
  it('is read as it was made, by every gateway with the same secret', () => {
    expect(createClientTokens(new Uint8Array(32).fill(1)).read(tokens.issue(claims))).toEqual(claims);
    const plain = { ...claims, userId: null, models: null, maxOutputTokens: null, limits: [] };
    expect(tokens.read(tokens.issue(plain))).toEqual(plain);
  });

  it('has a form of its own, which fits a header', () => {
    expect(tokens.issue(claims)).toMatch(/^mg_ct_[\w-]+\.[\w-]{43}$/);
    expect(tokens.isOne(tokens.issue(claims))).toBe(true);
    expect(tokens.isOne(createApiKeySecrets().issue().secret)).toBe(false);
  });

  it('is not read under another secret', () => {
    expect(createClientTokens(new Uint8Array(32).fill(2)).read(tokens.issue(claims))).toBeNull();
  });

  it('is not read when any of its characters was changed, and not in part', () => {
    const token = tokens.issue(claims);
    // The last character has two bits that say nothing.
    for (let place = 0; place < token.length - 1; place++) {
      const other = token[place] === 'A' ? 'B' : 'A';
      expect(tokens.read(`${token.slice(0, place)}${other}${token.slice(place + 1)}`)).toBeNull();
    }
    for (const part of [
      '',
      'mg_ct_',
      'mg_ct_.',
      token.slice(0, -1),
      token.slice(0, token.indexOf('.')),
      `${token}A`,
      ` ${token}`,
      `${token}\n`,
    ])
      expect(tokens.read(part)).toBeNull();
  });

  it('cannot be widened by whoever holds it', () => {
    const [payload = '', signature = ''] = tokens.issue(claims).slice('mg_ct_'.length).split('.');
    const said = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const wider = Buffer.from(JSON.stringify({ ...said, scopes: ['ADMIN'], until: 9e15 })).toString('base64url');
    expect(tokens.read(`mg_ct_${wider}.${signature}`)).toBeNull();
    const guessed = createHmac('sha256', new Uint8Array(32)).update(`mg_ct_${wider}`).digest('base64url');
    expect(tokens.read(`mg_ct_${wider}.${guessed}`)).toBeNull();
  });
});
