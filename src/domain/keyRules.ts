import type { DataPolicy } from './model.ts';
import type { Nanodollars, Picodollars } from './money.ts';
import type { RoutePreferences, RouteSort, Timeouts } from './route.ts';

/** The directives of operations, by the argument that means the same. */
export const executableDirectives = { ROUTE: 'route', TIMEOUT: 'timeout', MAX_COST: 'maxCost' } as const satisfies Record<string, string>;
export type ExecutableDirective = keyof typeof executableDirectives;

/** What an operator lets a key say about how its calls are made, and what holds whatever it says. Null and an empty list bind nothing. */
export interface KeyRules {
  /** Neither the directive nor its argument may be used. */
  readonly forbidden: readonly ExecutableDirective[];
  readonly route: RouteRules;
  /** Upper bounds, in milliseconds. */
  readonly timeouts: { readonly [Name in keyof Timeouts]: number | null };
  /** The most a call may cost, also when it asks for no limit. */
  readonly maxCost: Nanodollars | null;
  /** The most tokens of one answer. */
  readonly maxOutputTokens: number | null;
}

/** Providers are named by their id or by that of an offer. */
export interface RouteRules {
  /** Holds whatever a call says; its own order of offers does not count then. */
  readonly sort: RouteSort | null;
  readonly only: readonly string[];
  readonly ignore: readonly string[];
  /** Only offers that are known to be in one of them; empty: anywhere. */
  readonly regions: readonly string[];
  /** Only offers that are known to keep it. */
  readonly dataPolicy: DataPolicy | null;
  readonly maxPrice: { readonly input: Picodollars | null; readonly output: Picodollars | null };
  readonly requireParameters: boolean;
  /** False: a call is served by the model it asks for, or not at all. */
  readonly fallbacks: boolean;
}

export const noRules: KeyRules = {
  forbidden: [],
  route: {
    sort: null,
    only: [],
    ignore: [],
    regions: [],
    dataPolicy: null,
    maxPrice: { input: null, output: null },
    requireParameters: false,
    fallbacks: true,
  },
  timeouts: { firstTokenMs: null, idleMs: null, totalMs: null },
  maxCost: null,
  maxOutputTokens: null,
};

/** What of a request the rules speak of. */
interface Ruled {
  readonly route: RoutePreferences;
  readonly timeouts: Timeouts;
  readonly maxCost: Nanodollars | null;
}

/** The request as the rules leave it: what they say comes before everything that a call says. */
export function clampCall<Request extends Ruled>(request: Request, { route, timeouts, maxCost }: KeyRules): Request {
  return {
    ...request,
    route: clampRoute(request.route, route),
    timeouts: {
      firstTokenMs: Math.min(request.timeouts.firstTokenMs, timeouts.firstTokenMs ?? Number.POSITIVE_INFINITY),
      idleMs: Math.min(request.timeouts.idleMs, timeouts.idleMs ?? Number.POSITIVE_INFINITY),
      totalMs: Math.min(request.timeouts.totalMs, timeouts.totalMs ?? Number.POSITIVE_INFINITY),
    },
    maxCost: least(request.maxCost, maxCost),
  };
}

/** The cap on an answer as the rules leave it. */
export function clampOutput(maxOutputTokens: number | null, rules: KeyRules): number | null {
  return least(maxOutputTokens, rules.maxOutputTokens);
}

function clampRoute(asked: RoutePreferences, rules: RouteRules): RoutePreferences {
  const { sort, only, ignore, regions, dataPolicy, maxPrice, requireParameters, fallbacks } = rules;
  return {
    ...asked,
    sort: sort ?? asked.sort,
    order: sort === null ? asked.order : [],
    within: only,
    ignore: ignore.length === 0 ? asked.ignore : [...asked.ignore, ...ignore],
    regions,
    dataPolicy,
    maxPrice: { input: least(asked.maxPrice.input, maxPrice.input), output: least(asked.maxPrice.output, maxPrice.output) },
    requireParameters: asked.requireParameters || requireParameters,
    fallbacks: fallbacks ? asked.fallbacks : [],
  };
}

/** Whether all that `rules` let pass, `others` let pass, too: nobody may give more than they have. */
export function areAsStrict(rules: KeyRules, others: KeyRules): boolean {
  return (
    others.forbidden.every((directive) => rules.forbidden.includes(directive)) &&
    isRouteAsStrict(rules.route, others.route) &&
    isWithin(rules.timeouts.firstTokenMs, others.timeouts.firstTokenMs) &&
    isWithin(rules.timeouts.idleMs, others.timeouts.idleMs) &&
    isWithin(rules.timeouts.totalMs, others.timeouts.totalMs) &&
    isWithin(rules.maxCost, others.maxCost) &&
    isWithin(rules.maxOutputTokens, others.maxOutputTokens)
  );
}

function isRouteAsStrict(rules: RouteRules, others: RouteRules): boolean {
  return (
    (others.sort === null || rules.sort === others.sort) &&
    (others.only.length === 0 || (rules.only.length > 0 && rules.only.every((name) => isNamed(name, others.only)))) &&
    others.ignore.every((name) => isNamed(name, rules.ignore)) &&
    (others.regions.length === 0 || (rules.regions.length > 0 && rules.regions.every((region) => others.regions.includes(region)))) &&
    (others.dataPolicy === null || rules.dataPolicy === others.dataPolicy) &&
    isWithin(rules.maxPrice.input, others.maxPrice.input) &&
    isWithin(rules.maxPrice.output, others.maxPrice.output) &&
    (rules.requireParameters || !others.requireParameters) &&
    (others.fallbacks || !rules.fallbacks)
  );
}

/** By its own name, or an offer by its provider's, which its id begins with. */
function isNamed(name: string, names: readonly string[]): boolean {
  return names.includes(name) || names.includes(name.slice(0, Math.max(0, name.indexOf('/'))));
}

function isWithin<Amount extends number | bigint>(bound: Amount | null, other: Amount | null): boolean {
  return other === null || (bound !== null && bound <= other);
}

function least<Amount extends number | bigint>(left: Amount | null, right: Amount | null): Amount | null {
  if (left === null) return right;
  return right === null || left <= right ? left : right;
}
