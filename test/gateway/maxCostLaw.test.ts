import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import type { Spending } from '../../src/gateway/allowance.ts';
import type { OperationAdmission } from '../../src/gateway/callAdmission.ts';
import type { House } from '../support/house.ts';
import { house, requestOf, sandboxed } from '../support/house.ts';
import type { LimitedChanges } from '../support/limits.ts';
import { field, operation, subjectOf } from '../support/limits.ts';

const call = fc.record({
  cap: fc.option(fc.integer({ min: 1, max: 60 })),
  words: fc.integer({ min: 0, max: 80 }),
  fault: fc.constantFrom(null, 'cut', 'malformed', 'server_error', 'stall', 'no_end'),
  after: fc.nat(20),
  times: fc.integer({ min: 1, max: 2 }),
  field: fc.nat(2),
  streamed: fc.boolean(),
  leaves: fc.boolean(),
});
const price = fc.record({ input: fc.integer({ min: 0, max: 3000 }), output: fc.integer({ min: 0, max: 9000 }), fee: fc.nat(5_000_000) });
const law = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 6 }),
  prices: fc.tuple(price, price),
  /** In nanodollars. */
  operation: fc.option(fc.integer({ min: 0, max: 60_000 })),
  fields: fc.array(fc.option(fc.integer({ min: 0, max: 30_000 })), { minLength: 3, maxLength: 3 }),
});

it('no operation costs more than its limits, whatever fails and is tried again, and what it leaves is free again', async () => {
  let booked = 0;
  await fc.assert(
    fc.asyncProperty(law, async ({ calls, prices, ...given }) => {
      const world = house();
      world.catalog.change('sandbox/chat', ({ provider, price: before }) => {
        const { input, output, fee } = prices[provider === 'sandbox' ? 0 : 1];
        return { price: { ...before, input: BigInt(input), output: BigInt(output), request: BigInt(fee) } };
      });
      const together = given.operation === null ? [] : [operation(BigInt(given.operation))];
      const fields = given.fields.map((most) => (most === null ? [] : [field(BigInt(most))]));
      const asked = calls.map(({ cap, words, fault, after, times, field: of }): LimitedChanges => {
        const options = { text: 'word '.repeat(words), fault, after, times, tokensPerSecond: 100 };
        const timeouts = { firstTokenMs: 500, idleMs: 500, totalMs: 60_000 };
        return { ...sandboxed(options), maxOutputTokens: cap, timeouts, limits: [...(fields[of] ?? []), ...together] };
      });
      booked += await runAll(world, calls, asked);
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(booked).toBeGreaterThan(100);
});

/** Runs the operation and checks the law; answers how many calls were booked. */
async function runAll(
  world: House,
  calls: readonly { readonly streamed: boolean; readonly leaves: boolean }[],
  asked: readonly LimitedChanges[],
) {
  const { gateway, caller, clock, ledger } = world;
  const requests = asked.map(({ limits: _, ...changes }) => requestOf(changes));
  const subjects = requests.map((request, index) => subjectOf(request, String(index), asked[index]?.limits ?? []));
  const admission = await gateway.admission.admit(caller, subjects).catch((error: GatewayError) => error);
  if (admission instanceof GatewayError) {
    expect([admission.code, ledger.begun.length, gateway.inFlight]).toEqual(['COST_LIMIT', 0, 0]);
    return 0;
  }
  const spendings: Spending[] = [];
  const watched: OperationAdmission = {
    ...admission,
    take(place) {
      const taken = admission.take(place);
      if (taken.priced?.spending) spendings.push(taken.priced.spending);
      return taken;
    },
  };
  const ids = new Map<string, number>();
  const work = requests.map(async (request, index) => {
    const { streamed = false, leaves = false } = calls[index] ?? {};
    const running = await gateway.completions.start(caller, request, { streamed, admission: watched, place: String(index) });
    ids.set(running.id, index);
    if (streamed && leaves) running.subscribe(0).close('LEFT');
    await running.answer;
  });
  await clock.until(Promise.allSettled(work));
  admission[Symbol.dispose]();
  for (const limit of new Set(asked.flatMap(({ limits }) => limits))) {
    const spent = ledger.ended.reduce((sum, { id, cost }) => {
      const under = asked[ids.get(id) ?? -1]?.limits.includes(limit) ?? false;
      return under ? sum + (cost?.total ?? 0n) : sum;
    }, 0n);
    expect(spent).toBeLessThanOrEqual(limit.most);
    for (const spending of spendings) if (spending.tightest === limit) expect(spending.room).toBe(limit.most - spent);
  }
  expect([ledger.open, gateway.inFlight]).toEqual([0, 0]);
  return ledger.ended.length;
}
