import { describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import { answerMs, ask, busy, joining, texts, vectorOf } from '../support/joinedEmbeddings.ts';

describe('embeddings of several callers', () => {
  it('share a provider call while another is under way; each gets its own vectors and its own row', async () => {
    const world = joining();
    const all = [
      (await busy(world)).first,
      ask(world, 'a', texts('x', 'yy')),
      ask(world, 'b', texts('zzz')),
      ask(world, 'c', texts('wwww')),
    ];
    const [, a, b, c] = await world.clock.until(Promise.all(all));
    expect(world.texts()).toEqual([['first'], ['x', 'yy', 'zzz', 'wwww']]);
    expect([a?.vectors, b?.vectors, c?.vectors]).toEqual([[vectorOf('x'), vectorOf('yy')], [vectorOf('zzz')], [vectorOf('wwww')]]);
    const rows = world.ledger.ended.filter(({ apiKeyId }) => String(apiKeyId) !== 'first');
    expect(rows.map(({ apiKeyId }) => apiKeyId)).toEqual(['a', 'b', 'c']);
    expect(rows.map(({ attempts }) => attempts[0]?.providerRequestId)).toEqual(['one-1', 'one-1', 'one-1']);
    expect(new Set(world.ledger.ended.map(({ id }) => id)).size).toBe(4);
  });

  it('wait for nobody where nothing is under way, and 2 ms where something is', async () => {
    const world = joining();
    const all = [(await busy(world)).first, ask(world, 'a', texts('x'))];
    await world.clock.advance(1);
    expect(world.sent).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.sent).toHaveLength(2);
    await world.clock.until(Promise.all(all));
    const later = ask(world, 'b', texts('y'));
    await world.clock.advance(0);
    expect(world.sent).toHaveLength(3);
    await world.clock.until(later);
  });

  it.each([
    ['of another organization', { organization: 'o2' }],
    ['with other parameters', { dimensions: 8 }],
    ['for another end user', { endUser: 'somebody' }],
    ['with an idempotency key', { idempotencyKey: 'order 7' }],
    ['with a cost limit', { maxCost: 1_000_000n }],
  ])('%s are not shared', async (_what, changes) => {
    const world = joining();
    const all = [(await busy(world)).first, ask(world, 'a', texts('x')), ask(world, 'b', { ...texts('y'), ...changes })];
    await world.clock.until(Promise.all(all));
    expect(world.texts().toSorted()).toEqual([['first'], ['x'], ['y']]);
  });

  it('are not shared where the configuration says so', async () => {
    const world = joining({ coalesceMs: 0 });
    await world.clock.until(Promise.all([(await busy(world)).first, ask(world, 'a', texts('x')), ask(world, 'b', texts('y'))]));
    expect(world.sent).toHaveLength(3);
  });

  it('that differ in tags only are shared, because no provider sees them', async () => {
    const world = joining();
    const tags = [{ name: 'feature', value: 'search' }];
    await world.clock.until(
      Promise.all([(await busy(world)).first, ask(world, 'a', texts('x')), ask(world, 'b', { ...texts('y'), tags })]),
    );
    expect(world.sent).toHaveLength(2);
  });

  it.each([
    ['texts', () => Array.from({ length: 1500 }, () => 'x')],
    ['bytes', () => Array.from({ length: 6 }, () => 'x'.repeat(30_000))],
  ])('are sent in two where they have too many %s for one', async (_what, inputs) => {
    const world = joining();
    await world.clock.until(
      Promise.all([(await busy(world)).first, ask(world, 'a', { inputs: inputs() }), ask(world, 'b', { inputs: inputs() })]),
    );
    expect(world.texts().map(({ length }) => length)).toEqual([1, inputs().length, inputs().length]);
  });
});

