import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { noUsage } from '../../src/domain/usage.ts';
import { house } from '../support/house.ts';

/** One vector an input, each of its number. */
const vectors = (count: number, inputTokens: number | null = 100) => ({
  vectors: Array.from({ length: count }, (_, index) => Float32Array.of(index)),
  usage: { ...noUsage, inputTokens, outputTokens: 0 },
  providerRequestId: null,
});

describe('embeddings', () => {
  it('that differ only in their inputs share one provider call, and each gets its own vectors', async () => {
    const { embed, catalog, ledger } = house();
    catalog.one.embedded(vectors(3));
    const results = await embed({ inputs: ['a', 'b'] }, { inputs: ['c'] });
    expect(results).toMatchObject([{ vectors: [Float32Array.of(0), Float32Array.of(1)] }, { vectors: [Float32Array.of(2)] }]);
    expect([catalog.one.embeddings.length, ledger.ended.length]).toEqual([1, 1]);
  });

  it('that share a call share its tokens and cost by length, to the last one', async () => {
    const { embed, catalog, ledger } = house();
    catalog.change('acme/embed', ({ price }) => ({ price: { ...price, request: 7777n } }));
    catalog.one.embedded(vectors(3));
    const results = await embed({ inputs: ['a'] }, { inputs: ['bb'] }, { inputs: ['ccc'] });
    const answers = results.flatMap((result) => (result instanceof Error ? [] : [result]));
    const total = ledger.ended[0]?.cost?.total;
    expect(answers.reduce((sum, { usage }) => sum + (usage.inputTokens ?? 0), 0)).toBe(100);
    expect(answers.reduce((sum, { cost }) => sum + (cost?.total ?? 0n), 0n)).toBe(total);
    for (const { cost } of answers) expect((cost?.input ?? 0n) + (cost?.request ?? 0n)).toBe(cost?.total);
  });

  it('of one kind that fail do not spoil those of another', async () => {
    const { embed, catalog } = house();
    catalog.one.embedded(vectors(1));
    const results = await embed({ model: 'acme/none' }, {}, { model: 'acme/chat' });
    expect(results).toMatchObject([{ code: 'UNKNOWN_MODEL' }, { dimensions: 1 }, { code: 'INVALID_REQUEST' }]);
  });

  it('count one request each', async () => {
    const { embed, catalog, gateway, caller } = house({ budgets: [{ meter: 'REQUESTS', limit: 5n }] });
    catalog.one.embedded(vectors(2));
    await embed({}, {});
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: 2n, held: 0n }]);
    expect(gateway.inFlight).toBe(0);
  });

  it('move to the next offer, and cost nothing where they failed', async () => {
    const { embed, catalog, ledger } = house();
    catalog.one.embedded(new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.'));
    catalog.two.embedded(vectors(1));
    expect(await embed({})).toMatchObject([{ offer: { provider: 'two' } }]);
    expect(ledger.ended).toMatchObject([{ attempts: [{ usage: null }, { outcome: 'SUCCEEDED' }], cost: { total: 200_000n } }]);
  });

  it('that fail everywhere give everything back', async () => {
    const { embed, catalog, gateway, caller, ledger } = house({ budgets: [{}], attempts: 2 });
    for (const adapter of [catalog.one, catalog.two]) adapter.embedded(new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.'));
    expect(await embed({})).toMatchObject([{ code: 'NO_ROUTE' }]);
    expect(await gateway.quotas.quotas(caller)).toMatchObject([{ used: 0n, held: 0n }]);
    expect([ledger.ended.length, gateway.inFlight]).toEqual([1, 0]);
  });

  it('end when their time is over', async () => {
    const { embed, catalog } = house();
    catalog.one.embedded('hang');
    expect(await embed({ timeouts: { firstTokenMs: 1, idleMs: 1, totalMs: 500 } })).toMatchObject([{ code: 'UPSTREAM_TIMEOUT' }]);
  });

  it('whose tokens were not reported are billed as estimated', async () => {
    const { embed, catalog } = house();
    catalog.one.embedded(vectors(1, null));
    expect(await embed({})).toMatchObject([{ usage: { inputTokens: expect.any(Number), basis: 'ESTIMATED' } }]);
  });

  it('are measured by their longest text against the context window, not by their sum', async () => {
    const { embed, catalog } = house();
    catalog.one.embedded(vectors(50));
    expect(await embed({ inputs: Array.from({ length: 50 }, () => 'x'.repeat(4000)) })).toMatchObject([{ dimensions: 1 }]);
    expect(await house().embed({ inputs: ['x'.repeat(80_000)] })).toMatchObject([{ code: 'CONTEXT_TOO_LONG' }]);
  });

  it('that together are too many for one call are sent in two', async () => {
    const { embed, catalog } = house();
    catalog.one.embedded(vectors(1500));
    catalog.one.embedded(vectors(1500));
    const inputs = Array.from({ length: 1500 }, () => 'x');
    expect(await embed({ inputs }, { inputs })).toMatchObject([{ dimensions: 1 }, { dimensions: 1 }]);
    expect(await embed({ inputs: [...inputs, ...inputs] }, { inputs: [] })).toMatchObject([
      { code: 'INVALID_REQUEST' },
      { code: 'INVALID_REQUEST' },
    ]);
  });

  it('with a cost limit are held against it each alone', async () => {
    const { embed, catalog } = house();
    for (const _ of [1, 2]) catalog.one.embedded(vectors(1));
    const limited = { inputs: ['a river'], maxCost: 15_000n };
    expect(await embed(limited, limited)).toMatchObject([{ dimensions: 1 }, { dimensions: 1 }]);
  });
});

