import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import type { CompletionId } from '../../src/domain/id.ts';
import { toId } from '../../src/domain/id.ts';
import type { Outcome } from '../../src/domain/usageEvent.ts';
import { createVault } from '../../src/system/vault.ts';
import { started, text, whole } from '../support/fakeAdapter.ts';
import type { House, HouseSettings } from '../support/house.ts';
import { house, otherCaller, readAll } from '../support/house.ts';

const keyed = { idempotencyKey: 'order 7' };

/** Two gateways on one database and one clock. */
function replicas(settings: HouseSettings = {}): { readonly here: House; readonly there: House } {
  const there = house(settings);
  return { there, here: house({ ...settings, sharing: there }) };
}

/** A key whose call ran in a process that is gone; `outcome`: what the ledger says of the call, if anything. */
async function orphan(there: House, outcome: Outcome | null): Promise<CompletionId> {
  const id = toId<CompletionId>('orphan');
  const { store, clock, catalog } = there;
  catalog.one.answer(whole('once'));
  const { id: made } = await there.complete(keyed);
  const [[name, row] = []] = [...store.idempotency.rows];
  if (name === undefined || row === undefined) throw new Error('The key was not written down.');
  store.idempotency.rows.set(name, {
    ...row,
    completionId: id,
    replicaId: toId('gone'),
    state: 'RUNNING',
    answer: null,
    seenAt: clock.now(),
  });
  const booked = store.rows.usage.findIndex((event) => event.id === made);
  const [event] = store.rows.usage.splice(booked, 1);
  if (outcome !== null && event !== undefined) store.rows.usage.push({ ...event, id, outcome });
  return id;
}

describe('an idempotency key whose call runs on another replica', () => {
  it('waits for its end and gives the same events: one call, one row', async () => {
    const { here, there } = replicas();
    there.catalog.one.answer([started, text('once ')], { waitMs: 60_000 }, whole('upon'));
    const running = await there.start({ ...keyed, timeouts: patient });
    const events = here.start({ ...keyed, timeouts: patient }).then((replayed) => readAll(replayed));
    expect(await here.clock.until(events)).toEqual(await readAll(running));
    expect([there.ledger.begun.length, here.ledger.begun.length, here.gateway.inFlight]).toEqual([1, 0, 0]);
  });

  it('may be used here when that call fails', async () => {
    const { here, there } = replicas();
    there.catalog.one.answer([started, text('on')], { waitMs: 1000 }, new GatewayError('UPSTREAM_MALFORMED', 'Cut.'));
    here.catalog.one.answer(whole('here'));
    await there.start(keyed);
    expect(await here.complete(keyed)).toMatchObject({ state: 'SUCCEEDED', text: 'here' });
  });

  it('is refused for another request at once, and means nothing to another API key', async () => {
    const { here, there } = replicas();
    there.catalog.one.answer([started, text('once')], 'hang');
    here.catalog.one.answer(whole('theirs'));
    await there.start(keyed);
    await expect(here.start({ ...keyed, maxOutputTokens: 7 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await (await here.start(keyed, { caller: otherCaller() })).answer).toMatchObject({ text: 'theirs' });
  });

  it('is waited for no longer than the call may take', async () => {
    const { here, there } = replicas();
    there.catalog.one.answer([started, text('once')], 'hang');
    const { id } = await there.start({ ...keyed, timeouts: patient });
    const asked = here.start({ ...keyed, timeouts: { ...patient, totalMs: 20_000 } });
    await expect(here.clock.until(asked)).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { completionId: id } });
  });

  it('keeps no gateway from going down', async () => {
    const { here, there } = replicas();
    there.catalog.one.answer([started, text('once')], 'hang');
    await there.start(keyed);
    const asked = here.start(keyed);
    const refused = expect(asked).rejects.toMatchObject({ code: 'OVERLOADED', retryable: true });
    await here.clock.advance(1000);
    await here.clock.until(here.gateway.drain(100));
    await refused;
  });
});

describe('an idempotency key whose owner is dead', () => {
  it.each([null, 'UNKNOWN'] as const)('is OUTCOME_UNKNOWN, and nothing runs again (the ledger says %s)', async (outcome) => {
    const { here, there } = replicas();
    const completionId = await orphan(there, outcome);
    for (const _time of [1, 2])
      await expect(here.clock.until(here.start(keyed))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { completionId } });
    expect([here.ledger.begun.length, here.gateway.inFlight]).toEqual([0, 0]);
  });

  it('is IDEMPOTENCY_REPLAY_UNAVAILABLE when its call is known to have succeeded', async () => {
    const { here, there } = replicas();
    await orphan(there, 'SUCCEEDED');
    await expect(here.clock.until(here.start(keyed))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_REPLAY_UNAVAILABLE',
      details: { outputTokens: 5 },
    });
  });

  it('may be used again when its call is known to have failed', async () => {
    const { here, there } = replicas();
    await orphan(there, 'FAILED');
    here.catalog.one.answer(whole('again'));
    expect(await here.complete(keyed)).toMatchObject({ text: 'again' });
  });

  it('is OUTCOME_UNKNOWN at once when its ledger was taken over', async () => {
    const { here, there } = replicas();
    await orphan(there, 'UNKNOWN');
    for (const row of there.store.idempotency.rows.values()) row.state = 'ENDED';
    await expect(here.start(keyed)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });
});

it('an answer that was sealed with another secret is IDEMPOTENCY_REPLAY_UNAVAILABLE, and not taken for another request', async () => {
  const there = house();
  const here = house({ sharing: there, vault: createVault(new Uint8Array(32).fill(7)) });
  there.catalog.one.answer(whole('once'));
  const { id } = await there.complete(keyed);
  await expect(here.start(keyed)).rejects.toMatchObject({ code: 'IDEMPOTENCY_REPLAY_UNAVAILABLE', details: { completionId: id } });
});

/** Longer than an owner may be silent. */
const patient = { firstTokenMs: 300_000, idleMs: 300_000, totalMs: 600_000 };
