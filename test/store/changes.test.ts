import { describe, expect, it } from 'vitest';
import type { StoreChange } from '../../src/ports/store.ts';
import { openChanges } from '../../src/store/changes.ts';
import type { NoticeListener } from '../../src/store/notices.ts';
import { createManualClock } from '../support/manualClock.ts';

/** Changes of a database whose counter and notices a test moves by hand. */
async function openWorld() {
  const clock = createManualClock();
  const heard: (StoreChange | null)[] = [];
  const database = {
    version: 7n,
    away: false,
    queries: 0,
    async query() {
      database.queries++;
      if (database.away) throw new Error('away');
      return [{ version: database.version }];
    },
    exec: () => Promise.reject(new Error('unexpected')),
  };
  let say: NoticeListener = () => undefined;
  const notices = {
    listen(channel: string, listener: NoticeListener) {
      expect(channel).toBe('modelgraph_change');
      say = listener;
      return { [Symbol.dispose]: () => undefined };
    },
  };
  const changes = openChanges({ database, clock, notices });
  changes.listen((change) => heard.push(change));
  await clock.advance(0);
  heard.length = 0;
  return { clock, heard, database, changes, say: (payload: string | null) => say(payload) };
}

const change = { type: 'API_KEY', organizationId: 'o1', id: 'k1' };

describe('a change', () => {
  it('is told as the notice says, whatever the id', async () => {
    const { say, heard } = await openWorld();
    say('8 API_KEY o1 k1');
    say('9 USER o1 ann of "sales"');
    expect(heard).toEqual([change, { type: 'USER', organizationId: 'o1', id: 'ann of "sales"' }]);
  });

  it('whose notice was lost makes the next one say that anything may have been changed', async () => {
    const { say, heard } = await openWorld();
    say('8 API_KEY o1 k1');
    say('10 API_KEY o1 k1');
    say('11 API_KEY o1 k1');
    expect(heard).toEqual([change, null, change]);
  });

  it('of which no notice is heard is seen within ten seconds', async () => {
    const { clock, database, heard } = await openWorld();
    database.version = 8n;
    await clock.advance(10_000);
    expect(heard).toEqual([null]);
    await clock.advance(60_000);
    expect(heard).toEqual([null]);
  });

  it('that was heard of is not told again', async () => {
    const { clock, database, say, heard } = await openWorld();
    say('8 API_KEY o1 k1');
    database.version = 8n;
    await clock.advance(10_000);
    expect(heard).toEqual([change]);
  });

  it('may have been missed when the connection was made anew, or the notice is none of ours', async () => {
    const { say, heard } = await openWorld();
    say(null);
    say('8 API_KEY o1 k1');
    say('from a later version');
    expect(heard).toEqual([null, change, null]);
  });

  it('is seen when the database answers again', async () => {
    const { clock, database, heard } = await openWorld();
    database.away = true;
    database.version = 9n;
    await clock.advance(30_000);
    expect(heard).toEqual([]);
    database.away = false;
    await clock.advance(10_000);
    expect(heard).toEqual([null]);
  });

  it('is not looked for after the end', async () => {
    const { clock, database, changes } = await openWorld();
    changes[Symbol.dispose]();
    await clock.advance(60_000);
    expect([database.queries, clock.waiting]).toEqual([1, 0]);
  });
});
