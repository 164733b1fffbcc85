import type { Attempt, AttemptOutcome } from '../domain/attempt.ts';
import type { Budget, BudgetDraw, Meter } from '../domain/budget.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Cost } from '../domain/price.ts';
import { costOf } from '../domain/price.ts';
import type { TokenUsage } from '../domain/usage.ts';
import type { AttemptStart, CallStart, UsageEvent } from '../domain/usageEvent.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Spending } from './allowance.ts';
import type { AttemptHold } from './attemptHold.ts';
import { holdAttempt } from './attemptHold.ts';
import type { BudgetBook } from './budgetBook.ts';
import type { CallAdmission } from './callAdmission.ts';
import { worstPriceOf } from './pricing.ts';
import type { QuotaPool } from './quota.ts';
import type { Route } from './router.ts';
import type { CallSummary } from './usageRow.ts';
import { sumDraws, toUsageEvent } from './usageRow.ts';

export interface AccountParts {
  readonly book: BudgetBook;
  readonly pool: QuotaPool;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry: Telemetry;
}

/** How an attempt ended. `usage`: null when nothing is billed. */
export interface AttemptResult {
  readonly outcome: AttemptOutcome;
  readonly errorCode: ErrorCode | null;
  readonly firstTokenMs: number | null;
  readonly usage: TokenUsage | null;
  readonly providerRequestId: string | null;
  /** The provider's own name for the model that answered. */
  readonly answeredModel: string | null;
  /** What falls to this attempt of a provider's call that others share. Absent: usage and price tell the cost. */
  readonly cost?: Cost | null;
}

/** The account of one attempt: what was held for it. Settled once, however the attempt ends. */
export interface Reading {
  /** The cap the provider is sent: what was asked for, the model can and every strict budget affords. Null: no cap. */
  readonly maxOutputTokens: number | null;
  settle(result: AttemptResult): Attempt;
}

/** One call's account: its admission, a reading for each attempt, and the ledger row that closes it. */
export interface CallAccount {
  readonly attempts: readonly Attempt[];
  /** Holds what an attempt can cost at the most and writes it down. Throws QUOTA_EXHAUSTED, RATE_LIMITED, STORE_UNAVAILABLE; then nothing is held. */
  begin(route: Route, maxOutputTokens: number | null): Promise<Reading>;
  /** Books the call. Resolves when the ledger has it, and its place has been given back. */
  end(summary: CallSummary): Promise<UsageEvent>;
}

const perAttempt: ReadonlySet<Meter> = new Set<Meter>(['TOKENS', 'SPEND']);

/** What a call was let in with. */
export interface AccountTerms {
  readonly admission: CallAdmission;
  /** Null: nobody limits what it may cost. */
  readonly spending: Spending | null;
  /** Of the caller's own credential, beside the budgets that cover the call. */
  readonly limits: readonly Budget[];
}

