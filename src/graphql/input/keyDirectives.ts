import type { KeyRules, RouteRules } from '../../domain/keyRules.ts';
import { noRules } from '../../domain/keyRules.ts';
import type { KeyDirectivesInput, KeyRouteInput, TimeoutInput } from '../generated/schemaTypes.ts';
import { readList, readNumber, readText } from './check.ts';
import { longestMs, mostNames, toMaxCost, toMaxPrice } from './route.ts';

const longestName = 256;

/** Throws INVALID_REQUEST, naming the path of what does not hold. */
export function toKeyRules(input: KeyDirectivesInput, path: string): KeyRules {
  return {
    forbidden: [...new Set(input.forbidden ?? [])],
    route: toRouteRules(input.route, `${path}.route`),
    timeouts: toTimeoutRules(input.timeout, `${path}.timeout`),
    maxCost: toMaxCost(input.maxCost, `${path}.maxCost`),
    maxOutputTokens: readNumber(input.maxOutputTokens, `${path}.maxOutputTokens`, { least: 1 }),
  };
}

function toRouteRules(input: KeyRouteInput | null | undefined, path: string): RouteRules {
  return {
    sort: input?.sort ?? null,
    only: readNames(input?.only, `${path}.only`),
    ignore: readNames(input?.ignore, `${path}.ignore`),
    regions: readNames(input?.regions, `${path}.regions`),
    dataPolicy: input?.dataPolicy ?? null,
    maxPrice: toMaxPrice(input?.maxPrice, `${path}.maxPrice`),
    requireParameters: input?.requireParameters ?? noRules.route.requireParameters,
    fallbacks: input?.fallbacks ?? noRules.route.fallbacks,
  };
}

function readNames(names: readonly string[] | null | undefined, path: string): readonly string[] {
  const list = readList(names ?? [], path, { most: mostNames });
  for (const [index, name] of list.entries()) readText(name, `${path}[${index}]`, longestName);
  return [...new Set(list)];
}

function toTimeoutRules(input: TimeoutInput | null | undefined, path: string): KeyRules['timeouts'] {
  const read = (member: 'firstTokenMs' | 'idleMs' | 'totalMs') =>
    readNumber(input?.[member], `${path}.${member}`, { least: 1, most: longestMs });
  return { firstTokenMs: read('firstTokenMs'), idleMs: read('idleMs'), totalMs: read('totalMs') };
}
