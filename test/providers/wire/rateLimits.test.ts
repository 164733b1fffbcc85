import { describe, expect, it } from 'vitest';
import { exhaustedUntil } from '../../../src/domain/rateLimits.ts';
import { readRateLimits } from '../../../src/providers/wire/rateLimits.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const later = (ms: number) => nowMs + ms;

describe("a provider's word on its rate limits", () => {
  it.each([
    ['6m0s', 360_000],
    ['120ms', 120],
    ['1m7.66s', 67_660],
    ['2h', 7_200_000],
    ['7', 7000],
    ['0.5', 500],
    ['2026-11-22T12:00:34Z', 34_000],
    ['2026-11-22T13:00:34+01:00', 34_000],
    ['soon', null],
    ['2026-99-99T00:00:00Z', null],
    ['', null],
  ])('resets by %j', (reset, ms) => {
    const headers = { 'x-ratelimit-remaining-requests': '3', 'x-ratelimit-reset-requests': reset };
    expect(readRateLimits(headers, nowMs)).toEqual({ requests: { remaining: 3, resetsAt: ms === null ? null : later(ms) }, tokens: null });
  });

  it('is that of the kind of tokens of which the fewest are left', () => {
    const headers = {
      'anthropic-ratelimit-requests-remaining': '49',
      'anthropic-ratelimit-requests-reset': '2026-11-22T12:00:01Z',
      'anthropic-ratelimit-tokens-remaining': '5000',
      'anthropic-ratelimit-tokens-reset': '2026-11-22T12:00:02Z',
      'anthropic-ratelimit-input-tokens-remaining': '4000',
      'anthropic-ratelimit-input-tokens-reset': '2026-11-22T12:00:03Z',
      'anthropic-ratelimit-output-tokens-remaining': '0',
      'anthropic-ratelimit-output-tokens-reset': '2026-11-22T12:00:04Z',
    };
    const limits = readRateLimits(headers, nowMs);
    expect(limits).toEqual({ requests: { remaining: 49, resetsAt: later(1000) }, tokens: { remaining: 0, resetsAt: later(4000) } });
    expect(limits === null ? null : exhaustedUntil(limits)).toBe(later(4000));
  });

  it.each([
    [{}],
    [{ 'x-ratelimit-reset-requests': '1s' }],
    [{ 'x-ratelimit-remaining-requests': 'many', 'x-ratelimit-remaining-tokens': '-1' }],
  ])('is none in %j', (headers) => {
    expect(readRateLimits(headers, nowMs)).toBeNull();
  });

  it('leaves nothing only where something is at 0, and says until when', () => {
    const none = { remaining: 0, resetsAt: later(5) };
    expect(exhaustedUntil({ requests: none, tokens: { remaining: 0, resetsAt: later(9) } })).toBe(later(9));
    expect(exhaustedUntil({ requests: none, tokens: { remaining: 1, resetsAt: later(9) } })).toBe(later(5));
    expect(exhaustedUntil({ requests: { remaining: 0, resetsAt: null }, tokens: null })).toBeNull();
  });
});
