import { describe, expect, it } from 'vitest';
import type { OnDisconnect } from '../../src/domain/completion.ts';
import { toId } from '../../src/domain/id.ts';
import type { Leaving } from '../../src/gateway/cursor.ts';
import { finished, started, text } from '../support/fakeAdapter.ts';
import type { House } from '../support/house.ts';
import { house, otherCaller, readAll } from '../support/house.ts';

/** A call that speaks once, and again after ten seconds; somebody reads along. */
async function reading(onDisconnect: Partial<OnDisconnect>) {
  const world: House = house();
  world.catalog.one.answer([started, text('once ')], { waitMs: 10_000 }, [text('upon'), ...finished(1, 2)]);
  const running = await world.start({ onDisconnect: { left: 'CANCEL', cut: 'CANCEL', graceMs: 5000, ...onDisconnect } });
  const cursor = running.subscribe(0);
  await world.clock.advance(1);
  const aborted = () => world.catalog.one.completions[0]?.signal.aborted;
  return { ...world, running, cursor, aborted };
}

describe('the last reader', () => {
  it.each<[Leaving, Partial<OnDisconnect>]>([
    ['LEFT', { left: 'CANCEL', cut: 'CONTINUE' }],
    ['CUT', { left: 'CONTINUE', cut: 'CANCEL' }],
  ])('that goes as %s under CANCEL aborts the provider in the same tick', async (leaving, onDisconnect) => {
    const { cursor, aborted, running, clock } = await reading(onDisconnect);
    cursor.close(leaving);
    expect(aborted()).toBe(true);
    await expect(clock.until(running.answer)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it.each<[Leaving, Partial<OnDisconnect>]>([
    ['LEFT', { left: 'CONTINUE' }],
    ['CUT', { cut: 'CONTINUE' }],
  ])('that goes as %s under CONTINUE lets the call run for the grace', async (leaving, onDisconnect) => {
    const { cursor, aborted, clock, ledger } = await reading(onDisconnect);
    cursor.close(leaving);
    await clock.advance(4999);
    expect(aborted()).toBe(false);
    await clock.advance(1);
    expect(aborted()).toBe(true);
    expect(ledger.ended).toMatchObject([{ outcome: 'CANCELLED' }]);
  });

  it('that comes back within the grace reads on, and the call ends whole', async () => {
    const { cursor, clock, running, gateway, caller } = await reading({ cut: 'CONTINUE' });
    const seen = cursor.read();
    cursor.close('CUT');
    await clock.advance(3000);
    const again = await gateway.completions.resume(caller, running.id, seen.length);
    const rest = await clock.until(Array.fromAsync(again));
    expect([...seen, ...rest].map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(rest.at(-1)).toMatchObject({ completion: { text: 'once upon' } });
  });

  it('is not the one that closes twice, nor one of two', async () => {
    const { cursor, running, aborted } = await reading({});
    const other = running.subscribe(0);
    cursor.close();
    cursor.close();
    expect(aborted()).toBe(false);
    other.close();
    expect(aborted()).toBe(true);
  });

  it('of an iterator is heard to leave while it waits', async () => {
    const { cursor, running, aborted } = await reading({});
    cursor.close('CUT');
    const world = await reading({});
    const iterator = world.running.subscribe(2)[Symbol.asyncIterator]();
    world.cursor.close();
    const waiting = iterator.next();
    await iterator.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect([world.aborted(), aborted(), running.id === world.running.id]).toEqual([true, true, true]);
  });
});

describe('a resumed stream', () => {
  it('is the same text', async () => {
    const { running, clock, gateway, caller, cursor } = await reading({});
    const events = await clock.until(Array.fromAsync(cursor));
    expect(await Array.fromAsync(await gateway.completions.resume(caller, running.id, 0))).toEqual(events);
    expect(await Array.fromAsync(await gateway.completions.resume(caller, running.id, 3))).toEqual(events.slice(3));
  });

  it('of a cancelled call shows what was seen and ends CANCELLED', async () => {
    const { running, gateway, caller, cursor, clock } = await reading({});
    cursor.close();
    await clock.advance(0);
    const events = await Array.fromAsync(await gateway.completions.resume(caller, running.id, 0));
    expect(events.at(-1)).toMatchObject({ error: { code: 'CANCELLED' }, completion: { text: 'once ' } });
  });

  it('is nobody else’s', async () => {
    const { running, gateway } = await reading({});
    await expect(gateway.completions.resume(otherCaller(), running.id, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(gateway.completions.cancel(otherCaller(), { id: running.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(gateway.completions.resume(otherCaller(), toId('none'), 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('behind what there is, is INVALID_REQUEST', async () => {
    const { running, gateway, caller } = await reading({});
    await expect(gateway.completions.resume(caller, running.id, 3)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it('of long ago is STREAM_EXPIRED, also to a reader who was slow', async () => {
    const { running, gateway, caller, clock } = await reading({});
    await clock.until(readAll(running));
    const slow = running.subscribe(0);
    await clock.advance(6 * 60_000);
    expect(() => slow.read()).toThrow(expect.objectContaining({ code: 'STREAM_EXPIRED' }));
    await expect(gateway.completions.resume(caller, running.id, 0)).rejects.toMatchObject({ code: 'STREAM_EXPIRED' });
  });
});
