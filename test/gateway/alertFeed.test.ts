import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alert.ts';
import { createAlertFeed } from '../../src/gateway/alertFeed.ts';
import { alertAt, alertIdAt, createFakeAlertStore } from '../support/fakeAlertStore.ts';
import { createManualClock } from '../support/manualClock.ts';
import { silentLog } from '../support/silentLog.ts';

const start = Date.UTC(2026, 5, 1);

function world() {
  const store = createFakeAlertStore();
  const clock = createManualClock(start);
  const feed = createAlertFeed({ alerts: store, clock, log: silentLog });
  const all = () => feed.subscribe(() => true);
  return { store, clock, feed, all };
}

function times(alerts: readonly Alert[]): readonly number[] {
  return alerts.map(({ at }) => at - start);
}

describe('the alerts of all replicas', () => {
  it('are read as soon as a notice comes, each once, and none of before', async () => {
    const { store, clock, all } = world();
    store.raise(alertAt(start - 10));
    const [one, other] = [await all(), await all()];
    store.raise(alertAt(start + 1));
    store.raise(alertAt(start + 2));
    await clock.advance(0);
    expect([times(one.read()), times(other.read())]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    await clock.advance(60_000);
    expect(one.read()).toEqual([]);
  });

  it('are found without a notice, when the connection that brings them was lost', async () => {
    const { store, clock, all } = world();
    const reader = await all();
    store.raise(alertAt(start + 1), 'UNNOTICED');
    await clock.advance(9999);
    expect(reader.read()).toEqual([]);
    await clock.advance(1);
    expect(times(reader.read())).toEqual([1]);
  });

  it('are found although one with a greater id was committed before', async () => {
    const { store, clock, all } = world();
    const reader = await all();
    store.raise(alertAt(start + 500));
    await clock.advance(0);
    store.raise(alertAt(start + 100));
    await clock.advance(0);
    expect(times(reader.read())).toEqual([500, 100]);
  });

  it('are found that were raised while the one before was being read', async () => {
    const { store, clock, all } = world();
    const reader = await all();
    store.raise(alertAt(start + 1));
    // The first look is under way.
    store.raise(alertAt(start + 2));
    await clock.advance(0);
    expect(times(reader.read())).toEqual([1, 2]);
  });

  it('are all found, more than a page of them', async () => {
    const { store, clock, all } = world();
    const reader = await all();
    for (let number = 0; number < 700; number++) store.raise(alertAt(start, { id: alertIdAt(start, number) }), 'UNNOTICED');
    await clock.advance(10_000);
    expect(reader.read()).toHaveLength(700);
  });

  it('come when the database is back', async () => {
    const { store, clock, all } = world();
    const reader = await all();
    store.failure = new Error('away');
    store.raise(alertAt(start + 1));
    await clock.advance(30_000);
    store.failure = null;
    await clock.advance(10_000);
    expect(times(reader.read())).toEqual([1]);
  });

  it('are not read while nobody listens, and from then on when somebody does again', async () => {
    const { store, clock, all } = world();
    (await all()).close();
    await clock.advance(10_000);
    const { reads } = store;
    store.raise(alertAt(start + 1));
    await clock.advance(100_000);
    expect([store.reads, store.listeners, clock.waiting]).toEqual([reads, 0, 0]);
    const reader = await all();
    store.raise(alertAt(start + 2));
    await clock.advance(0);
    expect(times(reader.read())).toEqual([2]);
  });

  it('are refused while the database is away, and not for ever', async () => {
    const { store, all, feed } = world();
    store.failure = new Error('away');
    await expect(all()).rejects.toThrow('away');
    expect(store.listeners).toBe(0);
    store.failure = null;
    expect((await all()).ended).toBe(false);
    feed[Symbol.dispose]();
  });

  it('end honestly for who reads too slowly', async () => {
    const { store, clock, all } = world();
    const slow = await all();
    for (let number = 0; number < 2500; number++) store.raise(alertAt(start, { id: alertIdAt(start, number) }), 'UNNOTICED');
    await clock.advance(10_000);
    expect(() => slow.read()).toThrow(expect.objectContaining({ code: 'STREAM_EXPIRED' }));
  });
});
