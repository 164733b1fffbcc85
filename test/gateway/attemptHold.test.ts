import { expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import { holdAttempt } from '../../src/gateway/attemptHold.ts';
import type { Claim } from '../../src/gateway/lease.ts';
import type { QuotaPool } from '../../src/gateway/quota.ts';
import type { Route } from '../../src/gateway/router.ts';
import { budget, model, offer } from '../support/things.ts';
import { unset } from '../support/unset.ts';

/** Ten tokens in, a nanodollar each, and each token of the answer two. */
const route: Route = {
  model,
  offer: {
    ...offer,
    maxOutputTokens: 100,
    price: { ...offer.price, input: 1000n, output: 2000n, cachedInput: null, cacheWrite: null, reasoning: null, request: null },
  },
  inputTokens: 10,
  inputBound: 10,
  answers: 1,
  likelyBytes: 10,
  windowTokens: 10,
  expected: 30n,
  least: 12n,
  most: 210n,
  floor: 130n,
};

/** A pool that says there is so much room, one after the other, and holds no more than the last of it. */
function poolWith(...rooms: readonly bigint[]) {
  const asked: bigint[] = [];
  const left = [...rooms];
  const pool = unset<QuotaPool>('pool', {
    room: () => [left.length > 1 ? (left.shift() ?? 0n) : (left[0] ?? 0n)],
    hold([claim]: readonly Claim[]) {
      const amount = claim?.amount ?? 0n;
      asked.push(amount);
      if (amount > (rooms.at(-1) ?? 0n)) throw new GatewayError('QUOTA_EXHAUSTED', 'The quota leaves no room for this call.');
      return { draws: [], settle: () => [] };
    },
  });
  return { pool, asked };
}

const hold = (pool: QuotaPool) => holdAttempt({ pool, budgets: [budget], route, maxOutputTokens: 60, spending: null });

it('an answer is shortened to what the budget affords', async () => {
  const { pool, asked } = poolWith(50n);
  expect(await hold(pool)).toMatchObject({ maxOutputTokens: 20 });
  expect(asked).toEqual([50n]);
});

it('an answer is shortened again where others took meanwhile what was left', async () => {
  const { pool, asked } = poolWith(1000n, 30n);
  expect(await hold(pool)).toMatchObject({ maxOutputTokens: 10 });
  expect(asked).toEqual([130n, 30n]);
});

it('a refusal is not asked for twice where no shorter answer is affordable', async () => {
  const { pool, asked } = poolWith(5n);
  await expect(hold(pool)).rejects.toThrow('The quota leaves no room');
  expect(asked).toEqual([12n]);
});
