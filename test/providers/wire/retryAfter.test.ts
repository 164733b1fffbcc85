import { describe, expect, it } from 'vitest';
import { readRetryAfter } from '../../../src/providers/wire/retryAfter.ts';

const nowMs = Date.UTC(2026, 0, 1);

describe('readRetryAfter', () => {
  it.each([
    ['milliseconds', { 'retry-after-ms': '120', 'retry-after': '9' }, null, 120],
    ['the milliseconds of Azure', { 'x-ms-retry-after-ms': '250' }, null, 250],
    ['seconds', { 'retry-after': '2' }, null, 2000],
    ['parts of seconds', { 'retry-after': '0.5' }, null, 500],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, null, 30_000],
    ['a date that is past', { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, null, 0],
    ['the body of Google', {}, { error: { details: [{ '@type': 'x' }, { retryDelay: '34s' }] } }, 34_000],
    ['a sentence', {}, { error: { message: 'Rate limit reached. Please try again in 1m7.66s. Visit us.' } }, 67_660],
    ['a sentence in milliseconds', {}, { error: { message: 'Please try again in 345ms.' } }, 345],
    ['words instead of a number', { 'retry-after': 'soon' }, null, null],
    ['nothing', {}, { error: { message: 'Slow down' } }, null],
  ] as const)('reads %s', (...[, headers, body, expected]) => {
    expect(readRetryAfter({ headers, body, nowMs })).toBe(expected);
  });
});
