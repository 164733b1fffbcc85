import { describe, expect, it } from 'vitest';
import type { FailedTry } from '../../src/gateway/alertRetry.ts';
import { nextTryAt, verdictOf } from '../../src/gateway/alertRetry.ts';

const dayMs = 86_400_000;
const limits = { attempts: 30, firstDelayMs: 5000, mostDelayMs: 3_600_000 };

function next(changes: Partial<FailedTry>): number | null {
  return nextTryAt({ attempts: 1, createdAt: 0, now: 0, retryAfter: null, limits, draw: 0.5, ...changes });
}

describe('a message that was not taken', () => {
  it('waits twice as long after each try, up to a bound', () => {
    expect([1, 2, 3, 4, 10, 11, 20].map((attempts) => next({ attempts }))).toEqual([
      5000, 10_000, 20_000, 40_000, 2_560_000, 3_600_000, 3_600_000,
    ]);
  });

  it('waits a quarter more or less by chance', () => {
    expect([next({ draw: 0 }), next({ draw: 1 })]).toEqual([3750, 6250]);
  });

  it('is given up after so many tries', () => {
    expect(next({ attempts: 29 })).toBe(3_600_000);
    expect(next({ attempts: 30 })).toBeNull();
  });

  it('is given up when the next try would be more than a day after the first', () => {
    expect(next({ now: dayMs - 5000 })).toBe(dayMs);
    expect(next({ now: dayMs - 4999 })).toBeNull();
  });

  it.each([
    ['seconds', '120', 1_120_000],
    ['a date', new Date(1_300_000).toUTCString(), 1_300_000],
    ['less than is waited anyway', '1', 1_005_000],
    ['a date that has passed', new Date(0).toUTCString(), 1_005_000],
    ['no sense', 'soon', 1_005_000],
    ['more than a day', '90000', null],
  ])('waits as long as its receiver asks: %s', (_form, retryAfter, expected) => {
    expect(next({ now: 1_000_000, retryAfter })).toBe(expected);
  });
});

describe('an answer', () => {
  it.each([
    [200, 'DELIVERED'],
    [204, 'DELIVERED'],
    [301, 'AGAIN'],
    [400, 'AGAIN'],
    [410, 'GONE'],
    [429, 'AGAIN'],
    [503, 'AGAIN'],
  ] as const)('of %d is %s', (status, verdict) => {
    expect(verdictOf({ type: 'ANSWERED', status, retryAfter: null })).toBe(verdict);
  });

  it('that did not come is asked for again', () => {
    expect(verdictOf({ type: 'FAILED', fault: 'TIMEOUT' })).toBe('AGAIN');
  });
});
