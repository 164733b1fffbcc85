import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import type { ModelSlug } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { Step } from '../support/fakeAdapter.ts';
import { whole } from '../support/fakeAdapter.ts';
import type { HouseSettings } from '../support/house.ts';
import { house } from '../support/house.ts';

const away = new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.');
const silent = new GatewayError('UPSTREAM_TIMEOUT', 'Silent.');
const limited = (retryAfterMs?: number) =>
  new GatewayError('UPSTREAM_RATE_LIMITED', 'Slow down.', retryAfterMs === undefined ? {} : { retryAfterMs });
const refused = (reason: string) => new GatewayError('UPSTREAM_REFUSED', 'No.', { details: { reason } });

/** A house whose `acme/chat` only `one` offers. */
function lonelyHouse(settings: HouseSettings = {}) {
  const world = house(settings);
  const slug = toId<ModelSlug>('acme/chat');
  const model = world.catalog.models.get(slug);
  if (model === undefined) throw new Error('There is such a model.');
  world.catalog.models.set(slug, { ...model, offers: model.offers.slice(0, 1) });
  return world;
}

/** When each attempt was made, in milliseconds after the first, and how the call ended. */
async function spaced(steps: readonly Step[][], settings: HouseSettings = {}) {
  const world = lonelyHouse(settings);
  for (const script of steps) world.catalog.one.answer(...script);
  const result = await world.complete().catch((error: unknown) => error);
  const starts = world.ledger.ended[0]?.attempts.map(({ startedAt }) => startedAt) ?? [];
  return { result, gaps: starts.map((at) => at - (starts[0] ?? 0)), ...world };
}

describe('the same offer, where there is no other', () => {
  it('is asked once more after a wait when it failed', async () => {
    const { gaps, result } = await spaced([[away], [away]]);
    expect([gaps, result]).toMatchObject([[0, 500], { code: 'UPSTREAM_UNAVAILABLE' }]);
  });

  it('is asked again when its rate limit says, and not before', async () => {
    const { gaps, result } = await spaced([[limited(2000)], [whole('there')]], { draw: () => 0.999 });
    expect(result).toMatchObject({ text: 'there' });
    expect(gaps[1]).toBeGreaterThanOrEqual(2000);
    expect(gaps[1]).toBeLessThan(2300);
  });

  it('is asked ever later where its rate limit says nothing, and four times at most', async () => {
    const { gaps, result } = await spaced([[limited()], [limited()], [limited()], [limited()]]);
    expect([gaps, result]).toMatchObject([[0, 500, 1500, 3500], { code: 'UPSTREAM_RATE_LIMITED' }]);
  });

  it('is not waited for beyond the time of the call; the caller is told when to come back', async () => {
    const { gaps, result } = await spaced([[limited(700_000)]]);
    expect([gaps, result]).toMatchObject([[0], { code: 'UPSTREAM_RATE_LIMITED', retryAfterMs: 700_000 }]);
  });

  it.each([
    ['silence', silent],
    ['a refusal', refused('KEY_REFUSED')],
  ])('is never asked again after %s', async (_what, error) => {
    expect((await spaced([[error]])).gaps).toEqual([0]);
  });

  it('is asked as often as is set', async () => {
    expect((await spaced([[limited()], [limited()]], { attempts: 2 })).gaps).toEqual([0, 500]);
  });

  it('is not waited for when the call is cancelled', async () => {
    const { start, catalog, clock, gateway, caller } = lonelyHouse();
    catalog.one.answer(limited(5000));
    const running = await start();
    await clock.advance(10);
    await gateway.completions.cancel(caller, { id: running.id });
    await expect(running.answer).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(catalog.one.completions).toHaveLength(1);
  });
});

describe('an offer that asked to be left alone', () => {
  it('comes after the others until its rate limit is over', async () => {
    const { complete, catalog, clock } = house();
    catalog.one.answer(limited(2000));
    for (const _call of [1, 2]) catalog.two.answer(whole('there'));
    for (const _call of [1, 2]) expect(await complete()).toMatchObject({ offer: { provider: 'two' } });
    expect(catalog.one.completions).toHaveLength(1);
    await clock.advance(2000);
    catalog.one.answer(whole('here'));
    expect(await complete()).toMatchObject({ offer: { provider: 'one' } });
  });

  it.each([['QUOTA_SPENT'], ['KEY_REFUSED']])(
    'because of %s comes last for a minute, and is still asked where nobody else is',
    async (reason) => {
      const { complete, catalog, clock } = house();
      catalog.one.answer(refused(reason));
      for (const _call of [1, 2]) catalog.two.answer(whole('there'));
      for (const _call of [1, 2]) await complete();
      expect(catalog.one.completions).toHaveLength(1);
      catalog.one.answer(refused(reason));
      catalog.two.answer(silent);
      await expect(complete()).rejects.toMatchObject({ code: 'NO_ROUTE' });
      await clock.advance(60_000);
      catalog.one.answer(whole('here'));
      expect(await complete()).toMatchObject({ offer: { provider: 'one' } });
    },
  );
});

describe('an offer that keeps failing', () => {
  it('only those who do not wait is not left alone: one caller cannot have it closed to all', async () => {
    const { stream, catalog, gateway } = lonelyHouse();
    for (let call = 0; call < 10; call++) catalog.one.answer('hang');
    for (let call = 0; call < 10; call++) await stream({ timeouts: { firstTokenMs: 5, idleMs: 5, totalMs: 50 } });
    expect(gateway.models.health(toId('one/acme/chat'))).toMatchObject({ state: 'CLOSED', errorRate: null });
    for (let call = 0; call < 5; call++) catalog.one.answer('hang');
    for (let call = 0; call < 5; call++) await stream();
    expect(gateway.models.health(toId('one/acme/chat'))).toMatchObject({ state: 'OPEN', errorRate: 1 });
  });

  it('is passed over, tried by one call, and back as soon as that succeeds', async () => {
    const { complete, catalog, clock, gateway } = house();
    const health = () => gateway.models.health(toId('one/acme/chat'));
    for (let call = 0; call < 8; call++) catalog.two.answer(whole('there'));
    for (let call = 0; call < 5; call++) catalog.one.answer(away);
    for (let call = 0; call < 7; call++) expect(await complete()).toMatchObject({ offer: { provider: 'two' } });
    expect(catalog.one.completions).toHaveLength(5);
    expect(health()).toMatchObject({ state: 'OPEN', errorRate: 1 });
    await clock.advance(5000);
    expect(health().state).toBe('HALF_OPEN');
    catalog.one.answer(away);
    await complete();
    expect(health().state).toBe('OPEN');
    await clock.advance(10_000);
    for (const _call of [1, 2]) catalog.one.answer(whole('here'));
    for (const _call of [1, 2]) expect(await complete()).toMatchObject({ offer: { provider: 'one' } });
    expect(health().state).toBe('CLOSED');
  });

  it('with no other beside it refuses calls at once, and says when to come back', async () => {
    const { complete, catalog, gateway, clock } = lonelyHouse({ attempts: 1 });
    for (let call = 0; call < 5; call++) catalog.one.answer(away);
    for (let call = 0; call < 5; call++) await expect(complete()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await clock.advance(1000);
    await expect(complete()).rejects.toMatchObject({
      code: 'NO_ROUTE',
      retryAfterMs: 4000,
      details: { offers: ['one/acme/chat: It has kept failing; it is tried again in 4000 ms.'] },
    });
    expect([catalog.one.completions.length, gateway.inFlight]).toEqual([5, 0]);
  });
});
