import type { Attempt } from '../domain/attempt.ts';
import type { BudgetDraw } from '../domain/budget.ts';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { Cost, Price } from '../domain/price.ts';
import type { TokenUsage } from '../domain/usage.ts';

/** JSON has no whole numbers beyond 2^53, so amounts are strings in it. */
export type Stored<Amounts> = { readonly [Name in keyof Amounts]: null extends Amounts[Name] ? string | null : string };
/** What rows of before it was written down do not have. */
type LaterFacts = 'providerModel' | 'answeredModel' | 'priceSource' | 'apportioned';
type StoredAttempt = Omit<Attempt, 'price' | 'cost' | LaterFacts> &
  Partial<Pick<Attempt, LaterFacts>> & { readonly price: Stored<Price>; readonly cost: Stored<Cost> | null };

export function toDrawJson({ budgetId, periodStart, amount }: BudgetDraw): JsonObject {
  return { budgetId, periodStart, amount: amount.toString() };
}

export function toAttemptJson({ usage, price, cost, ...rest }: Attempt): JsonObject {
  return {
    ...rest,
    usage: usage === null ? null : toUsageJson(usage),
    price: toPriceJson(price),
    cost: cost === null ? null : toCostJson(cost),
  };
}

function toUsageJson({ media, ...tokens }: TokenUsage): JsonObject {
  return media === undefined ? tokens : { ...tokens, media: { ...media } };
}

/** To be given only what `toDrawJson` has made. */
export function readDraws(value: JsonValue): readonly BudgetDraw[] {
  const draws = value as unknown as readonly (Omit<BudgetDraw, 'amount'> & { readonly amount: string })[];
  return draws.map((draw) => ({ ...draw, amount: BigInt(draw.amount) }));
}

/** To be given only what `toAttemptJson` has made. */
export function readAttempts(value: JsonValue): readonly Attempt[] {
  const attempts = value as unknown as readonly StoredAttempt[];
  return attempts.map((attempt) => ({
    ...attempt,
    providerModel: attempt.providerModel ?? null,
    answeredModel: attempt.answeredModel ?? null,
    priceSource: attempt.priceSource ?? null,
    apportioned: attempt.apportioned ?? false,
    price: readPrice(attempt.price),
    cost: attempt.cost === null ? null : readCost(attempt.cost),
  }));
}

export function toPriceJson(price: Price): Stored<Price> {
  return {
    input: toText(price.input),
    output: toText(price.output),
    cachedInput: toText(price.cachedInput),
    cacheWrite: toText(price.cacheWrite),
    reasoning: toText(price.reasoning),
    request: toText(price.request),
  };
}

/** To be given only what `toPriceJson` has made. */
export function readPrice(price: Stored<Price>): Price {
  return {
    input: toAmount(price.input),
    output: toAmount(price.output),
    cachedInput: toAmount(price.cachedInput),
    cacheWrite: toAmount(price.cacheWrite),
    reasoning: toAmount(price.reasoning),
    request: toAmount(price.request),
  };
}

function toCostJson(cost: Cost): Stored<Cost> {
  return {
    total: cost.total.toString(),
    input: cost.input.toString(),
    cachedInput: cost.cachedInput.toString(),
    cacheWrite: cost.cacheWrite.toString(),
    output: cost.output.toString(),
    reasoning: cost.reasoning.toString(),
    request: cost.request.toString(),
  };
}

function readCost(cost: Stored<Cost>): Cost {
  return {
    total: BigInt(cost.total),
    input: BigInt(cost.input),
    cachedInput: BigInt(cost.cachedInput),
    cacheWrite: BigInt(cost.cacheWrite),
    output: BigInt(cost.output),
    reasoning: BigInt(cost.reasoning),
    request: BigInt(cost.request),
  };
}

function toText(amount: bigint | null): string | null {
  return amount === null ? null : amount.toString();
}

function toAmount(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}
