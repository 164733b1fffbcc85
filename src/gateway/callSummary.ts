import type { Attempt } from '../domain/attempt.ts';
import type { GatewayError } from '../domain/errors.ts';
import type { Nanodollars } from '../domain/money.ts';
import { costOf } from '../domain/price.ts';
import type { TokenUsage } from '../domain/usage.ts';
import { noUsage } from '../domain/usage.ts';
import { outcomeOf } from './attemptSettlement.ts';
import type { Fold } from './fold.ts';
import type { Ranking } from './router.ts';
import type { CallSummary } from './usageRow.ts';

interface SummedCall {
  readonly startedAt: number;
  readonly ranking: Ranking;
  readonly account: { readonly attempts: readonly Attempt[] };
}

/** How a call ended, as its ledger row says it. */
export function summaryOf({ startedAt, ranking, account }: SummedCall, fold: Fold, error: GatewayError | null): CallSummary {
  const { attempts } = account;
  return {
    outcome: outcomeOf(error),
    errorCode: error?.code ?? null,
    firstTokenMs: firstTokenOf(startedAt, attempts),
    finishReason: fold.finishReason,
    providerFinishReason: fold.providerFinishReason,
    plainCost: plainCost(ranking, attempts.at(-1)?.usage ?? noUsage),
  };
}

/** From the call's start to the first word of whichever attempt spoke. */
function firstTokenOf(startedAt: number, attempts: readonly Attempt[]): number | null {
  const spoke = attempts.find(({ firstTokenMs }) => firstTokenMs !== null);
  return spoke?.firstTokenMs == null ? null : Math.max(0, spoke.startedAt - startedAt) + spoke.firstTokenMs;
}

/** The same usage on the offer that plain order would have taken; null where there was no choice. */
function plainCost({ considered }: Ranking, usage: TokenUsage): Nanodollars | null {
  const able = considered.filter(({ rejected }) => rejected === null);
  const [plain] = able;
  return plain === undefined || able.length < 2 ? null : (costOf(usage, plain.offer.price)?.total ?? null);
}
