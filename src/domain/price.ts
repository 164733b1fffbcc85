import type { Nanodollars, Picodollars } from './money.ts';
import { ceilToNanodollars } from './money.ts';
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

/** Rounds the sum up once and hands the nanodollars that rounding the parts down left over to the largest remainders. */
function roundOnce(picodollars: Record<Part, Picodollars>): Cost {
  const total = ceilToNanodollars(parts.reduce((sum, part) => sum + picodollars[part], 0n));
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
