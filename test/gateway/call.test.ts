import { describe, expect, it } from 'vitest';
import type { CompletionEvent } from '../../src/domain/completion.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import type { CompletionId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import { finished, started, text, whole } from '../support/fakeAdapter.ts';
import { house, readAll } from '../support/house.ts';

const noId = toId<CompletionId>('none');
const names = (events: readonly CompletionEvent[]) => events.map(({ __typename }) => __typename);
const terminal = (events: readonly CompletionEvent[]) => names(events).filter((name) => /Finished|Failed/.test(name));

describe('a stream', () => {
  it('begins with its start, numbers its events without gaps and ends once', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started], [text('once ')], [text('upon '), text('a ')], [text('time'), ...finished(4, 6)]);
    const events = await stream();
    expect(names(events)).toEqual(['CompletionStarted', 'CompletionDelta', 'CompletionDelta', 'CompletionDelta', 'CompletionFinished']);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(events.flatMap((event) => (event.__typename === 'CompletionDelta' ? [[event.offset, event.text]] : []))).toEqual([
      [0, 'once '],
      [5, 'upon a '],
      [12, 'time'],
    ]);
  });

  it('ends with its whole text, usage and cost', async () => {
    const { stream, catalog, ledger } = house();
    catalog.one.answer(whole('once upon', 10, 5));
    const last = (await stream()).at(-1);
    expect(last).toMatchObject({
      __typename: 'CompletionFinished',
      completion: {
        state: 'SUCCEEDED',
        text: 'once upon',
        usage: { inputTokens: 10, outputTokens: 5, basis: 'MEASURED' },
        cost: { total: 30_000n },
      },
    });
    expect(ledger.ended).toMatchObject([{ outcome: 'SUCCEEDED', cost: { total: 30_000n }, saved: 0n }]);
  });

  it('reads the same late, again, and from the middle', async () => {
    const { start, clock, catalog } = house();
    catalog.one.answer([started, text('once ')], { waitMs: 10 }, [text('upon')], [...finished(1, 2)]);
    const running = await start();
    const [early, second] = await Promise.all([clock.until(readAll(running)), clock.until(readAll(running))]);
    expect(second).toEqual(early);
    expect(await readAll(running)).toEqual(early);
    expect(await readAll(running, 2)).toEqual(early.slice(2));
  });

  it('ends only when the ledger has the call', async () => {
    const { start, clock, catalog, ledger } = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    catalog.one.answer([started, text('once')], { waitMs: 10 }, finished(1, 1));
    const cursor = (await start()).subscribe(0);
    ledger.gate = promise;
    await clock.advance(1000);
    expect(terminal(cursor.read())).toEqual([]);
    resolve();
    await clock.advance(0);
    expect([ledger.ended.length, ...terminal(cursor.read())]).toEqual([1, 'CompletionFinished']);
  });

  it('ends with OUTCOME_UNKNOWN when not even its end can be written', async () => {
    const { start, clock, catalog, ledger, gateway } = house();
    catalog.one.answer([started, text('once')], { waitMs: 10 }, finished(1, 1));
    const running = await start();
    ledger.broken = true;
    expect((await clock.until(readAll(running))).at(-1)).toMatchObject({
      __typename: 'CompletionFailed',
      error: { code: 'OUTCOME_UNKNOWN' },
    });
    expect(gateway.inFlight).toBe(0);
  });

  it('gathers over coalesceMs, but for its first words', async () => {
    const { stream, catalog } = house();
    catalog.one.answer(
      [started, text('a')],
      { waitMs: 10 },
      [text('b')],
      { waitMs: 10 },
      [text('c')],
      { waitMs: 100 },
      [text('d')],
      finished(1, 4),
    );
    const events = await stream({ coalesceMs: 50 });
    expect(events.flatMap((event) => (event.__typename === 'CompletionDelta' ? [event.text] : []))).toEqual(['a', 'bc', 'd']);
  });

  it('loses nothing that was gathered when it breaks off', async () => {
    const { stream, catalog } = house({ attempts: 1 });
    catalog.one.answer([started, text('a')], [text('b')], new GatewayError('UPSTREAM_MALFORMED', 'Cut.'));
    const events = await stream({ coalesceMs: 50 });
    expect(names(events)).toEqual(['CompletionStarted', 'CompletionDelta', 'CompletionDelta', 'CompletionFailed']);
    expect(events.at(-1)).toMatchObject({ completion: { text: 'ab' } });
  });

  it('leaves no timer and no place behind', async () => {
    const { stream, catalog, clock, gateway } = house({ budgets: [{}] });
    const idle = clock.waiting;
    catalog.one.answer(whole('once'));
    await stream({ coalesceMs: 50, onDisconnect: { left: 'CONTINUE', cut: 'CONTINUE', graceMs: 30_000 } });
    await clock.advance(10 * 60_000);
    expect([clock.waiting, gateway.inFlight]).toEqual([idle, 0]);
  });
});

describe('a provider that breaks its word', () => {
  it('by ending without a finish is UPSTREAM_MALFORMED', async () => {
    const { stream, catalog } = house({ attempts: 1 });
    catalog.one.answer([started, text('once')]);
    expect((await stream()).at(-1)).toMatchObject({ error: { code: 'UPSTREAM_MALFORMED' }, completion: { usage: { basis: 'ESTIMATED' } } });
  });

  it('by throwing what is no error of ours is INTERNAL, without its message', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started, text('once')], new Error('a secret'));
    const last = (await stream()).at(-1);
    expect(last).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(JSON.stringify(last, (_name, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain('a secret');
  });

  it('by throwing before it answers ends the call, not the process', async () => {
    const { stream } = house();
    expect((await stream()).at(-1)).toMatchObject({ error: { code: 'INTERNAL' }, completion: { cost: { total: 0n } } });
  });
});

