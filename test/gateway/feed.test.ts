import { describe, expect, it } from 'vitest';
import { createFeed } from '../../src/gateway/feed.ts';

function feedOf(kept = 3) {
  return createFeed<number>({ kept, expired: () => new Error('too far behind') });
}

const even = (event: number) => event % 2 === 0;

describe('a feed', () => {
  it('gives each reader what comes after it began, and only what it wants', () => {
    const feed = feedOf(100);
    feed.append(2);
    const [all, some] = [feed.subscribe(() => true), feed.subscribe(even)];
    for (const event of [3, 4, 5, 6]) feed.append(event);
    expect([all.read(2), all.read(), all.read()]).toEqual([[3, 4], [5, 6], []]);
    expect([some.read(1), some.read()]).toEqual([[4], [6]]);
  });

  it('wakes who waits at the next event that is wanted, once', () => {
    const feed = feedOf();
    const reader = feed.subscribe(even);
    let woken = 0;
    reader.wait(() => woken++);
    feed.append(1);
    expect(woken).toBe(0);
    feed.append(2);
    feed.append(4);
    expect(woken).toBe(1);
    reader.wait(() => woken++);
    expect(woken).toBe(2);
  });

  it('never loses a reader that waits among others’ events', () => {
    const feed = feedOf();
    const reader = feed.subscribe(even);
    reader.wait(() => undefined);
    for (let event = 1; event < 1000; event += 2) feed.append(event);
    feed.append(1000);
    expect(reader.read()).toEqual([1000]);
  });

  it('tells a reader that is too far behind, at once and honestly', () => {
    const feed = feedOf(3);
    const reader = feed.subscribe(() => true);
    for (const event of [1, 2, 3, 4, 5]) feed.append(event);
    expect(reader.read(1)).toEqual([1]);
    for (const event of [6, 7, 8]) feed.append(event);
    let woken = false;
    reader.wait(() => {
      woken = true;
    });
    expect(woken).toBe(true);
    expect(() => reader.read()).toThrow('too far behind');
  });

  it('lets go of a reader that leaves, also while it waits', async () => {
    const feed = feedOf();
    const reader = feed.subscribe(() => true);
    const iterator = reader[Symbol.asyncIterator]();
    const waiting = iterator.next();
    expect(feed.readers).toBe(1);
    await iterator.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    feed.append(1);
    expect([reader.ended, reader.read(), feed.readers]).toEqual([true, [], 0]);
  });
});