describe('embeddings with an idempotency key', () => {
  const keyed = { idempotencyKey: 'order 7' };

  it('are made once, and are answered again as they were', async () => {
    const { embed, catalog, ledger, clock } = house();
    catalog.one.embedded({ ...vectors(1), vectors: [Float32Array.of(0.1, -2.5, 3e-8)] });
    const [first] = await embed(keyed);
    expect(await embed(keyed)).toEqual([first]);
    await clock.advance(6 * 60_000);
    expect(await embed(keyed)).toEqual([first]);
    expect(first).toMatchObject({ vectors: [Float32Array.of(0.1, -2.5, 3e-8)], id: ledger.ended[0]?.id });
    expect([catalog.one.embeddings.length, ledger.ended.length]).toEqual([1, 1]);
  });

  it('are made once when they are asked for twice at once, also on two replicas', async () => {
    const there = house();
    const here = house({ sharing: there });
    for (const { catalog } of [here, there]) catalog.one.embedded(vectors(1));
    const [[one, two], [three]] = await Promise.all([there.embed(keyed, keyed), here.embed(keyed)]);
    expect([two, three]).toEqual([one, one]);
    expect(one).toMatchObject({ dimensions: 1 });
    expect([there.ledger.ended.length + here.ledger.ended.length, here.gateway.inFlight]).toEqual([1, 0]);
  });

  it('share no provider call with others', async () => {
    const { embed, catalog } = house();
    catalog.one.embedded(vectors(1));
    catalog.one.embedded(vectors(1));
    await embed(keyed, {});
    expect(catalog.one.embeddings).toHaveLength(2);
  });

  it('are a conflict with other inputs, and with a completion under the same key', async () => {
    const { embed, start, catalog } = house();
    catalog.one.embedded(vectors(1));
    await embed(keyed);
    expect(await embed({ ...keyed, inputs: ['b'] })).toMatchObject([{ code: 'IDEMPOTENCY_CONFLICT' }]);
    await expect(start(keyed)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('may be asked for again after a failure, and not when nobody knows the end', async () => {
    const { embed, catalog, ledger, store } = house();
    for (const adapter of [catalog.one, catalog.two]) adapter.embedded(new GatewayError('UPSTREAM_REFUSED', 'No.'));
    expect(await embed(keyed)).toMatchObject([{ code: 'NO_ROUTE' }]);
    expect(store.idempotency.rows.size).toBe(0);
    catalog.one.embedded(vectors(1));
    ledger.broken = true;
    for (const _time of [1, 2]) expect(await embed(keyed)).toMatchObject([{ code: 'OUTCOME_UNKNOWN' }]);
    expect(ledger.begun).toHaveLength(2);
  });
});
