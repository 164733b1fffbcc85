import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilToNanodollars, readUsd, readUsdPerMillion, writeUsd, writeUsdPerCall, writeUsdPerMillion } from '../../src/domain/money.ts';

const amounts = fc.bigInt({ min: -(10n ** 23n), max: 10n ** 23n });

describe('money', () => {
  it('is read as it was written', async () => {
    await fc.assert(
      fc.property(amounts, (amount) => {
        expect(readUsd(writeUsd(amount))).toBe(amount);
        expect(readUsdPerMillion(writeUsdPerMillion(amount / 1000n))).toBe(amount / 1000n);
      }),
      { seed: 1 },
    );
  });

  it.each([
    ['0.05', 50_000_000n],
    ['0', 0n],
    ['-1.5', -1_500_000_000n],
    ['0.000000001', 1n],
    ['1.10000000000', 1_100_000_000n],
    ['0.0000000001', null],
    ['1e3', null],
    ['1.', null],
    ['.5', null],
    ['+1', null],
    ['1,5', null],
    [' 1', null],
    ['', null],
    ['1234567890123456', null],
  ])('reads %j as %s nanodollars', (text, amount) => {
    expect(readUsd(text)).toBe(amount);
  });

  it('is written exactly and without trailing zeros', () => {
    expect([writeUsd(50_000_000n), writeUsd(1n), writeUsd(-2_000_000_000n), writeUsd(0n)]).toEqual(['0.05', '0.000000001', '-2', '0']);
    expect(writeUsdPerCall(1_500_000n)).toBe('0.0000015');
  });

  it('is rounded up, so that no fraction is given away', () => {
    expect([ceilToNanodollars(0n), ceilToNanodollars(1n), ceilToNanodollars(1000n), ceilToNanodollars(1001n)]).toEqual([0n, 1n, 1n, 2n]);
  });
});
