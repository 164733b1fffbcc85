import type { Budget } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import { affordableOutput, worstPriceOf } from './pricing.ts';
import type { Hold, QuotaPool } from './quota.ts';
import type { Route } from './router.ts';

/** What was held for one attempt, and the cap on its answer that the hold is for. */
export interface AttemptHold {
  readonly hold: Hold;
  /** Null: no cap. */
  readonly maxOutputTokens: number | null;
}

export interface HoldQuestion {
  readonly pool: QuotaPool;
  /** The budgets of tokens and money that cover the attempt. */
  readonly budgets: readonly Budget[];
  readonly route: Route;
  /** As the caller asked; 0 for embeddings, which write nothing. */
  readonly maxOutputTokens: number | null;
}

/** Meanwhile others may take what was left: so often a shorter answer is tried. */
const mostCaps = 3;

/** Holds the most that an attempt can draw, its answer capped to what every strict budget affords. Throws as `QuotaPool.hold`. */
export async function holdAttempt(question: HoldQuestion): Promise<AttemptHold> {
  let cap = await capOutput(question);
  for (let caps = 1; ; caps++) {
    try {
      return await holdCapped(question, cap);
    } catch (refusal) {
      const shorter = caps < mostCaps && isRefusal(refusal) ? await capOutput(question) : null;
      if (shorter === null || cap === null || shorter >= cap) throw refusal;
      cap = shorter;
    }
  }
}

async function holdCapped({ pool, budgets, route }: HoldQuestion, maxOutputTokens: number | null): Promise<AttemptHold> {
  const claims = budgets.map((budget) => ({ budget, amount: mostOf(budget, route, maxOutputTokens) }));
  return { hold: await pool.hold(claims), maxOutputTokens };
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof GatewayError && (thrown.code === 'QUOTA_EXHAUSTED' || thrown.code === 'RATE_LIMITED');
}

/** Where nobody says how long an answer can be: a strict budget needs a bound, and providers refuse caps beyond their own. */
const unknownMost = 8192;

/** The cap on the answer: asked, possible, affordable under every strict budget. At least 1, so that the refusal comes from the hold and names its budget. */
async function capOutput({ pool, budgets, route, maxOutputTokens: asked }: HoldQuestion): Promise<number | null> {
  const { offer, inputBound } = route;
  if (asked === 0) return 0;
  const possible = asked === null ? null : Math.min(asked, offer.maxOutputTokens ?? asked);
  const strict = budgets.filter(({ policy }) => policy === 'STRICT');
  if (strict.length === 0) return possible;
  const rooms = await pool.room(strict);
  let cap = possible ?? offer.maxOutputTokens ?? offer.contextWindow ?? unknownMost;
  strict.forEach(({ meter }, index) => {
    const room = rooms[index] ?? 0n;
    const affordable = meter === 'SPEND' ? affordableOutput(offer, inputBound, room) : Number(room) - inputBound;
    if (affordable === null) throw unpriced(route);
    cap = Math.min(cap, affordable);
  });
  return Math.max(1, cap);
}

function unpriced({ offer }: Route): GatewayError {
  return new GatewayError('QUOTA_EXHAUSTED', 'The price of the offer is not known, and a strict budget admits only what it can price.', {
    details: { offer: offer.id, reason: 'UNPRICED' },
  });
}

/** The most an attempt draws from a budget. A SOFT budget without a cap is charged by what is likely. */
function mostOf(budget: Budget, route: Route, cap: number | null): bigint {
  const strict = budget.policy === 'STRICT';
  const load = { inputTokens: strict ? route.inputBound : route.inputTokens, outputTokens: cap ?? 0 };
  if (budget.meter === 'TOKENS') return BigInt(load.inputTokens) + BigInt(load.outputTokens);
  const most = cap === null ? route.expected : worstPriceOf(route.offer, load);
  if (most === null && strict) throw unpriced(route);
  return most ?? 0n;
}
