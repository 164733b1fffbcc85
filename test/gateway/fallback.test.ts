import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/domain/errors.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import { costOf } from '../../src/domain/price.ts';
import { noPreferences } from '../../src/domain/route.ts';
import { started, whole } from '../support/fakeAdapter.ts';
import { house, sandboxed } from '../support/house.ts';

const away = new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.');

describe('another offer', () => {
  it('takes over before the first word, and its usage and cost are the answer’s', async () => {
    const { stream, catalog, ledger } = house();
    catalog.one.answer(away);
    catalog.two.answer(whole('there', 10, 5));
    const events = await stream();
    expect(events.map(({ __typename }) => __typename)).toEqual([
      'CompletionStarted',
      'CompletionRerouted',
      'CompletionDelta',
      'CompletionFinished',
    ]);
    expect(events[1]).toMatchObject({ sequence: 2, keepTextLength: 0, reason: 'UPSTREAM_UNAVAILABLE', offer: { provider: 'two' } });
    expect(events.at(-1)).toMatchObject({ completion: { offer: { provider: 'two' }, cost: { total: 60_000n } } });
    expect(ledger.ended).toMatchObject([{ provider: 'two', attempts: [{ outcome: 'FAILED', usage: null }, { outcome: 'SUCCEEDED' }] }]);
    expect(ledger.attempts).toHaveLength(2);
  });

  it('is paid together with what the first one was taken for', async () => {
    const { complete, catalog } = house();
    catalog.one.answer([started], away);
    catalog.two.answer(whole('there', 10, 5));
    const { attempts, cost, usage } = await complete();
    expect(attempts.map((attempt) => attempt.usage?.basis)).toEqual(['ESTIMATED', 'MEASURED']);
    expect(cost?.total).toBe((attempts[0]?.cost?.total ?? 0n) + (attempts[1]?.cost?.total ?? 0n));
    expect(usage.basis).toBe('ESTIMATED');
  });

  it('is written down with its price and with how those before it went, so that a crash charges them as they were', async () => {
    const { complete, catalog, ledger } = house();
    catalog.one.answer([started], away);
    catalog.two.answer(whole('there', 10, 5));
    const { attempts } = await complete();
    const [first, second] = ledger.attempts;
    const offers = catalog.current().models.get(attempts[0]?.model ?? toId(''))?.offers ?? [];
    expect([first?.price, second?.price]).toEqual(offers.map(({ price }) => price));
    expect([first?.providerModel, first?.priceSource]).toEqual([offers[0]?.providerModel, offers[0]?.priceSource]);
    expect([first?.earlier, second?.earlier]).toEqual([[], [attempts[0]]]);
    expect(ledger.ended[0]?.attempts).toMatchObject([
      { price: offers[0]?.price, providerModel: offers[0]?.providerModel, answeredModel: 'm', apportioned: false },
      { price: offers[1]?.price, answeredModel: 'm' },
    ]);
    // The rule that its cost was made by is the rule by which it is worked out again.
    expect(attempts.map(({ usage, price }) => usage && costOf(usage, price))).toEqual(attempts.map(({ cost }) => cost));
  });

  it('is not tried when the ledger cannot write it down; the first error is told', async () => {
    const { start, catalog, ledger, clock, gateway } = house();
    catalog.one.answer({ waitMs: 10 }, away);
    const running = await start();
    ledger.refusing = true;
    await expect(clock.until(running.answer)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect([catalog.two.completions.length, gateway.inFlight]).toEqual([0, 0]);
  });

  it('of a fallback model serves after all of the asked one have failed', async () => {
    const { complete, catalog } = house();
    catalog.one.answer(away);
    catalog.two.answer(away);
    const answer = await complete({ route: { ...noPreferences, fallbacks: ['sandbox/chat'] } });
    expect(answer).toMatchObject({ model: { slug: 'sandbox/chat' }, requestedModel: 'acme/chat', state: 'SUCCEEDED' });
  });

  it('that fails too makes one error, which says what each offer said', async () => {
    const { complete, catalog } = house({ attempts: 2 });
    catalog.one.answer(away);
    catalog.two.answer(new GatewayError('UPSTREAM_RATE_LIMITED', 'Slow down.', { retryAfterMs: 2000 }));
    await expect(complete()).rejects.toMatchObject({
      code: 'NO_ROUTE',
      retryAfterMs: 2000,
      details: { attempts: ['one/acme/chat: UPSTREAM_UNAVAILABLE', 'two/acme/chat: UPSTREAM_RATE_LIMITED'] },
    });
  });

  it('with a larger context window serves a prompt that was too long', async () => {
    const { complete, catalog } = house();
    catalog.change('acme/chat', ({ provider }) => (provider === 'two' ? { contextWindow: 100_000 } : {}));
    catalog.one.answer(new GatewayError('CONTEXT_TOO_LONG', 'Too long.'));
    catalog.two.answer(whole('there'));
    expect(await complete()).toMatchObject({ offer: { provider: 'two' } });
  });

  it('of a fallback model serves a prompt that was too long, as far as is known', async () => {
    const { complete, catalog } = house();
    catalog.change('sandbox/chat', () => ({ contextWindow: null }));
    catalog.one.answer(new GatewayError('CONTEXT_TOO_LONG', 'Too long.'));
    expect(await complete({ route: { ...noPreferences, fallbacks: ['sandbox/chat'] } })).toMatchObject({ model: { slug: 'sandbox/chat' } });
    expect(catalog.two.completions).toHaveLength(0);
  });

  it.each(['QUOTA_SPENT', 'KEY_REFUSED'])('of the same provider is not asked after %s', async (reason) => {
    const { complete, catalog } = house();
    catalog.change('acme/chat', () => ({ provider: toId('one') }));
    catalog.one.answer(new GatewayError('UPSTREAM_REFUSED', 'No.', { details: { reason } }));
    await expect(complete()).rejects.toMatchObject({ code: 'UPSTREAM_REFUSED' });
    expect(catalog.one.completions).toHaveLength(1);
  });

  it.each<ErrorCode>(['CONTEXT_TOO_LONG', 'CONTENT_FILTERED', 'INVALID_REQUEST'])('is not tried after %s', async (code) => {
    const { complete, catalog } = house();
    catalog.one.answer(new GatewayError(code, 'No.'));
    await expect(complete()).rejects.toMatchObject({ code });
    expect(catalog.two.completions).toHaveLength(0);
  });
});

describe('a fault of the sandbox', () => {
  it.each([['rate_limited'], ['rate_limited_no_delay'], ['server_error'], ['unavailable'], ['reset'], ['silence']])(
    '%s at the first offer leads to the second before a word is said',
    async (fault) => {
      const { stream } = house();
      const events = await stream(sandboxed({ fault, offer: 'sandbox' }));
      expect(events[1]).toMatchObject({ __typename: 'CompletionRerouted', keepTextLength: 0 });
      expect(events.at(-1)).toMatchObject({ __typename: 'CompletionFinished', completion: { offer: { provider: 'sandbox-b' } } });
    },
  );

  it.each([
    ['rate_limited', 'NO_ROUTE'],
    ['silence', 'NO_ROUTE'],
    ['cut', 'NO_ROUTE'],
    ['malformed', 'NO_ROUTE'],
    ['stall', 'NO_ROUTE'],
    ['context_too_long', 'CONTEXT_TOO_LONG'],
    ['content_filtered', 'CONTENT_FILTERED'],
  ])('%s at both ends in %s', async (fault, code) => {
    const { stream, gateway, ledger } = house();
    const events = await stream(sandboxed({ fault, after: 3 }));
    expect(events.at(-1)).toMatchObject({ __typename: 'CompletionFailed', error: { code } });
    expect([gateway.inFlight, ledger.open]).toEqual([0, 0]);
  });

  it.each([['slow_first_token'], ['no_end'], ['overlong']])('%s still ends whole', async (fault) => {
    const { stream, ledger } = house();
    expect((await stream(sandboxed({ fault }, { maxOutputTokens: 20 }))).at(-1)).toMatchObject({ __typename: 'CompletionFinished' });
    expect(ledger.ended).toMatchObject([{ outcome: 'SUCCEEDED', usage: { basis: 'MEASURED' } }]);
  });

  it('cut keeps the words that came, and bills them as estimated', async () => {
    const { stream } = house();
    const last = (await stream(sandboxed({ fault: 'cut', after: 5 }))).at(-1);
    expect(last).toMatchObject({ completion: { state: 'FAILED', text: expect.stringMatching(/\S/), usage: { basis: 'ESTIMATED' } } });
  });

  it('is booked whole where it writes more than its hold', async () => {
    const { complete, gateway, caller } = house({ budgets: [{ limit: 10_000_000n }] });
    const { cost } = await complete(sandboxed({ fault: 'overlong' }, { maxOutputTokens: 20 }));
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: cost?.total, held: 0n }]);
  });
});
