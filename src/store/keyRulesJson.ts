import type { JsonValue } from '../domain/json.ts';
import type { KeyRules, RouteRules } from '../domain/keyRules.ts';
import { noRules } from '../domain/keyRules.ts';

/** JSON has no whole numbers beyond 2^53, so amounts of money are strings in it. Rules that a later version adds are absent from older rows. */
type StoredRules = Partial<Omit<KeyRules, 'route' | 'maxCost'>> & {
  readonly route?: Partial<Omit<RouteRules, 'maxPrice'>> & { readonly maxPrice?: Partial<Record<'input' | 'output', string | null>> };
  readonly maxCost?: string | null;
};

export function toKeyRulesJson(rules: KeyRules): string {
  return JSON.stringify(rules, (_name, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}

/** To be given only what `toKeyRulesJson` has made. */
export function readKeyRules(value: JsonValue): KeyRules {
  const { route = {}, timeouts, maxCost, ...rest } = value as unknown as StoredRules;
  const { maxPrice, ...preferences } = route;
  return {
    ...noRules,
    ...rest,
    route: {
      ...noRules.route,
      ...preferences,
      maxPrice: { input: readAmount(maxPrice?.input), output: readAmount(maxPrice?.output) },
    },
    timeouts: { ...noRules.timeouts, ...timeouts },
    maxCost: readAmount(maxCost),
  };
}

function readAmount(text: string | null | undefined): bigint | null {
  return text === null || text === undefined ? null : BigInt(text);
}
