import { expect, test } from 'vitest';
import { closeReason } from '../../src/server/closeCode.ts';

test('a reason fits into a control frame', () => {
  expect(closeReason('The API key has expired.')).toBe('The API key has expired.');
  const long = closeReason('ü'.repeat(200));
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(123);
  expect(long).toMatch(/^ü+\.\.\.$/);
});
