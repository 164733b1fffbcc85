import { expect, test } from 'vitest';
import { encodeFrames } from '../../src/server/frame.ts';

test.each([
  [0, '8100'],
  [125, '817d'],
  [126, '817e007e'],
  [65_535, '817effff'],
  [65_536, '817f0000000000010000'],
])('a text of %i bytes stands behind the head of RFC 6455', (length, head) => {
  const text = 'x'.repeat(length);
  expect(encodeFrames([text]).toString('latin1')).toBe(Buffer.from(head, 'hex').toString('latin1') + text);
});

test('lengths count bytes, and frames follow each other', () => {
  const texts = ['€uro', '', 'ü'.repeat(63)];
  expect(encodeFrames(texts)).toEqual(Buffer.concat(texts.map((text) => encodeFrames([text]))));
  expect(encodeFrames(['€'])).toEqual(Buffer.concat([Buffer.from([0x81, 3]), Buffer.from('€')]));
});
