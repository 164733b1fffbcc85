import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { toId } from '../../src/domain/id.ts';
import { costOf } from '../../src/domain/price.ts';
import { noUsage } from '../../src/domain/usage.ts';
import { ask, joining, vectorOf } from '../support/joinedEmbeddings.ts';

const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
const asking = fc.record({
  inputs: fc.array(text, { minLength: 1, maxLength: 4 }),
  /** Milliseconds after the first. */
  at: fc.nat(12),
  /** When the caller leaves; null: never. */
  leavesAfter: fc.option(fc.nat(60), { freq: 4 }),
});

it('the parts of shared calls sum to the whole, to the nanodollar, and everybody gets its own vectors', async () => {
  let shared = 0;
  const law = fc.record({
    asks: fc.array(asking, { minLength: 2, maxLength: 8 }),
    input: fc.integer({ min: 0, max: 2_000_000 }),
    fee: fc.nat(3_000_000),
  });
  await fc.assert(
    fc.asyncProperty(law, async ({ asks, input, fee }) => {
      const world = joining({ budgets: [{ scope: { type: 'ORGANIZATION', id: toId('o1') }, limit: 10n ** 15n }] });
      world.catalog.change('acme/embed', ({ price }) => ({ price: { ...price, input: BigInt(input), request: BigInt(fee) } }));
      const work = asks.map(async ({ inputs, at, leavesAfter }, index) => {
        const leaving = new AbortController();
        await new Promise<void>((resolve) => {
          world.clock.timer(at, resolve);
        });
        if (leavesAfter !== null) world.clock.timer(leavesAfter, () => leaving.abort());
        const answer = await ask(world, `k${index}`, { inputs, signal: leaving.signal }).catch((error: GatewayError) => error);
        if (answer instanceof GatewayError) expect(answer.code).toBe('CANCELLED');
        else expect(answer.vectors).toEqual(inputs.map(vectorOf));
      });
      await world.clock.until(Promise.all(work));
      await world.clock.advance(100);
      expect([world.ledger.open, world.gateway.inFlight]).toEqual([0, 0]);
      for (const [index, call] of world.sent.entries()) {
        if (call.tokens === null) continue;
        const attempts = world.ledger.ended.flatMap((row) => row.attempts).filter((one) => one.providerRequestId === `one-${index}`);
        const whole = costOf({ ...noUsage, inputTokens: call.tokens, outputTokens: 0 }, call.offer.price);
        expect(attempts.reduce((sum, { cost }) => sum + (cost?.total ?? 0n), 0n)).toBe(whole?.total);
        expect(attempts.reduce((sum, { cost }) => sum + (cost?.request ?? 0n) + (cost?.input ?? 0n), 0n)).toBe(whole?.total);
        expect(attempts.reduce((sum, { usage }) => sum + (usage?.inputTokens ?? 0), 0)).toBe(call.tokens);
        if (attempts.length > 1) shared++;
      }
      for (const row of world.ledger.ended) {
        const held = world.ledger.attempts.find(({ id }) => id === row.id)?.mostCost ?? 0n;
        expect(row.cost?.total).toBeLessThanOrEqual(held);
      }
    }),
    { numRuns: 100, seed: 11 },
  );
  expect(shared).toBeGreaterThan(50);
});
