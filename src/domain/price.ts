import type { Nanodollars, Picodollars } from './money.ts';
import { ceilToNanodollars } from './money.ts';
import { splitWhole } from './split.ts';
import type { TokenUsage } from './usage.ts';

/** What an offer asks for, in picodollars a token (`request`: a call). Null is unknown, 0 is free. */
export interface Price {
  readonly input: Picodollars | null;
  readonly output: Picodollars | null;
  /** Null: cached input costs what input costs. */
  readonly cachedInput: Picodollars | null;
  /** Null: writing the cache costs what input costs. */
  readonly cacheWrite: Picodollars | null;
  /** Null: reasoning costs what output costs. */
  readonly reasoning: Picodollars | null;
  /** A fee for each call; null when there is none. */
  readonly request: Picodollars | null;
}

export const unknownPrice: Price = { input: null, output: null, cachedInput: null, cacheWrite: null, reasoning: null, request: null };

/** What a call cost, in whole nanodollars. The parts sum to the total exactly. */
export interface Cost {
  readonly total: Nanodollars;
  readonly input: Nanodollars;
  readonly cachedInput: Nanodollars;
  readonly cacheWrite: Nanodollars;
  readonly output: Nanodollars;
  readonly reasoning: Nanodollars;
  readonly request: Nanodollars;
}

const parts = ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning', 'request'] as const;
type Part = (typeof parts)[number];

export const noCost: Cost = { total: 0n, input: 0n, cachedInput: 0n, cacheWrite: 0n, output: 0n, reasoning: 0n, request: 0n };

/** The price of this usage; null when the offer's price for something that was used is unknown. */
export function costOf(usage: TokenUsage, price: Price): Cost | null {
  const picodollars = partsOf(usage, price);
  return picodollars === null ? null : roundOnce(picodollars);
}

/**
 * The price of one call of a provider that several share, divided by their weights: the shares sum to the whole exactly, and none is more
 * than its own part rounded up. Null as `costOf`.
 */
export function shareCost(usage: TokenUsage, price: Price, weights: readonly number[]): readonly Cost[] | null {
  const whole = partsOf(usage, price);
  if (whole === null) return null;
  const split = mapParts((part) => splitWhole(whole[part], weights));
  const shares = weights.map((_, index) => mapParts((part) => split[part][index] ?? 0n));
  const totals = shares.map((share) => sumOf(share) / 1000n);
  let left = ceilToNanodollars(sumOf(whole)) - totals.reduce((sum, total) => sum + total, 0n);
  const rests = shares.map((share, index) => ({ index, rest: sumOf(share) % 1000n }));
  for (const { index } of rests.toSorted((a, b) => Number(b.rest - a.rest))) {
    if (left === 0n) break;
    totals[index] = (totals[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares.map((share, index) => roundTo(totals[index] ?? 0n, share));
}

export function addCost(left: Cost, right: Cost): Cost {
  return {
    total: left.total + right.total,
    input: left.input + right.input,
    cachedInput: left.cachedInput + right.cachedInput,
    cacheWrite: left.cacheWrite + right.cacheWrite,
    output: left.output + right.output,
    reasoning: left.reasoning + right.reasoning,
    request: left.request + right.request,
  };
}

function partsOf(usage: TokenUsage, price: Price): Record<Part, Picodollars> | null {
  const cached = usage.cachedInputTokens ?? 0;
  const written = usage.cacheWriteTokens ?? 0;
  const reasoning = usage.reasoningTokens ?? 0;
  const input = times(Math.max(0, (usage.inputTokens ?? 0) - cached - written), price.input);
  const output = times(Math.max(0, (usage.outputTokens ?? 0) - reasoning), price.output);
  const cachedInput = times(cached, price.cachedInput ?? price.input);
  const cacheWrite = times(written, price.cacheWrite ?? price.input);
  const reasoned = times(reasoning, price.reasoning ?? price.output);
  if (input === null || output === null || cachedInput === null || cacheWrite === null || reasoned === null) return null;
  return { input, output, cachedInput, cacheWrite, reasoning: reasoned, request: price.request ?? 0n };
}

function times(tokens: number, price: Picodollars | null): Picodollars | null {
  if (tokens === 0) return 0n;
  return price === null ? null : BigInt(tokens) * price;
}

function mapParts<Value>(of: (part: Part) => Value): Record<Part, Value> {
  const [input, cachedInput, cacheWrite] = [of('input'), of('cachedInput'), of('cacheWrite')];
  return { input, cachedInput, cacheWrite, output: of('output'), reasoning: of('reasoning'), request: of('request') };
}

function sumOf(picodollars: Record<Part, Picodollars>): Picodollars {
  return parts.reduce((sum, part) => sum + picodollars[part], 0n);
}

/** Rounds the sum up once. */
function roundOnce(picodollars: Record<Part, Picodollars>): Cost {
  return roundTo(ceilToNanodollars(sumOf(picodollars)), picodollars);
}

/** Rounds the parts down and hands the nanodollars that this leaves over to the largest remainders. */
function roundTo(total: Nanodollars, picodollars: Record<Part, Picodollars>): Cost {
  const rounded = { total, input: 0n, cachedInput: 0n, cacheWrite: 0n, output: 0n, reasoning: 0n, request: 0n };
  let left = total;
  for (const part of parts) {
    rounded[part] = picodollars[part] / 1000n;
    left -= rounded[part];
  }
  if (left === 0n) return rounded;
  const byRemainder = [...parts].sort((a, b) => Number((picodollars[b] % 1000n) - (picodollars[a] % 1000n)));
  for (const part of byRemainder.slice(0, Number(left))) rounded[part] += 1n;
  return rounded;
}
