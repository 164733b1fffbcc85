import type { Budget } from '../domain/budget.ts';
import { binds } from '../domain/budget.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Offer } from '../domain/model.ts';
import type { SpendHold, Spending } from './allowance.ts';
import { costLimit } from './costLimit.ts';
import type { Claim } from './lease.ts';
import type { Load } from './pricing.ts';
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
  /** Null: nobody limits what the call may cost. */
  readonly spending: Spending | null;
}

/** Meanwhile others may take what was left: so often a shorter answer is tried. */
const mostCaps = 3;

/** Holds the most that an attempt can draw, its answer capped to what every strict budget and cost limit affords. Throws as `QuotaPool.hold`, and COST_LIMIT. */
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

async function holdCapped(question: HoldQuestion, cap: number | null): Promise<AttemptHold> {
  const { pool, budgets, route, spending } = question;
  const claim = (maxOutputTokens: number | null) => pool.hold(budgets.map((budget) => claimOf(budget, route, maxOutputTokens)));
  if (spending === null) return { hold: await claim(cap), maxOutputTokens: cap };
  const { spend, maxOutputTokens } = holdSpending(spending, route, cap);
  try {
    return { hold: joinHolds(await claim(maxOutputTokens), spend), maxOutputTokens };
  } catch (refusal) {
    spend.settle(0n);
    throw refusal;
  }
}

/** Looks at the room and takes it in one step: the other calls of the limit draw on it, too. */
function holdSpending(spending: Spending, route: Route, cap: number | null) {
  const { room } = spending;
  const maxOutputTokens = cap === 0 ? 0 : Math.max(1, Math.min(cap ?? mostOutput(route.offer), affordableCap(route, room) ?? 1));
  const most = worstPriceOf(route.offer, boundOn(route, maxOutputTokens));
  if (most === null || most > room) throw costLimit(spending.tightest, most);
  return { spend: spending.hold(most), maxOutputTokens };
}

function joinHolds(hold: Hold, spend: SpendHold): Hold {
  let settled = false;
  return {
    draws: hold.draws,
    settle(used) {
      if (!settled) spend.settle(used.SPEND ?? 0n);
      settled = true;
      return hold.settle(used);
    },
  };
}

function isRefusal(thrown: unknown): boolean {
  return thrown instanceof GatewayError && (thrown.code === 'QUOTA_EXHAUSTED' || thrown.code === 'RATE_LIMITED');
}

/** Where nobody says how long an answer can be: a strict budget needs a bound, and providers refuse caps beyond their own. */
const unknownMost = 8192;

/** The most that is read and written with this cap on each answer. */
function boundOn({ inputBound, answers }: Route, cap: number): Load {
  return { inputTokens: inputBound, outputTokens: cap * answers };
}

/** The cap on each answer that a sum pays for; below 1 when it pays for none. Null when a price is unknown. */
function affordableCap({ offer, inputBound, answers }: Route, sum: bigint): number | null {
  const tokens = affordableOutput(offer, inputBound, sum);
  return tokens === null ? null : Math.floor(tokens / answers);
}

function mostOutput({ maxOutputTokens, contextWindow }: Offer): number {
  return maxOutputTokens ?? contextWindow ?? unknownMost;
}

/** The cap on the answer: asked, possible, affordable under every strict budget. At least 1, so that the refusal comes from the hold and names its budget. */
async function capOutput({ pool, budgets, route, maxOutputTokens: asked }: HoldQuestion): Promise<number | null> {
  const { offer, inputBound, answers } = route;
  if (asked === 0) return 0;
  const possible = asked === null ? null : Math.min(asked, offer.maxOutputTokens ?? asked);
  const strict = budgets.filter(binds);
  if (strict.length === 0) return possible;
  const rooms = await pool.room(strict);
  let cap = possible ?? mostOutput(offer);
  strict.forEach(({ meter }, index) => {
    const room = rooms[index] ?? 0n;
    const affordable = meter === 'SPEND' ? affordableCap(route, room) : Math.floor((Number(room) - inputBound) / answers);
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

/** More than any budget has. */
const beyondAll = 2n ** 63n;

/** A shadow budget would have bound the answer by what it has left, down to one token, and would have let nothing through that has no price. */
function claimOf(budget: Budget, route: Route, cap: number | null): Claim {
  if (!budget.shadow || budget.policy === 'SOFT') return { budget, amount: mostOf(budget, route, cap) };
  const amount = boundOf(budget, route, cap ?? mostOutput(route.offer));
  const least = boundOf(budget, route, Math.min(cap ?? 1, 1));
  return { budget, amount: amount ?? 0n, least: least ?? beyondAll };
}

/** Null: a price is unknown. */
function boundOf({ meter }: Budget, route: Route, cap: number): bigint | null {
  const load = boundOn(route, cap);
  return meter === 'TOKENS' ? BigInt(load.inputTokens) + BigInt(load.outputTokens) : worstPriceOf(route.offer, load);
}

/** The most an attempt draws from a budget. A SOFT budget without a cap is charged by what is likely. */
function mostOf(budget: Budget, route: Route, cap: number | null): bigint {
  const strict = budget.policy === 'STRICT';
  const load = { ...boundOn(route, cap ?? 0), ...(strict ? {} : { inputTokens: route.inputTokens }) };
  if (budget.meter === 'TOKENS') return BigInt(load.inputTokens) + BigInt(load.outputTokens);
  const most = cap === null ? route.expected : worstPriceOf(route.offer, load);
  if (most === null && strict) throw unpriced(route);
  return most ?? 0n;
}
