import type { ComingBack, LeaseReport } from '../../src/ports/quota.ts';

interface Slide {
  readonly slidingMs: number;
  readonly ageMs: number;
  readonly amount: bigint;
}

/** What counts of sliding windows, as the database keeps it: by sixtieths of the window. */
export interface FakeSlides {
  add(budgetId: string, slide: Slide): void;
  /** What a report has spent beyond what was booked before. */
  spend(budgetId: string, booking: { readonly before: bigint; readonly report: LeaseReport; readonly slidingMs: number }): void;
  comingBack(budgetId: string): readonly ComingBack[];
  /** Null: it does not slide, as far as was reported. */
  lengthOf(budgetId: string): number | null;
}

export function createFakeSlides(now: () => number): FakeSlides {
  const lengths = new Map<string, number>();
  const amounts = new Map<string, Map<number, bigint>>();

  const slides: FakeSlides = {
    add(budgetId, { slidingMs, ageMs, amount }) {
      const part = slidingMs / 60;
      const backAt = (Math.floor((now() - ageMs) / part) + 1.5) * part + slidingMs;
      const own = amounts.get(budgetId) ?? new Map<number, bigint>();
      amounts.set(budgetId, own.set(backAt, (own.get(backAt) ?? 0n) + amount));
    },
    spend(budgetId, { before, report, slidingMs }) {
      lengths.set(budgetId, slidingMs);
      let booked = before;
      for (const { upto, ageMs } of [...report.held, { upto: report.spent, ageMs: 0 }]) {
        const end = upto < report.spent ? upto : report.spent;
        if (end > booked) slides.add(budgetId, { slidingMs, ageMs, amount: end - booked });
        if (end > booked) booked = end;
      }
    },
    comingBack(budgetId) {
      const own = [...(amounts.get(budgetId) ?? [])].filter(([backAt, amount]) => backAt > now() && amount > 0n);
      return own.sort(([left], [right]) => left - right).map(([backAt, amount]) => ({ amount, afterMs: Math.ceil(backAt - now()) }));
    },
    lengthOf: (budgetId) => lengths.get(budgetId) ?? null,
  };
  return slides;
}
