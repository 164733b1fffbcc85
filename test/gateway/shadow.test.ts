import { describe, expect, it } from 'vitest';
import { whole } from '../support/fakeAdapter.ts';
import { house } from '../support/house.ts';
import { quotaWorld } from '../support/quotaWorld.ts';

const shadow = { shadow: true } as const;

describe('a shadow budget', () => {
  it('refuses nothing, and counts what it would have refused', async () => {
    const { hold, clock, pools, budgets, store } = quotaWorld({ budgets: [{ ...shadow, meter: 'REQUESTS', limit: 3n }], pools: 2 });
    for (let call = 0; call < 5; call++) {
      (await hold(0, 1n)).settle({ REQUESTS: 1n });
      await clock.advance(400);
    }
    const seen = { used: 3n, held: 0n, wouldRefuse: { count: 2n, amount: 2n } };
    expect(await pools[0]?.quotas(budgets)).toMatchObject([seen]);
    expect(await pools[1]?.quotas(budgets)).toMatchObject([seen]);
    expect(store.accounts[0]).toMatchObject({ spent: 3n, refused: 2n, refusedAmount: 2n });
  });

  it('refuses as little without the store', async () => {
    const { hold, store } = quotaWorld({ budgets: [{ ...shadow, limit: 3n }] });
    store.failure = 'AWAY';
    await expect(hold(0, 5n)).resolves.toBeDefined();
  });

  it('of a minute lets through what a limit would have let through, while all calls go on', async () => {
    const { hold, clock, pools, budgets } = quotaWorld({ budgets: [{ ...shadow, meter: 'REQUESTS', window: 'MINUTE', limit: 100n }] });
    for (let call = 0; call < 1500; call++) {
      (await hold(0, 1n)).settle({ REQUESTS: 1n });
      await clock.advance(400);
    }
    const [quota] = (await pools[0]?.quotas(budgets)) ?? [];
    // 150 a minute for ten minutes, of which 100 a minute fit.
    expect(Number(quota?.wouldRefuse?.count)).toBeGreaterThan(450);
    expect(Number(quota?.wouldRefuse?.count)).toBeLessThan(580);
  });

  it('shortens no answer, and counts what of it would have been let through', async () => {
    const limit = 48_000n + 30n * 4000n;
    const { complete, catalog, gateway, caller } = house({ budgets: [{ ...shadow, limit }] });
    catalog.one.answer(whole('once', 10, 90));
    await complete();
    expect(catalog.one.completions[0]?.call.maxOutputTokens).toBe(100);
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ wouldRefuse: { count: 0n } }]);
    catalog.one.answer(whole('twice', 10, 90));
    await complete();
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ held: 0n, wouldRefuse: { count: 1n } }]);
  });

  it('would have let nothing through that has no price', async () => {
    const { complete, catalog, gateway, caller } = house({ budgets: [shadow] });
    catalog.change('acme/chat', (offer) => ({ price: { ...offer.price, output: null } }));
    catalog.one.answer(whole('once'));
    await complete();
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: 0n, held: 0n, wouldRefuse: { count: 1n, amount: 0n } }]);
  });

  it('refuses as soon as it is one no more', async () => {
    const { complete, catalog, gateway, caller, store } = house({ budgets: [{ ...shadow, meter: 'REQUESTS', limit: 1n }] });
    for (const text of ['once', 'twice']) {
      catalog.one.answer(whole(text));
      await complete();
    }
    const [budget] = store.rows.budgets;
    if (budget === undefined) throw new Error('There is no budget.');
    await gateway.administration.updateBudget(caller, budget.id, { shadow: false });
    await expect(complete()).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED', details: { reason: 'EXHAUSTED' } });
    expect(store.rows.audit).toMatchObject([{ action: 'UPDATE_BUDGET', before: { shadow: true }, after: { shadow: false } }]);
  });
});
