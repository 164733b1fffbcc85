import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';

const secrets = createApiKeySecrets();
/** 32 zero bytes, without a checksum. */
const zeros = `mg_live_${'A'.repeat(43)}`;

describe('an API key', () => {
  it('has the published form and reads back as what was issued', () => {
    const issued = secrets.issue();
    expect(issued.secret).toMatch(/^mg_live_[A-Za-z0-9_-]{43}[A-Za-z0-9]{6}$/);
    expect(secrets.read(issued.secret)).toEqual(issued);
  });

  it('is kept as its SHA-256, first twelve and last four characters', () => {
    const { secret, hash, prefix, lastFour } = secrets.issue();
    expect(hash).toBe(createHash('sha256').update(secret).digest('hex'));
    expect(secret.startsWith(prefix)).toBe(true);
    expect(prefix).toHaveLength(12);
    expect(secret.endsWith(lastFour)).toBe(true);
    expect(lastFour).toHaveLength(4);
  });

  it('is never issued twice', () => {
    expect(new Set(Array.from({ length: 1000 }, () => secrets.issue().secret)).size).toBe(1000);
  });

  it('is refused with any one character mistyped', () => {
    const { secret } = secrets.issue();
    for (let place = 0; place < secret.length; place += 1) {
      const typed = secret.charAt(place) === 'x' ? 'y' : 'x';
      expect(secrets.read(`${secret.slice(0, place)}${typed}${secret.slice(place + 1)}`)).toBeNull();
    }
  });

  it('is refused with two neighbours swapped', () => {
    const { secret } = secrets.issue();
    for (let place = 8; place < 50; place += 1) {
      const [left, right] = [secret.charAt(place), secret.charAt(place + 1)];
      if (left !== right) expect(secrets.read(secret.slice(0, place) + right + left + secret.slice(place + 2))).toBeNull();
    }
  });

  it.each([
    '',
    'mg_live_',
    'Bearer x',
    `mg_test_${'A'.repeat(49)}`,
    `${zeros}00000`,
    `${zeros}0000000`,
    ` ${zeros}000000`,
    `${zeros}00000é`,
    '\u0000'.repeat(57),
  ])('is not %j', (text) => {
    expect(secrets.read(text)).toBeNull();
  });

  it('has a checksum that others can compute: CRC-32 of the 43 characters in base 62', () => {
    expect(secrets.read(`${zeros}0DofJ8`)).toMatchObject({ prefix: 'mg_live_AAAA', lastFour: 'ofJ8' });
  });

  it('is refused when it spells the same bytes in another way, even with the right checksum', () => {
    const other = `${'A'.repeat(42)}B`;
    expect(Buffer.from(other, 'base64url')).toEqual(Buffer.alloc(32));
    expect(secrets.read(`mg_live_${other}2jKHjY`)).toBeNull();
  });
});
