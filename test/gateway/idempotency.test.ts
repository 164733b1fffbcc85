import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { writeUsd } from '../../src/domain/money.ts';
import { started, text, whole } from '../support/fakeAdapter.ts';
import { house, otherCaller, readAll } from '../support/house.ts';

const keyed = { idempotencyKey: 'order 7' };

describe('an idempotency key', () => {
  it('used twice at once starts one call', async () => {
    const { start, catalog, ledger, gateway } = house();
    catalog.one.answer([started, text('once')], 'hang');
    const [first, second] = await Promise.all([start(keyed), start(keyed)]);
    expect([second.id, ledger.begun.length, gateway.inFlight]).toEqual([first.id, 1, 1]);
  });

  it('used again after the end gives the same answer, and nothing is paid twice', async () => {
    const { complete, catalog, ledger } = house();
    catalog.one.answer(whole('once'));
    const answers = [await complete(keyed), await complete(keyed)];
    expect(answers[1]).toEqual(answers[0]);
    expect(ledger.ended).toHaveLength(1);
  });

  it('is repeated where its own call has taken the last room, and a call that would have to be made is refused', async () => {
    const { start, complete, catalog, ledger, gateway } = house({
      budgets: [
        { meter: 'PARALLEL', window: 'TOTAL', limit: 1n },
        { meter: 'REQUESTS', window: 'TOTAL', limit: 1n },
      ],
    });
    catalog.one.answer([started, text('once')], { waitMs: 10 }, whole('upon'));
    const first = await start(keyed);
    expect((await start(keyed)).id).toBe(first.id);
    await expect(start({ idempotencyKey: 'order 8' })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await complete(keyed)).toMatchObject({ id: first.id });
    expect(await complete(keyed)).toMatchObject({ id: first.id });
    await expect(start({ idempotencyKey: 'order 8' })).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
    expect([ledger.begun.length, gateway.inFlight]).toEqual([1, 0]);
  });

  it('whose first call failed is refused when there is no room to make it', async () => {
    const { complete, catalog } = house({ budgets: [{ meter: 'REQUESTS', window: 'TOTAL', limit: 1n }] });
    catalog.one.answer(new GatewayError('CONTENT_FILTERED', 'No.'));
    await expect(complete(keyed)).rejects.toMatchObject({ code: 'CONTENT_FILTERED' });
    await expect(complete(keyed)).rejects.toMatchObject({ code: 'QUOTA_EXHAUSTED' });
  });

  it('used again with another way of reading is the same call', async () => {
    const { complete, stream, catalog } = house();
    catalog.one.answer(whole('once'));
    const { id } = await complete(keyed);
    const events = await stream({ ...keyed, coalesceMs: 100, onDisconnect: { left: 'CONTINUE', cut: 'CONTINUE', graceMs: 1 } });
    expect(events.every(({ completionId }) => completionId === id)).toBe(true);
  });

  it('of another request is IDEMPOTENCY_CONFLICT, and gives its place back', async () => {
    const { complete, catalog, gateway } = house();
    catalog.one.answer(whole('once'));
    await complete(keyed);
    await expect(complete({ ...keyed, maxOutputTokens: 7 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(gateway.inFlight).toBe(0);
  });

  it('whose call the process has forgotten is answered from the database: event for event, paid once', async () => {
    const { stream, complete, catalog, clock, ledger } = house();
    catalog.one.answer([started, text('once ')], { waitMs: 10 }, whole('upon'));
    const events = await stream(keyed);
    await clock.advance(6 * 60_000);
    expect(await stream(keyed)).toEqual(events);
    await clock.advance(6 * 60_000);
    expect(await complete(keyed)).toMatchObject({ id: events[0]?.completionId, text: 'once upon' });
    expect(ledger.ended).toHaveLength(1);
  });

  it('goes on behind what was read, also when it is answered from the database', async () => {
    const { stream, start, catalog, clock } = house();
    catalog.one.answer([started, text('once ')], { waitMs: 10 }, whole('upon'));
    const events = await stream(keyed);
    await clock.advance(6 * 60_000);
    expect(await readAll(await start(keyed), 2)).toEqual(events.slice(2));
  });

  it('whose answer may not be kept is IDEMPOTENCY_REPLAY_UNAVAILABLE, and says what was used', async () => {
    const { complete, catalog, clock, store, ledger } = house({ keepAnswers: false });
    catalog.one.answer(whole('once'));
    const { id, cost } = await complete(keyed);
    await clock.advance(6 * 60_000);
    await expect(complete(keyed)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_REPLAY_UNAVAILABLE',
      details: { completionId: id, inputTokens: 10, outputTokens: 5, cost: writeUsd(cost?.total ?? 0n) },
    });
    expect([ledger.ended.length, ...[...store.idempotency.rows.values()].map(({ answer }) => answer)]).toEqual([1, null]);
  });

  it('leaves nothing to read in the database', async () => {
    const { complete, catalog, store } = house();
    catalog.one.answer(whole('a secret answer'));
    await complete(keyed);
    const [row] = [...store.idempotency.rows.values()];
    expect(row?.answer?.length).toBeGreaterThan(100);
    expect(`${Buffer.from(row?.answer ?? []).toString('latin1')} ${row?.mark}`).not.toMatch(/secret answer|Once upon/);
  });

  it('is forgotten after a day', async () => {
    const { complete, catalog, clock } = house();
    catalog.one.answer(whole('once'));
    catalog.one.answer(whole('again'));
    await complete(keyed);
    await clock.advance(24 * 3_600_000);
    expect(await complete(keyed)).toMatchObject({ text: 'again' });
  });

  it('of a call that could not start is free again', async () => {
    const { complete, catalog, ledger } = house();
    ledger.refusing = true;
    await expect(complete(keyed)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    ledger.refusing = false;
    catalog.one.answer(whole('once'));
    expect(await complete(keyed)).toMatchObject({ text: 'once' });
  });

  it('of a call that failed is free again, and what it cost stays booked', async () => {
    const { complete, catalog, ledger, store } = house({ attempts: 1 });
    catalog.one.answer([started, text('on')], new GatewayError('UPSTREAM_MALFORMED', 'Cut.'));
    await expect(complete(keyed)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    catalog.one.answer(whole('once'));
    expect(await complete(keyed)).toMatchObject({ text: 'once' });
    expect(ledger.ended.map(({ outcome }) => outcome)).toEqual(['FAILED', 'SUCCEEDED']);
    expect(store.idempotency.rows.size).toBe(1);
  });

  it('of a call that was cancelled cancels it twice, and is free again', async () => {
    const { start, complete, catalog, gateway, caller } = house();
    catalog.one.answer([started, text('on')], 'hang');
    const { id } = await start(keyed);
    for (const _time of [1, 2]) expect(await gateway.completions.cancel(caller, keyed)).toEqual({ id, state: 'CANCELLED' });
    catalog.one.answer(whole('once'));
    expect(await complete(keyed)).toMatchObject({ text: 'once' });
  });

  it('finds its call to cancel when the process has forgotten it, too', async () => {
    const { complete, catalog, gateway, caller, clock } = house();
    catalog.one.answer(whole('once'));
    const { id } = await complete(keyed);
    await clock.advance(20 * 60_000);
    expect(await gateway.completions.cancel(caller, keyed)).toEqual({ id, state: 'SUCCEEDED' });
    await expect(gateway.completions.cancel(otherCaller(), keyed)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('cannot be used while the database is away; calls without one go on', async () => {
    const { complete, catalog, ledger, store, gateway, clock } = house();
    store.idempotency.away = true;
    await expect(complete(keyed)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect([ledger.begun.length, gateway.inFlight]).toEqual([0, 0]);
    catalog.one.answer(whole('once'));
    expect(await complete()).toMatchObject({ text: 'once' });
    store.idempotency.away = false;
    await clock.advance(5000);
    catalog.one.answer(whole('again'));
    expect(await complete(keyed)).toMatchObject({ text: 'again' });
  });

  it('is answered for when the database comes back after the end', async () => {
    const { start, catalog, store, clock } = house();
    catalog.one.answer([started, text('once ')], { waitMs: 100 }, whole('upon'));
    const { answer } = await start(keyed);
    store.idempotency.away = true;
    await clock.until(answer);
    const state = () => [...store.idempotency.rows.values()].map((row) => row.state);
    expect(state()).toEqual(['RUNNING']);
    store.idempotency.away = false;
    await clock.advance(5000);
    expect(state()).toEqual(['ENDED']);
  });

  it('is written down before a gateway is gone', async () => {
    const { complete, catalog, store, gateway } = house();
    catalog.one.answer(whole('once'));
    await complete(keyed);
    await gateway[Symbol.asyncDispose]();
    expect([...store.idempotency.rows.values()]).toMatchObject([{ state: 'ENDED' }]);
  });

  it('means nothing under another API key', async () => {
    const { start, catalog } = house();
    catalog.one.answer(whole('mine'));
    catalog.one.answer(whole('theirs'));
    const [mine, theirs] = [await start(keyed), await start(keyed, { caller: otherCaller() })];
    expect(theirs.id).not.toBe(mine.id);
  });

  it('cancels the call it was used for, also while that is being started', async () => {
    const { start, catalog, gateway, caller, ledger, clock } = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    catalog.one.answer([started, text('once')], 'hang');
    ledger.gate = promise;
    const starting = start(keyed);
    await clock.advance(0);
    const cancelled = gateway.completions.cancel(caller, keyed);
    resolve();
    expect(await cancelled).toEqual({ id: (await starting).id, state: 'CANCELLED' });
  });
});

describe('a cut client that asks again with its key', () => {
  it('reads one text without a gap or a duplicate, billed once', async () => {
    const { start, clock, catalog, ledger } = house();
    catalog.one.answer([started, text('once ')], { waitMs: 1000 }, whole('upon'));
    const request = { ...keyed, onDisconnect: { left: 'CANCEL', cut: 'CONTINUE', graceMs: 30_000 } } as const;
    const cursor = (await start(request)).subscribe(0);
    await clock.advance(0);
    cursor.close('CUT');
    const events = await clock.until(start(request).then((running) => readAll(running)));
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(events.at(-1)).toMatchObject({ completion: { text: 'once upon' } });
    expect(ledger.ended).toHaveLength(1);
  });
});
