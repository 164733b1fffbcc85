import { describe, expect, it } from 'vitest';
import type { KeyRules, RouteRules } from '../../src/domain/keyRules.ts';
import { areAsStrict, clampCall, clampOutput, noRules } from '../../src/domain/keyRules.ts';
import { noPreferences } from '../../src/domain/route.ts';

const asked = {
  route: {
    ...noPreferences,
    sort: 'LATENCY' as const,
    order: ['b'],
    only: ['a', 'b'],
    ignore: ['c'],
    fallbacks: ['acme/other'],
    maxPrice: { input: 10n, output: null },
  },
  timeouts: { firstTokenMs: 100, idleMs: 200, totalMs: 300 },
  maxCost: 1000n,
};

const routeRules = (changes: Partial<RouteRules>): KeyRules => ({ ...noRules, route: { ...noRules.route, ...changes } });

describe('the rules of a key', () => {
  it('leave a call as it is when they say nothing', () => {
    expect(clampCall(asked, noRules)).toEqual(asked);
    expect([clampOutput(null, noRules), clampOutput(5, noRules)]).toEqual([null, 5]);
  });

  it.each<[what: string, rules: KeyRules, expected: object]>([
    ['the sort, and with it the order', routeRules({ sort: 'PRICE' }), { sort: 'PRICE', order: [], only: ['a', 'b'] }],
    ['what may be used at all', routeRules({ only: ['b', 'd'] }), { only: ['a', 'b'], within: ['b', 'd'] }],
    ['what is ignored besides', routeRules({ ignore: ['d'] }), { ignore: ['c', 'd'] }],
    ['the lower price', routeRules({ maxPrice: { input: 20n, output: 5n } }), { maxPrice: { input: 10n, output: 5n } }],
    [
      'where, and what becomes of the data',
      routeRules({ regions: ['eu'], dataPolicy: 'NO_TRAINING' }),
      { regions: ['eu'], dataPolicy: 'NO_TRAINING' },
    ],
    ['that parameters are required', routeRules({ requireParameters: true }), { requireParameters: true }],
    ['that there are no fallbacks', routeRules({ fallbacks: false }), { fallbacks: [] }],
  ])('settle %s', (_what, rules, expected) => {
    expect(clampCall(asked, rules).route).toEqual({ ...asked.route, ...expected });
  });

  it('bound times, cost and answers, also where a call asks for no bound', () => {
    const rules: KeyRules = {
      ...noRules,
      timeouts: { firstTokenMs: 150, idleMs: 150, totalMs: null },
      maxCost: 500n,
      maxOutputTokens: 40,
    };
    expect(clampCall(asked, rules)).toMatchObject({ timeouts: { firstTokenMs: 100, idleMs: 150, totalMs: 300 }, maxCost: 500n });
    expect(clampCall({ ...asked, maxCost: null }, rules).maxCost).toBe(500n);
    expect(clampCall({ ...asked, maxCost: 0n }, rules).maxCost).toBe(0n);
    expect([clampOutput(null, rules), clampOutput(41, rules), clampOutput(39, rules)]).toEqual([40, 40, 39]);
  });
});

describe('rules that are handed on', () => {
  const strict: KeyRules = {
    forbidden: ['ROUTE'],
    route: {
      sort: 'PRICE',
      only: ['a', 'b/acme/chat'],
      ignore: ['c'],
      regions: ['eu-1', 'eu-2'],
      dataPolicy: 'NO_RETENTION',
      maxPrice: { input: 5n, output: null },
      requireParameters: true,
      fallbacks: false,
    },
    timeouts: { firstTokenMs: null, idleMs: null, totalMs: 300 },
    maxCost: 100n,
    maxOutputTokens: 10,
  };

  it('may be the same, or stricter', () => {
    expect(areAsStrict(strict, strict)).toBe(true);
    const stricter: KeyRules = {
      ...strict,
      forbidden: ['TIMEOUT', 'ROUTE'],
      route: { ...strict.route, only: ['a/acme/chat'], ignore: ['d', 'c'], maxPrice: { input: 4n, output: 1n } },
      timeouts: { firstTokenMs: 1, idleMs: null, totalMs: 299 },
      maxCost: 0n,
    };
    expect(areAsStrict(stricter, strict)).toBe(true);
    expect(areAsStrict(strict, stricter)).toBe(false);
    expect(areAsStrict(noRules, noRules)).toBe(true);
  });

  it.each<[what: string, wider: Partial<KeyRules>]>([
    ['what is forbidden', { forbidden: ['TIMEOUT'] }],
    ['the sort', { route: { ...strict.route, sort: null } }],
    ['the only providers', { route: { ...strict.route, only: [] } }],
    ['another provider', { route: { ...strict.route, only: ['a', 'b'] } }],
    ['what is ignored', { route: { ...strict.route, ignore: [] } }],
    ['a part of what is ignored', { route: { ...strict.route, ignore: ['c/acme/chat'] } }],
    ['the regions', { route: { ...strict.route, regions: [] } }],
    ['a further region', { route: { ...strict.route, regions: ['eu-1', 'us-1'] } }],
    ['the data policy', { route: { ...strict.route, dataPolicy: 'NO_TRAINING' } }],
    ['the price', { route: { ...strict.route, maxPrice: { input: 6n, output: null } } }],
    ['the parameters', { route: { ...strict.route, requireParameters: false } }],
    ['the fallbacks', { route: { ...strict.route, fallbacks: true } }],
    ['the time', { timeouts: { ...strict.timeouts, totalMs: null } }],
    ['the cost', { maxCost: 101n }],
    ['the answer', { maxOutputTokens: null }],
  ])('may not be wider in %s', (_what, wider) => {
    expect(areAsStrict({ ...strict, ...wider }, strict)).toBe(false);
  });
});
