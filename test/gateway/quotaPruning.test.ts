import { expect, it } from 'vitest';
import { openQuotaPruning } from '../../src/gateway/quotaPruning.ts';
import { createManualClock } from '../support/manualClock.ts';
import { silentLog } from '../support/silentLog.ts';

const weekMs = 7 * 86_400_000;

it('lets go of what is a week old until there is no more, every five minutes, and goes on after a failure', async () => {
  const clock = createManualClock(weekMs);
  const asked: number[] = [];
  const answers: (number | Error)[] = [1000, 3, 0, new Error('The database does not answer.'), 0];
  const pruning = openQuotaPruning({
    store: {
      async prune(before) {
        asked.push(before);
        const answer = answers.shift() ?? 0;
        if (answer instanceof Error) throw answer;
        return answer;
      },
    },
    clock,
    log: silentLog,
  });
  await clock.advance(299_999);
  expect(asked).toEqual([]);
  await clock.advance(1);
  expect(asked).toEqual([300_000, 300_000, 300_000]);
  await clock.advance(600_000);
  expect(asked.slice(3)).toEqual([600_000, 900_000]);
  await pruning[Symbol.asyncDispose]();
  expect(clock.waiting).toBe(0);
});