describe('a cancelled call', () => {
  it('aborts the provider in the same tick and books what it used, estimated', async () => {
    const { start, clock, catalog, gateway, caller, ledger } = house();
    catalog.one.answer([started, text('x'.repeat(40))], 'hang');
    const running = await start();
    await clock.advance(0);
    const cancelled = gateway.completions.cancel(caller, { id: running.id });
    expect(catalog.one.completions[0]?.signal.aborted).toBe(true);
    expect(await cancelled).toEqual({ id: running.id, state: 'CANCELLED' });
    expect(ledger.ended).toMatchObject([{ outcome: 'CANCELLED', errorCode: 'CANCELLED', usage: { outputTokens: 10, basis: 'ESTIMATED' } }]);
  });

  it('stays what it is when it is cancelled again', async () => {
    const { stream, catalog, gateway, caller } = house();
    catalog.one.answer(whole('once'));
    const [{ completionId: id } = { completionId: noId }] = await stream();
    expect(await gateway.completions.cancel(caller, { id })).toEqual({ id, state: 'SUCCEEDED' });
  });

  it('pays nothing for an offer that was never asked', async () => {
    const { start, clock, catalog, gateway, caller, ledger } = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    catalog.one.answer({ waitMs: 10 }, new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.'));
    const running = await start();
    ledger.gate = promise;
    await clock.advance(10);
    const cancelled = gateway.completions.cancel(caller, { id: running.id });
    resolve();
    await clock.until(cancelled);
    expect(catalog.two.completions).toHaveLength(0);
    expect(ledger.ended).toMatchObject([{ outcome: 'CANCELLED', cost: { total: 0n } }]);
  });
});

describe('the ledger', () => {
  it('that refuses a call keeps it from being sent, and everything held goes back', async () => {
    const { start, catalog, ledger, gateway, caller } = house({ budgets: [{}, { meter: 'REQUESTS', limit: 10n }] });
    ledger.refusing = true;
    await expect(start()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect([catalog.one.completions.length, gateway.inFlight]).toEqual([0, 0]);
    expect(await gateway.quotas.quotas(caller)).toMatchObject([
      { used: 0n, held: 0n },
      { used: 0n, held: 0n },
    ]);
  });

  it('knows a call and its most before the provider does', async () => {
    const { start, ledger, catalog, clock } = house({ budgets: [{ meter: 'REQUESTS', limit: 10n }] });
    catalog.one.answer(whole('once'));
    await start();
    expect(ledger.begun).toHaveLength(1);
    expect(ledger.attempts).toMatchObject([
      { offer: 'one/acme/chat', mostCost: expect.any(BigInt), holds: [{ budgetId: 'b1', amount: 1n }] },
    ]);
    await clock.advance(0);
    expect(ledger.ended).toMatchObject([{ draws: [{ budgetId: 'b1', amount: 1n }] }]);
  });
});

describe('a timeout', () => {
  const timeouts = { firstTokenMs: 1000, idleMs: 500, totalMs: 5000 };

  it('of the first token gives the next offer its chance', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started], 'hang');
    catalog.two.answer(whole('there'));
    const events = await stream({ timeouts });
    expect(events[1]).toMatchObject({ __typename: 'CompletionRerouted', reason: 'UPSTREAM_TIMEOUT', keepTextLength: 0 });
    expect(events.at(-1)).toMatchObject({ completion: { timing: { durationMs: 1000 }, text: 'there' } });
  });

  it('of silence in the middle ends the call', async () => {
    const { stream, catalog } = house({ attempts: 1 });
    catalog.one.answer([started, text('once')], { waitMs: 400 }, [text(' upon')], 'hang');
    const last = (await stream({ timeouts })).at(-1);
    expect(last).toMatchObject({ error: { code: 'UPSTREAM_TIMEOUT' }, completion: { text: 'once upon', timing: { durationMs: 900 } } });
  });

  it('of the whole call ends it although words still come', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started], ...Array.from({ length: 30 }, () => [{ waitMs: 400 }, [text('x')]]).flat());
    const last = (await stream({ timeouts })).at(-1);
    expect(last).toMatchObject({ error: { code: 'UPSTREAM_TIMEOUT' }, completion: { timing: { durationMs: 5000 } } });
  });

  it('of silence does not bind a call that is not streamed', async () => {
    const { complete, catalog } = house();
    catalog.one.answer({ waitMs: 4000 }, whole('late'));
    expect(await complete({ timeouts })).toMatchObject({ state: 'SUCCEEDED', text: 'late' });
  });

  it('of the whole binds a call that is not streamed', async () => {
    const { complete, catalog } = house();
    catalog.one.answer('hang');
    await expect(complete({ timeouts })).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(catalog.two.completions).toHaveLength(0);
  });
});

describe('a provider that does not hear that it is left', () => {
  it('is waited for five seconds, then the call ends all the same', async () => {
    const { start, clock, catalog, gateway, caller } = house({ budgets: [{}] });
    catalog.one.answer([started, text('once')], 'deaf');
    const running = await start();
    await clock.advance(0);
    const cancelled = gateway.completions.cancel(caller, { id: running.id });
    await clock.advance(4999);
    expect(gateway.inFlight).toBe(1);
    await clock.advance(1);
    expect([await cancelled, gateway.inFlight]).toEqual([{ id: running.id, state: 'CANCELLED' }, 0]);
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ held: 0n }]);
  });
});
