import { describe, expect, it } from 'vitest';
import { createResultCursor } from '../../src/graphql/resultCursor.ts';
import { createEventLog } from '../support/eventLog.ts';

const fail = (thrown: unknown) => `failed: ${thrown instanceof Error ? thrown.message : 'unknown'}`;

describe('the answers to a list of events', () => {
  it('are made only when they are read', () => {
    let made = 0;
    const log = createEventLog(1, 2, 3);
    const cursor = createResultCursor(log.cursor(), { answer: (event) => String(event + made++), fail });
    expect(made).toBe(0);
    expect(cursor.read(2)).toEqual(['1', '3']);
    expect(made).toBe(2);
  });

  it('wait for the slowest in front, and take no more events meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const log = createEventLog('slow', 'fast');
    const answered: string[] = [];
    const answer = (event: string) => {
      answered.push(event);
      return event === 'slow' ? promise : event;
    };
    const cursor = createResultCursor(log.cursor(), { answer, fail });
    expect(cursor.read()).toEqual([]);
    log.append('later');
    log.end();
    expect(cursor.read()).toEqual([]);
    expect(cursor.ended).toBe(false);
    const woken = new Promise<void>((wake) => cursor.wait(wake));
    resolve('done');
    await woken;
    expect(answered).toEqual(['slow', 'fast']);
    expect(cursor.read(1)).toEqual(['done']);
    expect(cursor.read()).toEqual(['fast']);
    expect(cursor.read()).toEqual(['later']);
    expect(cursor.ended).toBe(true);
  });

  it('reach a reader that waits again while it is woken', async () => {
    const gates = [1, 2, 3].map(() => Promise.withResolvers<string>());
    const cursor = createResultCursor(createEventLog(0, 1, 2).cursor(), { answer: (index) => gates[index]?.promise ?? '', fail });
    const read: string[] = [];
    const pump = () => {
      read.push(...cursor.read());
      if (!cursor.ended && read.length < gates.length) cursor.wait(pump);
    };
    pump();
    for (const [index, { resolve }] of gates.entries()) resolve(String(index));
    await Promise.all(gates.map(({ promise }) => promise));
    await new Promise((resolve) => setImmediate(resolve));
    expect(read).toEqual(['0', '1', '2']);
  });

  it('tell of a late failure in its place', async () => {
    const log = createEventLog('bad', 'good');
    const answer = (event: string) => (event === 'bad' ? Promise.reject(new Error('broken')) : event);
    const cursor = createResultCursor(log.cursor(), { answer, fail });
    cursor.read();
    await new Promise<void>((wake) => cursor.wait(wake));
    expect(cursor.read()).toEqual(['failed: broken', 'good']);
  });

  it('are no more when the reader has gone', () => {
    const log = createEventLog(1);
    const cursor = createResultCursor(log.cursor(), { answer: String, fail });
    cursor.close('CUT');
    expect(cursor.read()).toEqual([]);
    expect(cursor.ended).toBe(true);
    expect(log.leavings).toEqual(['CUT']);
  });
});
