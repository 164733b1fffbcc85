import { describe, expect, it } from 'vitest';
import { isInRange, liesWithin, readAddressRange, readAddressRanges } from '../../src/domain/addressRange.ts';

describe('an address', () => {
  it.each<[address: string, range: string, within: boolean]>([
    ['203.0.113.9', '203.0.113.9', true],
    ['203.0.113.8', '203.0.113.9', false],
    ['10.255.255.255', '10.0.0.0/8', true],
    ['11.0.0.0', '10.0.0.0/8', false],
    ['10.1.2.3', '10.9.9.9/8', true],
    ['192.0.2.129', '192.0.2.128/25', true],
    ['192.0.2.127', '192.0.2.128/25', false],
    ['8.8.8.8', '0.0.0.0/0', true],
    ['2001:db8::5', '0.0.0.0/0', false],
    ['2001:db8::5', '2001:db8::/32', true],
    ['2001:DB8:0:0:0:0:0:5', '2001:db8::5', true],
    ['2001:db9::5', '2001:db8::/32', false],
    ['::1', '::1/128', true],
    ['::', '::/0', true],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff::/16', true],
    ['fe80::1%eth0', 'fe80::/10', true],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['::ffff:a01:203', '10.1.2.3', true],
    ['64:ff9b::10.1.2.3', '10.0.0.0/8', false],
    ['unknown', '0.0.0.0/0', false],
    ['', '::/0', false],
  ])('%s is looked for in %s: %s', (address, text, within) => {
    expect(isInRange(readAddressRanges([text]), address)).toBe(within);
  });

  it('may be in any of several ranges, and is in none of none', () => {
    expect(isInRange(readAddressRanges(['192.0.2.1', '10.0.0.0/8']), '10.1.1.1')).toBe(true);
    expect(isInRange([], '10.1.1.1')).toBe(false);
  });
});

describe('a range', () => {
  it.each([
    '',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.256',
    '010.0.0.1',
    '1.2.3.4.5',
    '::1/129',
    ':1',
    '1:',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    '1.2.3.4::',
    '::1.2.3',
    'localhost',
  ])('is not "%s"', (text) => expect(readAddressRange(text)).toBeNull());

  it('is refused with its place, and so is a list without any', () => {
    expect(() => readAddressRanges(['10.0.0.0/8', '10.0.0.0/33'])).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', message: expect.stringContaining('allowedAddresses[1]') }),
    );
    for (const texts of [[], new Array<string>(101).fill('::1')])
      expect(() => readAddressRanges(texts)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });

  it.each<[ranges: readonly string[], others: readonly string[], within: boolean]>([
    [['10.1.0.0/16', '192.0.2.1'], ['192.0.2.0/24', '10.0.0.0/8'], true],
    [['10.0.0.0/7'], ['10.0.0.0/8'], false],
    [['10.0.0.0/8'], ['::/0'], true],
    [['::/0'], ['0.0.0.0/0'], false],
  ])('%j lies within %j: %s', (ranges, others, within) => {
    expect(liesWithin(readAddressRanges(ranges), readAddressRanges(others))).toBe(within);
  });
});
