import type { Attempt } from '../domain/attempt.ts';
import { sumCosts, sumUsages } from '../domain/attempt.ts';
import type { BudgetDraw } from '../domain/budget.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Nanodollars } from '../domain/money.ts';
import type { FinishReason } from '../domain/providerEvent.ts';
import type { CallStart, Outcome, UsageEvent } from '../domain/usageEvent.ts';
import type { Route } from './router.ts';

/** How a call ended. */
export interface CallSummary {
  readonly outcome: Outcome;
  readonly errorCode: ErrorCode | null;
  readonly firstTokenMs: number | null;
  readonly finishReason: FinishReason | null;
  readonly providerFinishReason: string | null;
  /** What the measured usage would have cost in plain order; null when there was no choice. */
  readonly plainCost: Nanodollars | null;
}

export interface EndedCall {
  readonly start: CallStart;
  readonly attempts: readonly Attempt[];
  readonly last: Route | null;
  readonly summary: CallSummary;
  readonly draws: readonly BudgetDraw[];
  readonly durationMs: number;
}

/** The row that closes a call's account. */
export function toUsageEvent({ start, attempts, last, summary, draws, durationMs }: EndedCall): UsageEvent {
  const { plainCost, ...ending } = summary;
  const cost = sumCosts(attempts);
  return {
    ...start,
    ...ending,
    model: last?.model.slug ?? null,
    provider: last?.offer.provider ?? null,
    offer: last?.offer.id ?? null,
    region: last?.offer.region ?? null,
    simulated: last?.offer.simulated ?? false,
    usage: sumUsages(attempts),
    cost,
    saved: plainCost === null || cost === null ? null : plainCost - cost.total,
    durationMs: Math.max(0, durationMs),
    attempts,
    draws,
  };
}

/** One draw a budget and period. */
export function sumDraws(draws: readonly BudgetDraw[]): readonly BudgetDraw[] {
  if (draws.length < 2) return draws;
  const sums = new Map<string, BudgetDraw>();
  for (const draw of draws) {
    const key = `${draw.budgetId}:${draw.periodStart}`;
    const before = sums.get(key);
    sums.set(key, before === undefined ? draw : { ...draw, amount: before.amount + draw.amount });
  }
  return [...sums.values()];
}