describe('a shared provider call', () => {
  it('that is refused is made again for each caller alone, so that one’s bad text fails only its own', async () => {
    const world = joining();
    const all = [(await busy(world)).first, ask(world, 'a', texts('x')), ask(world, 'b', texts('bad')), ask(world, 'c', texts('z'))];
    const [, a, b, c] = await world.clock.until(Promise.allSettled(all));
    expect([a, b, c]).toMatchObject([{ value: { dimensions: 2 } }, { reason: { code: 'NO_ROUTE' } }, { value: { dimensions: 2 } }]);
    expect(world.texts().slice(1, 5)).toEqual([['x', 'bad', 'z'], ['x'], ['bad'], ['z']]);
    const outcomes = world.ledger.ended.map(({ apiKeyId, outcome, attempts }) => [apiKeyId, outcome, attempts.length]);
    expect(outcomes).toEqual(
      expect.arrayContaining([
        ['a', 'SUCCEEDED', 1],
        ['b', 'FAILED', 2],
        ['c', 'SUCCEEDED', 1],
      ]),
    );
  });

  it('that fails moves its callers to the next offer, again together', async () => {
    const world = joining();
    const all = [(await busy(world)).first, ask(world, 'a', texts('x')), ask(world, 'b', texts('away'))];
    const [, a, b] = await world.clock.until(Promise.all(all));
    expect([a, b]).toMatchObject([{ offer: { provider: 'two' } }, { offer: { provider: 'two' } }]);
    expect([a?.vectors, b?.vectors]).toEqual([[vectorOf('x')], [vectorOf('away')]]);
    expect(world.ledger.ended.at(-1)?.attempts).toMatchObject([{ outcome: 'FAILED', usage: null }, { outcome: 'SUCCEEDED' }]);
  });

  it('goes on without a caller who leaves, who is answered at once and pays its part', async () => {
    const world = joining();
    const leaving = new AbortController();
    const all = [(await busy(world)).first, ask(world, 'a', { ...texts('xx'), signal: leaving.signal }), ask(world, 'b', texts('yyyy'))];
    await world.clock.advance(5);
    leaving.abort();
    await expect(all[1]).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(world.sent[1]?.signal.aborted).toBe(false);
    const [, , b] = await world.clock.until(Promise.allSettled(all));
    expect(b).toMatchObject({ value: { vectors: [vectorOf('yyyy')] } });
    await world.clock.advance(0);
    const row = world.ledger.ended.find(({ apiKeyId }) => String(apiKeyId) === 'a');
    expect(row).toMatchObject({ outcome: 'CANCELLED', attempts: [{ providerRequestId: 'one-1', usage: { basis: 'MEASURED' } }] });
    expect(row?.cost?.total).toBeGreaterThan(0n);
    expect([world.ledger.open, world.gateway.inFlight]).toEqual([0, 0]);
  });

  it('that is refused costs who has left it nothing, and is not made again for it', async () => {
    const world = joining();
    const leaving = new AbortController();
    const all = [(await busy(world)).first, ask(world, 'a', { ...texts('x'), signal: leaving.signal }), ask(world, 'b', texts('bad'))];
    await world.clock.advance(5);
    leaving.abort();
    await world.clock.until(Promise.allSettled(all));
    await world.clock.advance(answerMs);
    expect(world.texts().filter(([first]) => first === 'x')).toEqual([['x', 'bad']]);
    const row = world.ledger.ended.find(({ apiKeyId }) => String(apiKeyId) === 'a');
    expect(row).toMatchObject({ outcome: 'CANCELLED', cost: { total: 0n } });
  });

  it('has nothing of a caller who leaves before it is made, and who pays nothing', async () => {
    const world = joining();
    const leaving = new AbortController();
    const all = [(await busy(world)).first, ask(world, 'a', { ...texts('x'), signal: leaving.signal }), ask(world, 'b', texts('y'))];
    await world.clock.advance(1);
    leaving.abort();
    await world.clock.until(Promise.allSettled(all));
    expect(world.texts()).toEqual([['first'], ['y']]);
    expect(world.ledger.ended.find(({ apiKeyId }) => String(apiKeyId) === 'a')).toMatchObject({
      outcome: 'CANCELLED',
      cost: { total: 0n },
    });
  });

  it('is ended when all its callers have left', async () => {
    const world = joining({ budgets: [{ scope: { type: 'ORGANIZATION', id: toId('o1') } }] });
    const leaving = new AbortController();
    const all = [(await busy(world)).first, ...['a', 'b'].map((name) => ask(world, name, { ...texts(name), signal: leaving.signal }))];
    await world.clock.advance(5);
    leaving.abort();
    const [, a, b] = await world.clock.until(Promise.allSettled(all));
    expect([a, b]).toMatchObject([{ reason: { code: 'CANCELLED' } }, { reason: { code: 'CANCELLED' } }]);
    expect(world.sent[1]?.signal.aborted).toBe(true);
    expect([world.ledger.open, world.gateway.inFlight]).toEqual([0, 0]);
    expect(await world.gateway.quotas.quotas(world.caller)).not.toContainEqual(
      expect.objectContaining({ held: expect.toSatisfy(isPositive) }),
    );
  });

  it('that takes too long for one caller answers the other', async () => {
    const world = joining();
    const hasty = { ...texts('x'), timeouts: { firstTokenMs: 1000, idleMs: 1000, totalMs: 10 } };
    const all = [(await busy(world)).first, ask(world, 'a', hasty), ask(world, 'b', texts('y'))];
    const [, a, b] = await world.clock.until(Promise.allSettled(all));
    expect([a, b]).toMatchObject([{ reason: { code: 'UPSTREAM_TIMEOUT' } }, { value: { vectors: [vectorOf('y')] } }]);
    expect(world.sent).toHaveLength(2);
  });

  it('that the end of the process breaks ends every caller’s call honestly', async () => {
    const world = joining();
    const all = [(await busy(world)).first, ask(world, 'a', texts('x')), ask(world, 'b', texts('y'))];
    await world.clock.advance(3);
    world.gateway.stopAdmitting();
    const outcomes = Promise.allSettled(all);
    await world.clock.until(world.gateway.drain(10));
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'OVERLOADED' } });
    expect([world.ledger.open, world.gateway.inFlight]).toEqual([0, 0]);
    expect(world.ledger.ended.every(({ outcome }) => outcome === 'FAILED')).toBe(true);
  });
});

function isPositive(amount: bigint): boolean {
  return amount > 0n;
}
