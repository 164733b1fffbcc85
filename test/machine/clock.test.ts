import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock } from '../../src/system/clock.ts';

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells the time and a time that never goes back', () => {
    const clock = createClock();
    const before = { now: clock.now(), monotonic: clock.monotonic() };
    vi.advanceTimersByTime(1500);
    expect(clock.now() - before.now).toBe(1500);
    expect(clock.monotonic() - before.monotonic).toBe(1500);
  });

  it('calls once when the delay is over', () => {
    const listener = vi.fn();
    createClock().timer(100, listener);
    vi.advanceTimersByTime(99);
    expect(listener).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('does not call after it was cleared', () => {
    const listener = vi.fn();
    createClock().timer(100, listener).clear();
    vi.advanceTimersByTime(1000);
    expect(listener).not.toHaveBeenCalled();
  });

  it('keeps delays of months, which a bare timer would end at once, and clears them too', () => {
    const days60 = 60 * 86_400_000;
    const [kept, cleared] = [vi.fn(), vi.fn()];
    createClock().timer(days60, kept);
    const other = createClock().timer(days60, cleared);
    vi.advanceTimersByTime(days60 - 1);
    expect(kept).not.toHaveBeenCalled();
    other.clear();
    vi.advanceTimersByTime(1);
    expect(kept).toHaveBeenCalledOnce();
    expect(cleared).not.toHaveBeenCalled();
  });
});
