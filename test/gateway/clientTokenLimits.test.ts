import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { noUsage } from '../../src/domain/usage.ts';
import type { NewTokenLimits } from '../../src/gateway/clientTokenInput.ts';
import type { Caller } from '../../src/gateway/gateway.ts';
import { asked, keyCaller, keyHouse, makeToken, tokenCaller } from '../support/clientTokens.ts';
import { whole } from '../support/fakeAdapter.ts';
import { house, requestOf } from '../support/house.ts';

describe('the limits of a client token', () => {
  it('let exactly so many calls through, on all replicas, however many come at once', async () => {
    const world = keyHouse();
    const other = house({ sharing: world });
    for (const { catalog } of [world, other]) for (let call = 0; call < 25; call++) catalog.one.answer(whole('there'));
    const token = await makeToken(world, asked({}, { requests: 7n }));
    const callers = await Promise.all(
      [world, other].map(async ({ gateway }) => ({
        principal: await gateway.access.authenticate(token),
        requestId: 'token',
        address: null,
      })),
    );
    const starts = Array.from({ length: 50 }, (_, index) => {
      const [replica, caller] = index % 2 === 0 ? [world, callers[0]] : [other, callers[1]];
      if (caller === undefined) throw new Error('There are two replicas here.');
      return replica.start({}, { caller, streamed: false }).then(({ answer }) => answer);
    });
    const outcomes = await world.clock.until(Promise.allSettled(starts));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({
          code: 'QUOTA_EXHAUSTED',
          retryAfterMs: null,
          details: { scope: 'CLIENT_TOKEN', meter: 'REQUESTS', reason: 'EXHAUSTED' },
        });
    const [first] = callers;
    if (first === undefined) throw new Error('There are two replicas here.');
    expect(await world.clock.until(world.gateway.quotas.quotas(first))).toMatchObject([
      { used: 7n, held: 0n, resetsAt: null, budget: { limit: 7n } },
    ]);
  });

  it('bind the token and nobody else', async () => {
    const world = keyHouse();
    for (let call = 0; call < 3; call++) world.catalog.one.answer(whole('there'));
    const caller = await tokenCaller(world, asked({}, { requests: 1n }));
    const call = async (who: Caller) => (await world.start({}, { caller: who, streamed: false })).answer;
    await world.clock.until(call(caller));
    await expect(world.clock.until(call(caller))).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
    await world.clock.until(call(await keyCaller(world)));
    await world.clock.until(call(await tokenCaller(world, asked({}, { requests: 1n }))));
  });

  it('shorten an answer to what is allowed, and to what the money pays for', async () => {
    const world = keyHouse();
    const capOf = async (limits: Partial<NewTokenLimits>) => {
      world.catalog.one.answer(whole('there'));
      const caller = await tokenCaller(world, asked({}, limits));
      await world.clock.until(world.start({ maxOutputTokens: 1000 }, { caller, streamed: false }).then(({ answer }) => answer));
      return world.catalog.one.completions.at(-1)?.call.maxOutputTokens;
    };
    expect(await capOf({ maxOutputTokens: 50 })).toBe(50);
    expect(await capOf({ maxOutputTokens: 50, spend: 10n ** 9n })).toBe(50);
    expect(await capOf({ maxOutputTokens: 50, spend: 150_000n })).toBeLessThan(38);
  });

  it('are over with the token: a call under way ends as it would have', async () => {
    const world = keyHouse();
    const caller = await tokenCaller(world, asked({ ttlSeconds: 5 }, { spend: 10n ** 9n, requests: 5n }));
    world.catalog.one.answer({ waitMs: 10_000 }, whole('there'));
    const { answer } = await world.clock.until(world.start({}, { caller }));
    expect(await world.clock.until(answer)).toMatchObject({ text: 'there', state: 'SUCCEEDED' });
    const late = world.start({}, { caller });
    await expect(world.clock.until(late)).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED', message: expect.stringContaining('over') });
  });

  it('pay for no further attempt when the token has ended', async () => {
    const world = keyHouse();
    const caller = await tokenCaller(world, asked({ ttlSeconds: 5 }, { spend: 10n ** 9n }));
    world.catalog.one.answer({ waitMs: 10_000 }, new GatewayError('UPSTREAM_UNAVAILABLE', 'The provider is away.'));
    const { answer } = await world.clock.until(world.start({}, { caller }));
    await expect(world.clock.until(answer)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(world.catalog.two.completions).toEqual([]);
  });

  it('are removed two days after the token has ended', async () => {
    const world = keyHouse();
    await makeToken(world, asked({}, { requests: 1n }));
    await world.clock.advance(60_000 + 2 * 86_400_000 - 600_000);
    expect(world.store.rows.budgets).toHaveLength(1);
    await world.clock.advance(1_200_000);
    expect(world.store.rows.budgets).toEqual([]);
  });

  it('count embeddings, too', async () => {
    const world = keyHouse({ scopes: ['EMBEDDINGS_WRITE'] });
    const { principal } = await tokenCaller(world, asked({ scopes: ['EMBEDDINGS_WRITE'] }, { requests: 1n, tokens: 1000n }));
    const here = house({ sharing: world, principal });
    here.catalog.one.embedded({ vectors: [Float32Array.of(1)], usage: { ...noUsage, inputTokens: 3 }, providerRequestId: null });
    expect(await here.embed({})).toMatchObject([{ usage: { inputTokens: 3 } }]);
    await expect(here.embed({})).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED', details: { scope: 'CLIENT_TOKEN' } });
    const quotas = await here.clock.until(here.gateway.quotas.quotas(here.caller));
    expect(quotas.map(({ budget, used }) => [budget.meter, used])).toEqual([
      ['REQUESTS', 1n],
      ['TOKENS', 3n],
    ]);
  });

  it('stand in the estimate, which is clamped as the call is', async () => {
    const world = keyHouse();
    const caller = await tokenCaller(world, asked({}, { maxOutputTokens: 5, requests: 2n }));
    const estimate = await world.clock.until(world.gateway.estimates.estimate(caller, requestOf({ maxOutputTokens: 100 })));
    expect(estimate).toMatchObject({ maxOutputTokens: 5, headroom: [{ budget: { limit: 2n } }] });
  });
});
