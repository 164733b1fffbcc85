import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PeriodWindow } from '../../src/domain/period.ts';
import { isTimeZone, periodAt } from '../../src/domain/period.ts';

const hourMs = 3_600_000;
const windows: readonly PeriodWindow[] = ['TOTAL', 'HOUR', 'DAY', 'WEEK', 'MONTH'];
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Havana',
  'Asia/Beirut',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

function span(window: PeriodWindow, at: string, timeZone: string): readonly (string | null)[] {
  const { start, end } = periodAt(window, Date.parse(at), timeZone);
  return [new Date(start).toISOString(), end === null ? null : new Date(end).toISOString()];
}

function hoursOf(window: PeriodWindow, at: string, timeZone: string): number {
  const { start, end } = periodAt(window, Date.parse(at), timeZone);
  return ((end ?? 0) - start) / hourMs;
}

describe('a period', () => {
  it('holds the moment it was asked for, in every zone and window', async () => {
    const moments = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) });
    await fc.assert(
      fc.property(moments, fc.constantFrom(...windows), fc.constantFrom(...zones), (at, window, zone) => {
        const { start, end } = periodAt(window, at, zone);
        expect(start).toBeLessThanOrEqual(at);
        expect(end ?? Number.POSITIVE_INFINITY).toBeGreaterThan(at);
      }),
      { seed: 5, numRuns: 1000 },
    );
  });

  it.each(zones)('of a day, week or month in %s is the same wherever in it one asks, and the next begins where it ends', async (zone) => {
    const moments = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) });
    await fc.assert(
      fc.property(moments, fc.constantFrom<PeriodWindow>('DAY', 'WEEK', 'MONTH'), (at, window) => {
        const period = periodAt(window, at, zone);
        const end = period.end ?? 0;
        expect(periodAt(window, period.start, zone)).toEqual(period);
        expect(periodAt(window, end - 1, zone)).toEqual(period);
        expect(periodAt(window, end, zone).start).toBe(end);
      }),
      { seed: 6, numRuns: 60 },
    );
  });

  it('of a day has 23 hours when the clock goes forward, and 25 when it goes back', () => {
    expect(hoursOf('DAY', '2026-03-29T12:00Z', 'Europe/Berlin')).toBe(23);
    expect(hoursOf('DAY', '2026-10-25T12:00Z', 'Europe/Berlin')).toBe(25);
    expect(span('DAY', '2026-03-29T12:00Z', 'Europe/Berlin')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  });

  it('of a week begins on Monday, also across a change of the clock', () => {
    expect(span('WEEK', '2026-03-29T12:00Z', 'Europe/Berlin')).toEqual(['2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  });

  it('of a month has the hours of its own days', () => {
    expect(hoursOf('MONTH', '2026-03-10T00:00Z', 'Europe/Berlin')).toBe(31 * 24 - 1);
    expect(span('MONTH', '2026-12-31T23:59Z', 'UTC')).toEqual(['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z']);
    expect(span('MONTH', '2026-12-31T23:59Z', 'Europe/Berlin')[0]).toBe('2026-12-31T23:00:00.000Z');
  });

  it('of an hour is the hour of the zone, where zones are off by half an hour', () => {
    expect(span('HOUR', '2026-05-01T10:10Z', 'Asia/Kolkata')).toEqual(['2026-05-01T09:30:00.000Z', '2026-05-01T10:30:00.000Z']);
    expect(span('HOUR', '2026-05-01T10:10Z', 'Asia/Kathmandu')).toEqual(['2026-05-01T09:15:00.000Z', '2026-05-01T10:15:00.000Z']);
  });

  it('of a day whose midnight the clock leaps over begins where the leap is', () => {
    expect(span('DAY', '2026-03-08T12:00Z', 'America/Havana')).toEqual(['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z']);
    expect(span('DAY', '2026-03-08T04:30Z', 'America/Havana')).toEqual(['2026-03-07T05:00:00.000Z', '2026-03-08T05:00:00.000Z']);
    expect(span('DAY', '2025-03-30T12:00Z', 'Asia/Beirut')[0]).toBe('2025-03-29T22:00:00.000Z');
  });

  it('of the whole never ends', () => {
    expect(periodAt('TOTAL', 5, 'UTC')).toEqual({ start: 0, end: null });
  });
});

describe('a time zone', () => {
  it('is known by its IANA name', () => {
    expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });

  it('is no offset, whose sign the database would read the other way round', () => {
    expect(['+02:00', '-0800', '+14'].map(isTimeZone)).toEqual([false, false, false]);
  });
});
