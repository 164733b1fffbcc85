import { beforeEach, describe, expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import type { Queries } from '../../../src/store/database.ts';
import type { Openings } from '../../../src/store/ledger/openings.ts';
import { createOpenings } from '../../../src/store/ledger/openings.ts';
import { storeUnavailable } from '../../../src/store/sqlError.ts';
import type { ManualClock } from '../../support/manualClock.ts';
import { createManualClock } from '../../support/manualClock.ts';
import { silentLog } from '../../support/silentLog.ts';
import { until } from '../../support/until.ts';

/** What one statement was asked to write, and to take out again. */
interface Asked {
  readonly opened: readonly string[];
  readonly refused: readonly string[];
  answer(owned?: boolean): void;
  fail(): void;
}

const refusal = { code: 'STORE_UNAVAILABLE', retryAfterMs: 1000 };

describe('the beginnings of calls in the database', () => {
  let asked: Asked[];
  let clock: ManualClock;
  let disowned: number;
  let openings: Openings;

  beforeEach(() => {
    asked = [];
    clock = createManualClock();
    disowned = 0;
    const database: Queries = {
      query: (_sql, [, opened, refused] = []) =>
        new Promise((resolve, reject) => {
          asked.push({
            opened: idsOf(opened),
            refused: idsOf(refused),
            answer: (owned = true) => resolve([{ owned }]),
            fail: () => reject(storeUnavailable(new Error('away'))),
          });
        }),
      exec: () => Promise.reject(new Error('unexpected')),
    };
    openings = createOpenings({ database, replicaId: toId('replica'), clock, log: silentLog, onDisowned: () => void disowned++ });
  });

  function write(id: string): Promise<void> {
    return openings.write({ id: toId(id), number: 0, record: 'B{}' });
  }

  /** The next statement that is under way. */
  function statement(number: number): Promise<Asked> {
    return until(`statement ${number}`, () => asked[number] ?? null);
  }

  it('go together: one turn is one statement, and what comes while it is under way is the next', async () => {
    const first = [write('a'), write('b')];
    const one = await statement(0);
    const second = [write('c'), write('d')];
    expect(one.opened).toEqual(['a', 'b']);
    one.answer();
    await Promise.all(first);
    const two = await statement(1);
    expect([two.opened, asked.length]).toEqual([['c', 'd'], 2]);
    two.answer();
    await Promise.all(second);
  });

  it('are asked for once more where a connection broke', async () => {
    const begun = write('a');
    (await statement(0)).fail();
    const again = await statement(1);
    expect(again.opened).toEqual(['a']);
    again.answer();
    await begun;
    expect(openings.accepting()).toBe(true);
  });

  it('are refused while the database is away, and taken out where they got there all the same', async () => {
    const begun = write('a');
    (await statement(0)).fail();
    (await statement(1)).fail();
    await expect(begun).rejects.toMatchObject(refusal);
    expect(openings.accepting()).toBe(false);
    await expect(write('b')).rejects.toMatchObject(refusal);

    await clock.advance(500);
    (await statement(2)).fail();
    await until('it waits to look again', () => clock.waiting > 0);
    await clock.advance(500);
    const back = await statement(3);
    expect([back.opened, back.refused]).toEqual([[], ['a']]);
    back.answer();
    await until('it is back', () => openings.accepting());
    const next = write('c');
    const last = await statement(4);
    expect([last.opened, last.refused]).toEqual([['c'], []]);
    last.answer();
    await next;
  });

  it('are refused after five seconds without an answer, and taken out when that comes', async () => {
    const begun = write('a');
    const slow = await statement(0);
    const waiting = write('b');
    await Promise.all([expect(begun).rejects.toMatchObject(refusal), expect(waiting).rejects.toMatchObject(refusal), clock.advance(5000)]);
    expect(openings.accepting()).toBe(false);
    slow.answer();
    const next = await statement(1);
    expect([next.opened, next.refused, openings.accepting()]).toEqual([[], ['a'], true]);
    next.answer();
  });

  it('are refused for good when another replica has taken over, and that is told', async () => {
    const begun = write('a');
    (await statement(0)).answer(false);
    await expect(begun).rejects.toMatchObject(refusal);
    await expect(write('b')).rejects.toMatchObject(refusal);
    expect([openings.accepting(), disowned, clock.waiting]).toEqual([false, 1, 0]);
  });
});

function idsOf(json: unknown): readonly string[] {
  // The statement's own text.
  return (JSON.parse(String(json)) as { readonly id: string }[]).map(({ id }) => id);
}
