import { expect, it } from 'vitest';
import { tallyLines } from './tallyReporter.ts';

const green = { passed: 12, failed: 0, skipped: [], formats: new Map() };

it('ends with the count alone on a line', () => {
  expect(tallyLines(green, []).at(-1)).toBe('12 passed, 0 failed');
});

it('names what was skipped and counts it', () => {
  const lines = tallyLines({ ...green, skipped: ['test/system/llama.test.ts > streams (no llama-server)'] }, []);
  expect(lines.slice(-2)).toEqual(['skipped: test/system/llama.test.ts > streams (no llama-server)', '12 passed, 0 failed, 1 skipped']);
});

it('says how many cases each wire format ran', () => {
  expect(tallyLines({ ...green, formats: new Map([['openaiChat', 41]]) }, [])).toContain('format openaiChat: 41 cases');
});

it('fails for a shipped format that ran no case', () => {
  const lines = tallyLines(green, ['anthropic']);
  expect(lines).toContain('format anthropic: no case ran, though src/providers/anthropic ships');
  expect(lines.at(-1)).toBe('12 passed, 1 failed');
});
