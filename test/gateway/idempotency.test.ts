import { describe, expect, it } from 'vitest';
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

  it('whose answer is no longer kept is IDEMPOTENCY_REPLAY_UNAVAILABLE, and names the completion', async () => {
    const { complete, catalog, clock } = house();
    catalog.one.answer(whole('once'));
    const { id } = await complete(keyed);
    await clock.advance(6 * 60_000);
    await expect(complete(keyed)).rejects.toMatchObject({ code: 'IDEMPOTENCY_REPLAY_UNAVAILABLE', details: { completionId: id } });
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
