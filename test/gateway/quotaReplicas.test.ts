import { describe, expect, it } from 'vitest';
import { outstanding } from '../support/fakeQuotaStore.ts';
import { quotaWorld } from '../support/quotaWorld.ts';

const refusal = (code: string, reason: string) => expect.objectContaining({ code, details: expect.objectContaining({ reason }) });

/** Two replicas, the first of which has been busy: it keeps something ahead. */
async function besideBusyReplica() {
  const world = quotaWorld({ budgets: [{ limit: 1000n }], pools: 2 });
  for (let call = 0; call < 5; call++) {
    (await world.hold(0, 50n)).settle({ SPEND: 10n });
    await world.clock.advance(300);
  }
  return world;
}

describe('what another replica keeps ahead', () => {
  it('is recalled by a hold that needs it, within the 60 ms that it waits', async () => {
    const { hold, clock, store, leased } = await besideBusyReplica();
    expect(leased(0)).toBeGreaterThan(0n);
    const before = clock.monotonic();
    await expect(clock.until(hold(1, 950n))).resolves.toMatchObject({ draws: [{ amount: 950n }] });
    expect(clock.monotonic() - before).toBeLessThanOrEqual(60);
    expect(store.recalls).toBe(1);
  });

  it('comes back by the next usual sync where notices are not heard', async () => {
    const { hold, clock, store } = await besideBusyReplica();
    store.listening = false;
    await expect(clock.until(hold(1, 950n))).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'HELD'));
    await clock.advance(600);
    await expect(clock.until(hold(1, 950n))).resolves.toBeDefined();
  });

  it('is told again after the notices were interrupted', async () => {
    const { hold, clock, store, leased } = await besideBusyReplica();
    store.listening = false;
    await expect(clock.until(hold(1, 950n))).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'HELD'));
    store.reconnect();
    await clock.advance(10);
    expect(leased(0)).toBe(0n);
  });

  it('goes back when nothing was called for a while', async () => {
    const { clock, leased } = await besideBusyReplica();
    await clock.advance(5000);
    expect(leased(0)).toBe(0n);
  });

  it('is no more than a fair part of what is left', async () => {
    const { hold, clock, store, replicaOf } = quotaWorld({ budgets: [{ limit: 1000n }], pools: 2 });
    (await clock.until(hold(1, 1n))).settle({ SPEND: 1n });
    (await clock.until(hold(0, 900n))).settle({ SPEND: 900n });
    await clock.advance(300);
    (await clock.until(hold(0, 1n))).settle({ SPEND: 1n });
    await clock.advance(300);
    // 98 are left to two replicas: a quarter each, and twice that before it goes back.
    const own = store.accounts.filter(({ replicaId }) => replicaId === replicaOf(0)).map(outstanding);
    expect(own).toHaveLength(1);
    expect(own[0]).toBeLessThanOrEqual(49n);
  });
});

describe('a hold that finds too little', () => {
  it('waits no longer than 60 ms for what others use', async () => {
    const { hold, clock } = quotaWorld({ budgets: [{ limit: 100n }], pools: 2 });
    await hold(0, 100n);
    const before = clock.monotonic();
    await expect(clock.until(hold(1, 1n))).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'HELD'));
    expect(clock.monotonic() - before).toBe(60);
  });

  it('is given what a call elsewhere does not use, as soon as that has ended', async () => {
    const { hold, clock } = quotaWorld({ budgets: [{ limit: 100n }], pools: 2 });
    const elsewhere = await hold(0, 100n);
    const waiting = hold(1, 50n);
    await clock.advance(20);
    elsewhere.settle({ SPEND: 10n });
    await expect(clock.until(waiting)).resolves.toBeDefined();
  });

  it('is not given what another took that was woken by the same answer', async () => {
    const { hold, pools, budgets } = quotaWorld({ budgets: [{ limit: 10n }] });
    const results = await Promise.allSettled([4n, 4n, 4n, 4n].map((amount) => hold(0, amount)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await pools[0]?.quotas(budgets)).toMatchObject([{ held: 8n }]);
  });

  it('leaves no part behind that is too small for it and enough for another', async () => {
    const { hold, clock } = quotaWorld({ budgets: [{ limit: 10n }], pools: 3 });
    await Promise.all([hold(0, 2n), hold(1, 1n)]);
    const results = await clock.until(Promise.allSettled([hold(0, 7n), hold(1, 7n), hold(2, 7n)]));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('asks the store not for each call once it is used up', async () => {
    const { hold, store } = quotaWorld({ budgets: [{ limit: 10n }] });
    (await hold(0, 10n)).settle({ SPEND: 10n });
    await expect(hold(0, 1n)).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'EXHAUSTED'));
    const before = store.syncs;
    for (let call = 0; call < 5; call++) await expect(hold(0, 1n)).rejects.toThrow(refusal('QUOTA_EXHAUSTED', 'EXHAUSTED'));
    expect(store.syncs).toBe(before);
  });
});

describe('a replica', () => {
  it('that only looks leases nothing', async () => {
    const { pools, budgets, leased, clock } = quotaWorld({ budgets: [{ limit: 1000n }] });
    await pools[0]?.quotas(budgets);
    expect(await pools[0]?.room(budgets)).toEqual([1000n]);
    await clock.advance(1000);
    expect(leased(0)).toBe(0n);
  });

  it('gives a sign of life while a call is under way', async () => {
    const { hold, store, clock } = quotaWorld({ budgets: [{ limit: 1000n }] });
    await hold(0, 10n);
    await clock.advance(5000);
    const before = store.syncs;
    await clock.advance(60_000);
    expect(store.syncs - before).toBe(6);
  });

  it('that was charged while it was only slow goes on where it was', async () => {
    const { hold, store, clock, booked, replicaOf } = quotaWorld({ budgets: [{ limit: 100n }] });
    const held = await hold(0, 100n);
    store.charge(replicaOf(0));
    held.settle({ SPEND: 30n });
    await clock.advance(1000);
    expect(booked(0)).toBe(30n);
    await expect(hold(0, 70n)).resolves.toBeDefined();
  });
});
