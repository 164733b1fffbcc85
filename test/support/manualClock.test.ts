import { describe, expect, it } from 'vitest';
import { createManualClock } from './manualClock.ts';

describe('the clock moved by hand', () => {
  it('runs timers by their time, then by the order of their making', async () => {
    const clock = createManualClock();
    const order: string[] = [];
    clock.timer(20, () => order.push(`late at ${clock.monotonic()}`));
    clock.timer(10, () => order.push(`first at ${clock.monotonic()}`));
    clock.timer(10, () => order.push(`second at ${clock.monotonic()}`));
    await clock.advance(15);
    expect(order).toEqual(['first at 10', 'second at 10']);
    await clock.advance(5);
    expect(order).toHaveLength(3);
    expect(clock.monotonic()).toBe(20);
  });

  it('runs a timer that a promise of an earlier one makes within the same step', async () => {
    const clock = createManualClock(1000);
    const wait = (ms: number): Promise<void> => new Promise((resolve) => clock.timer(ms, resolve));
    let finishedAt: number | null = null;
    void (async () => {
      await wait(3);
      await wait(4);
      finishedAt = clock.now();
    })();
    await clock.advance(10);
    expect(finishedAt).toBe(1007);
    expect(clock.now()).toBe(1010);
  });

  it('forgets a timer that was cleared', async () => {
    const clock = createManualClock();
    const timer = clock.timer(1, () => expect.unreachable());
    timer.clear();
    expect(clock.waiting).toBe(0);
    await clock.advance(5);
  });

  it('moves until a promise settles, and no further', async () => {
    const clock = createManualClock();
    clock.timer(100, () => expect.unreachable());
    expect(await clock.until(new Promise((resolve) => clock.timer(30, () => resolve('done'))))).toBe('done');
    expect(clock.monotonic()).toBe(30);
  });

  it('says when no timer can settle the promise', async () => {
    await expect(createManualClock().until(new Promise(() => {}))).rejects.toThrow('No timer is left');
  });
});
