import type { Attempt } from '../domain/attempt.ts';
import type { BudgetDraw } from '../domain/budget.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Nanodollars } from '../domain/money.ts';
import type { Cost } from '../domain/price.ts';
import { addCost, noCost } from '../domain/price.ts';
import type { FinishReason } from '../domain/providerEvent.ts';
import type { TokenUsage } from '../domain/usage.ts';
import { addUsage, noUsage } from '../domain/usage.ts';
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
  const billed = attempts.filter(({ usage }) => usage !== null);
  const cost = sumCosts(billed);
  return {
    ...start,
    ...ending,
    model: last?.model.slug ?? null,
    provider: last?.offer.provider ?? null,
    offer: last?.offer.id ?? null,
    region: last?.offer.region ?? null,
    simulated: last?.offer.simulated ?? false,
    usage: sumUsages(billed),
    cost,
    saved: plainCost === null || cost === null ? null : plainCost - cost.total,
    durationMs: Math.max(0, durationMs),
    attempts,
    draws,
  };
}

/** Nothing billed costs nothing; what has no known price makes the whole unknown. */
function sumCosts(attempts: readonly Attempt[]): Cost | null {
  let total: Cost = noCost;
  for (const { cost } of attempts) {
    if (cost === null) return null;
    total = addCost(total, cost);
  }
  return total;
}

function sumUsages(attempts: readonly Attempt[]): TokenUsage {
  return attempts.reduce((total, { usage }) => (usage === null ? total : addUsage(total, usage)), noUsage);
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
