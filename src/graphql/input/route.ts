import type { Picodollars } from '../../domain/money.ts';
import { readUsd, readUsdPerMillion } from '../../domain/money.ts';
import type { RoutePreferences, Timeouts } from '../../domain/route.ts';
import type { MaxPriceInput, RouteInput, TimeoutInput } from '../generated/schemaTypes.ts';
import { invalid, readList, readNumber } from './check.ts';

/** How a call is to be made, beside what is asked: after arguments, directives and defaults have been merged. */
export interface CallOptions {
  readonly route?: RouteInput | null;
  readonly timeout?: TimeoutInput | null;
  readonly maxCost?: string | null;
}

export const mostNames = 32;
export const longestMs = 86_400_000;

export function toRoutePreferences(input: RouteInput | null | undefined): RoutePreferences {
  const names = (member: 'order' | 'only' | 'ignore' | 'fallbacks') =>
    readList(input?.[member] ?? [], `route.${member}`, { most: mostNames });
  return {
    sort: input?.sort ?? null,
    order: names('order'),
    only: names('only'),
    ignore: names('ignore'),
    fallbacks: names('fallbacks'),
    within: [],
    regions: [],
    dataPolicy: null,
    maxPrice: toMaxPrice(input?.maxPrice, 'route.maxPrice'),
    requireParameters: input?.requireParameters ?? false,
  };
}

export function toMaxPrice(input: MaxPriceInput | null | undefined, path: string): RoutePreferences['maxPrice'] {
  return { input: toPrice(input?.input, `${path}.input`), output: toPrice(input?.output, `${path}.output`) };
}

function toPrice(text: string | null | undefined, path: string): Picodollars | null {
  if (text === null || text === undefined) return null;
  const price = readUsdPerMillion(text);
  if (price === null) throw invalid(path, 'is finer than a picodollar a token.');
  return price;
}

export function toTimeouts(input: TimeoutInput | null | undefined, defaults: Timeouts): Timeouts {
  const read = (member: keyof Timeouts) =>
    readNumber(input?.[member], `timeout.${member}`, { least: 1, most: longestMs }) ?? defaults[member];
  return { firstTokenMs: read('firstTokenMs'), idleMs: read('idleMs'), totalMs: read('totalMs') };
}

export function toMaxCost(text: string | null | undefined, path = 'maxCost'): bigint | null {
  if (text === null || text === undefined) return null;
  const cost = readUsd(text);
  if (cost === null) throw invalid(path, 'is finer than a nanodollar.');
  return cost;
}
