import type { BudgetWindow } from './budget.ts';

/** A half-open span of time in milliseconds since 1970; `end` is null when it never ends. */
export interface Period {
  readonly start: number;
  readonly end: number | null;
}

/** A limit of a minute holds in every span of this length, wherever it begins. */
export const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** A minute has no periods: it slides. */
export type PeriodWindow = Exclude<BudgetWindow, 'MINUTE'>;

/** The calendar period of `window` that holds `at`, in the given time zone. Weeks begin on Monday. */
export function periodAt(window: PeriodWindow, at: number, timeZone: string): Period {
  switch (window) {
    case 'TOTAL':
      return { start: 0, end: null };
    case 'HOUR': {
      // Some zones are off by 30 or 45 minutes, so the hour is the zone's own.
      const offset = offsetMs(at, timeZone);
      const { start } = floorTo(at + offset, hourMs);
      return { start: start - offset, end: start - offset + hourMs };
    }
    case 'DAY':
      return localDays(at, timeZone, (date) => [date, addDays(date, 1)]);
    case 'WEEK':
      return localDays(at, timeZone, (date) => {
        const monday = addDays(date, -((new Date(date).getUTCDay() + 6) % 7));
        return [monday, addDays(monday, 7)];
      });
    case 'MONTH':
      return localDays(at, timeZone, (date) => {
        const day = new Date(date);
        return [Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1), Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1)];
      });
    default:
      return window satisfies never;
  }
}

/** Whether the machine knows this IANA time zone. No offset is one: PostgreSQL reads its sign the other way round. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

function floorTo(at: number, step: number): { start: number; end: number } {
  const start = Math.floor(at / step) * step;
  return { start, end: start + step };
}

function addDays(date: number, days: number): number {
  return date + days * dayMs;
}

/** Bounds are worked out on the local calendar (as if it were UTC), then turned into instants, each with its own offset. */
function localDays(at: number, timeZone: string, bounds: (localDate: number) => readonly [number, number]): Period {
  const localDate = floorTo(at + offsetMs(at, timeZone), dayMs).start;
  const [start, end] = bounds(localDate);
  return { start: toInstant(start, timeZone), end: toInstant(end, timeZone) };
}

/** When the zone's clock first shows this local time; where it leaps over that, the moment of the leap. */
function toInstant(local: number, timeZone: string): number {
  const guess = local - offsetMs(local, timeZone);
  // The offset at the wrong side of a clock change is corrected by asking again at the first answer.
  const corrected = local - offsetMs(guess, timeZone);
  const shown = local - offsetMs(corrected, timeZone) === corrected;
  return shown ? corrected : Math.max(guess, corrected);
}

/** How far the zone's clock is ahead of UTC at this instant. */
function offsetMs(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const fields: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
