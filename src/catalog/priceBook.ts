import type { ModelInfo, ModelPrice, PriceCalculation } from '@pydantic/genai-prices';
import type { Picodollars } from '../domain/money.ts';
import type { Price } from '../domain/price.ts';

/** What the catalog of known prices says of a model; null where it does not. */
export interface PriceBookEntry {
  readonly name: string | null;
  /** Null: the model is known, its price is not. */
  readonly price: Price | null;
  readonly contextWindow: number | null;
}

/** Known models and prices by the address of their provider: a name alone says nothing about who is paid. */
export interface PriceBook {
  find(baseUrl: string, providerModel: string): PriceBookEntry | null;
}

export const emptyPriceBook: PriceBook = { find: () => null };

/**
 * Opens the catalog that @pydantic/genai-prices ships; its updates over the network are never asked for. Loaded only when one of the addresses can be in it,
 * because it is nearly a megabyte that a start with local servers alone does not need.
 */
export async function openPriceBook(baseUrls: readonly string[], nowMs: number): Promise<PriceBook> {
  if (baseUrls.every(isUnlisted)) return emptyPriceBook;
  const { calcPrice } = await import('@pydantic/genai-prices');
  const lookUp = (baseUrl: string, model: string, atMs: number): PriceCalculation | null =>
    calcPrice({}, model, { providerApiUrl: asListed(baseUrl), timestamp: new Date(atMs) });
  return {
    find(baseUrl, providerModel) {
      // Without an address the package would take any provider's price for a model of the name.
      if (baseUrl === '') return null;
      const found = lookUp(baseUrl, providerModel, nowMs);
      if (found === null) return null;
      const { model } = found;
      const prices = pricedHours(model, nowMs).map((atMs) => lookUp(baseUrl, providerModel, atMs)?.model_price ?? {});
      return { name: model.name ?? null, price: highest(prices.map(toPrice)), contextWindow: model.context_window ?? null };
    },
  };
}

/** Hosts that the package still lists by an older name. */
const listedHosts: Readonly<Record<string, string>> = { 'api.together.ai': 'api.together.xyz' };

function asListed(baseUrl: string): string {
  const host = listedHosts[URL.parse(baseUrl)?.hostname ?? ''];
  return host === undefined ? baseUrl : `https://${host}`;
}

const hourMs = 3_600_000;

/** A snapshot outlives the hours of a price that changes in the day: every hour is looked at, and the highest price is the one that a budget can rely on. */
function pricedHours({ prices }: ModelInfo, nowMs: number): readonly number[] {
  const changes = Array.isArray(prices) && prices.some(({ constraint }) => constraint?.type === 'time_of_date');
  return changes ? Array.from({ length: 24 }, (_, hour) => nowMs - (nowMs % (24 * hourMs)) + hour * hourMs) : [nowMs];
}

/** The package counts dollars per 1,000,000 tokens; what it does not list is unknown, an empty list too. Of prices in tiers the first one is taken. */
function toPrice(prices: ModelPrice): Price | null {
  const price = (key: string): Picodollars | null => {
    const listed = prices[key];
    return listed === undefined ? null : toPicodollars(typeof listed === 'number' ? listed : listed.base, 1_000_000);
  };
  const requests = prices['requests_kcount'];
  const known: Price = {
    input: price('input_mtok'),
    output: price('output_mtok'),
    cachedInput: price('cache_read_mtok'),
    cacheWrite: price('cache_write_mtok'),
    reasoning: price('output_reasoning_mtok'),
    // Dollars per 1,000 calls.
    request: typeof requests === 'number' ? toPicodollars(requests, 1_000_000_000) : null,
  };
  return known.input === null && known.output === null ? null : known;
}

/** Rounded up, after the noise of binary fractions is taken off: 0.0833… dollars are not exact in any unit. */
function toPicodollars(dollars: number, factor: number): Picodollars {
  return BigInt(Math.ceil(Number((dollars * factor).toFixed(3))));
}

function highest(prices: readonly (Price | null)[]): Price | null {
  const known = prices.filter((price) => price !== null);
  if (known.length === 0) return null;
  const most = (part: keyof Price): Picodollars | null =>
    known.map((price) => price[part]).reduce((high, next) => (high === null || (next !== null && next > high) ? next : high), null);
  return {
    input: most('input'),
    output: most('output'),
    cachedInput: most('cachedInput'),
    cacheWrite: most('cacheWrite'),
    reasoning: most('reasoning'),
    request: most('request'),
  };
}

/** On this machine, or known to a package of the AI SDK alone. */
function isUnlisted(baseUrl: string): boolean {
  const host = URL.parse(baseUrl)?.hostname ?? '';
  return baseUrl === '' || host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}
