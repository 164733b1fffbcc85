import type { Offer } from '../domain/model.ts';
import type { Nanodollars, Picodollars } from '../domain/money.ts';
import { ceilToNanodollars } from '../domain/money.ts';
import { costOf } from '../domain/price.ts';

/** What a call may use on an offer, in tokens. */
export interface Load {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The price of a load with nothing cached; null when a price is unknown. */
export function priceOf(offer: Offer, load: Load): Nanodollars | null {
  const usage = { ...load, cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null, basis: 'ESTIMATED' } as const;
  return costOf(usage, offer.price)?.total ?? null;
}

/** The most a load can cost: each token at the dearest price it might be billed at. Null when a price is unknown. */
export function worstPriceOf(offer: Offer, load: Load): Nanodollars | null {
  const { input, output } = worstPrices(offer);
  if (input === null || (output === null && load.outputTokens > 0)) return null;
  return ceilToNanodollars(BigInt(load.inputTokens) * input + BigInt(load.outputTokens) * (output ?? 0n) + (offer.price.request ?? 0n));
}

/** How many tokens of output a sum pays for, after the input; negative when it does not even pay for that. Null when a price is unknown. */
export function affordableOutput(offer: Offer, inputTokens: number, sum: Nanodollars): number | null {
  const { input, output } = worstPrices(offer);
  if (input === null || output === null) return null;
  const left = sum * 1000n - BigInt(inputTokens) * input - (offer.price.request ?? 0n);
  if (left < 0n) return -1;
  if (output === 0n) return Number.MAX_SAFE_INTEGER;
  const tokens = left / output;
  return tokens > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(tokens);
}

function worstPrices({ price }: Offer): { readonly input: Picodollars | null; readonly output: Picodollars | null } {
  return { input: largest(price.input, price.cachedInput, price.cacheWrite), output: largest(price.output, price.reasoning) };
}

/** Null when the first is unknown: the others only refine it. */
function largest(first: Picodollars | null, ...others: readonly (Picodollars | null)[]): Picodollars | null {
  if (first === null) return null;
  return others.reduce<Picodollars>((most, price) => (price !== null && price > most ? price : most), first);
}