export function openAccount(parts: AccountParts, start: CallStart, { admission, spending, limits }: AccountTerms): CallAccount {
  const { book, pool, ledger, clock, telemetry } = parts;
  const attempts: Attempt[] = [];
  const draws: BudgetDraw[] = [];
  let begun = false;
  let last: Route | null = null;
  let latest: AttemptHold | null = null;

  function write(route: Route, { hold, maxOutputTokens }: AttemptHold): Promise<void> {
    const record = toAttemptStart({
      start,
      startedAt: clock.now(),
      route,
      attempts,
      maxOutputTokens,
      holds: sumDraws([...admission.holds, ...draws, ...hold.draws]),
    });
    if (begun) return ledger.attempt(record);
    begun = true;
    return ledger.begin(start, record);
  }

  function close(route: Route, { hold }: AttemptHold, result: AttemptResult & AttemptTimes): Attempt {
    const { usage } = result;
    const { model, offer } = route;
    const plain = usage === null ? null : costOf(usage, offer.price);
    const cost = usage === null ? null : (result.cost ?? plain);
    const apportioned = cost?.total !== plain?.total;
    const drawn = hold.settle({ SPEND: cost?.total ?? 0n, TOKENS: tokensOf(usage) });
    warnOverrun(parts.log, { id: start.id, held: hold.draws, drawn });
    draws.push(...drawn);
    const { provider, id, providerModel, price, priceSource } = offer;
    const attempt = { provider, model: model.slug, offer: id, providerModel, price, priceSource, ...result, cost, apportioned };
    attempts.push(attempt);
    telemetry.attemptEnded(start.operation, attempt);
    return attempt;
  }

  return {
    attempts,
    async begin(route, maxOutputTokens) {
      const covering = await book.covering({ ...start, model: route.model.slug });
      const budgets = (limits.length === 0 ? covering : [...covering, ...limits]).filter(({ meter }) => perAttempt.has(meter));
      const held = await holdAttempt({ pool, budgets, route, maxOutputTokens, spending });
      try {
        await write(route, held);
      } catch (error) {
        held.hold.settle({});
        throw error;
      }
      last = route;
      latest = held;
      return openReading(clock, held.maxOutputTokens, (result) => close(route, held, result));
    },
    async end(summary) {
      // Settled already, unless its attempt broke inside the gateway.
      latest?.hold.settle({});
      const drawn = sumDraws([...admission.settle(), ...draws]);
      const event = toUsageEvent({ start, attempts, last, summary, draws: drawn, durationMs: clock.now() - start.startedAt });
      try {
        await ledger.end(event);
      } catch (error) {
        telemetry.callEnded({ ...event, outcome: 'UNKNOWN', errorCode: 'OUTCOME_UNKNOWN' });
        throw error;
      } finally {
        admission[Symbol.dispose]();
      }
      telemetry.callEnded(event);
      return event;
    },
  };
}

type AttemptTimes = Pick<Attempt, 'startedAt' | 'durationMs'>;

/** Times the attempt, and closes it once. */
function openReading(clock: Clock, maxOutputTokens: number | null, close: (result: AttemptResult & AttemptTimes) => Attempt): Reading {
  const startedAt = clock.now();
  const since = clock.monotonic();
  let attempt: Attempt | null = null;
  return {
    maxOutputTokens,
    settle(result) {
      attempt ??= close({ ...result, startedAt, durationMs: Math.round(clock.monotonic() - since) });
      return attempt;
    },
  };
}

interface BeginningAttempt {
  readonly start: CallStart;
  readonly startedAt: number;
  readonly route: Route;
  readonly attempts: readonly Attempt[];
  readonly maxOutputTokens: number | null;
  readonly holds: readonly BudgetDraw[];
}

function toAttemptStart({ start, startedAt, route, attempts, maxOutputTokens, holds }: BeginningAttempt): AttemptStart {
  const { model, offer, inputBound, answers } = route;
  const before = attempts.reduce((sum, { cost }) => sum + (cost?.total ?? 0n), 0n);
  const most = maxOutputTokens === null ? null : worstPriceOf(offer, { inputTokens: inputBound, outputTokens: maxOutputTokens * answers });
  return {
    id: start.id,
    model: model.slug,
    provider: offer.provider,
    offer: offer.id,
    simulated: offer.simulated,
    region: offer.region,
    providerModel: offer.providerModel,
    price: offer.price,
    priceSource: offer.priceSource,
    startedAt,
    earlier: [...attempts],
    holds,
    mostCost: most === null ? null : before + most,
  };
}

function tokensOf(usage: TokenUsage | null): bigint {
  return BigInt(usage?.inputTokens ?? 0) + BigInt(usage?.outputTokens ?? 0);
}

interface SettledHold {
  readonly id: CallStart['id'];
  readonly held: readonly BudgetDraw[];
  readonly drawn: readonly BudgetDraw[];
}

/** A provider that ignores the cap can cost more than was held: it is booked, and told. */
function warnOverrun(log: Log, { id, held, drawn }: SettledHold): void {
  for (const [index, { budgetId, amount }] of held.entries()) {
    const over = (drawn[index]?.amount ?? 0n) - amount;
    if (over > 0n) log.warn('A call drew more from a budget than was held for it.', { completionId: id, budgetId, over: String(over) });
  }
}
