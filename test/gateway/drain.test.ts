import { describe, expect, it } from 'vitest';
import { noUsage } from '../../src/domain/usage.ts';
import { started, text, whole } from '../support/fakeAdapter.ts';
import { house } from '../support/house.ts';

/** Whether a promise has settled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
}

describe('a gateway that drains', () => {
  it('admits nothing, and waits for the calls under way', async () => {
    const { start, gateway, catalog, clock } = house();
    catalog.one.answer([started], { waitMs: 1000 }, whole('once'));
    const running = await start();
    gateway.stopAdmitting();
    const drained = gateway.drain(5000);
    await expect(start()).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(await clock.until(running.answer)).toMatchObject({ text: 'once' });
    await drained;
  });

  it('ends what takes too long honestly, and books it', async () => {
    const { start, gateway, catalog, clock, ledger } = house();
    catalog.one.answer([started, text('once')], 'hang');
    const running = await start();
    await clock.until(gateway.drain(5000));
    await expect(running.answer).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(ledger.ended).toMatchObject([{ outcome: 'FAILED', errorCode: 'OVERLOADED', usage: { basis: 'ESTIMATED' } }]);
  });

  it('waits for a call that was admitted and is just being started', async () => {
    const { start, gateway, catalog, clock, ledger } = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    catalog.one.answer(whole('once'));
    ledger.gate = promise;
    const starting = start();
    await clock.advance(0);
    const drained = gateway.drain(5000);
    expect(await settled(drained)).toBe(false);
    resolve();
    await Promise.all([starting, drained]);
    expect(ledger.ended).toHaveLength(1);
  });

  it('waits for embeddings', async () => {
    const { embed, gateway, catalog, ledger, clock } = house();
    const { promise, resolve } = Promise.withResolvers<void>();
    ledger.gate = promise;
    catalog.one.embedded({ vectors: [Float32Array.of(1)], usage: { ...noUsage, inputTokens: 2 }, providerRequestId: null });
    const embedding = embed({});
    await clock.advance(0);
    const drained = gateway.drain(5000);
    expect(await settled(drained)).toBe(false);
    resolve();
    await Promise.all([embedding, drained]);
    expect(ledger.ended).toHaveLength(1);
  });

  it('ends embeddings that take too long', async () => {
    const { embed, gateway, catalog, ledger, clock } = house();
    catalog.one.embedded('hang');
    const embedding = embed({});
    await clock.advance(0);
    await clock.until(gateway.drain(5000));
    expect(await embedding).toMatchObject([{ code: 'OVERLOADED' }]);
    expect(ledger.ended).toMatchObject([{ errorCode: 'OVERLOADED' }]);
  });
});
