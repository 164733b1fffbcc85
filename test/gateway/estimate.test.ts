import { describe, expect, it } from 'vitest';
import { whole } from '../support/fakeAdapter.ts';
import { house, requestOf, sandboxed } from '../support/house.ts';

describe('an estimate', () => {
  it('is at most what the call is then held for, and at least what it costs', async () => {
    const { gateway, caller, complete, ledger } = house();
    const request = sandboxed({ tokensPerSecond: 0, text: 'word '.repeat(500) }, { maxOutputTokens: 40 });
    const { least, most } = await gateway.estimates.estimate(caller, requestOf(request));
    const { cost } = await complete(request);
    expect(ledger.attempts[0]?.mostCost).toBe(most);
    expect(cost?.total).toBeLessThanOrEqual(most ?? 0n);
    expect(cost?.total).toBeGreaterThanOrEqual(least ?? 0n);
  });

  it('names the offer that the call then takes, and why others are not', async () => {
    const { gateway, caller, complete, catalog } = house();
    const request = requestOf({ route: { ...requestOf().route, ignore: ['one'] } });
    catalog.two.answer(whole('there'));
    const { offer, considered } = await gateway.estimates.estimate(caller, request);
    expect(offer?.id).toBe((await complete(request)).offer?.id);
    expect(considered.map(({ rejected }) => rejected)).toEqual(['It is ignored by the route.', null]);
  });

  it('asks no provider and holds nothing', async () => {
    const { gateway, caller, catalog } = house({ budgets: [{}] });
    const { headroom } = await gateway.estimates.estimate(caller, requestOf());
    expect(headroom).toMatchObject([{ used: 0n, held: 0n }]);
    expect(catalog.one.completions).toHaveLength(0);
  });

  it('has no most where nothing bounds the answer', async () => {
    const { gateway, caller, catalog } = house();
    catalog.change('acme/chat', () => ({ maxOutputTokens: null }));
    expect(await gateway.estimates.estimate(caller, requestOf({ maxOutputTokens: null }))).toMatchObject({
      most: null,
      least: expect.any(BigInt),
    });
  });
});
