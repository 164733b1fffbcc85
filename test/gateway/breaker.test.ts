import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../src/gateway/breaker.ts';
import { createManualClock } from '../support/manualClock.ts';

/** A breaker that has seen these ends: `x` failed, `.` did not. */
function breakerAfter(ends: string) {
  const clock = createManualClock();
  const breaker = createBreaker(clock, () => ({ failures: 3, openMs: 1000 }));
  for (const end of ends) breaker.observe(end === 'x');
  return { clock, breaker };
}

describe('a breaker', () => {
  it.each([
    ['', 'CLOSED'],
    ['xx', 'CLOSED'],
    ['xx.xx.xx', 'CLOSED'],
    ['xxx', 'OPEN'],
    ['xx.'.repeat(5), 'CLOSED'],
  ])('after "%s" is %s', (ends, state) => {
    expect(breakerAfter(ends).breaker.state).toBe(state);
  });

  it('opens where most of the last calls failed, though never so many in a row', () => {
    const { breaker } = breakerAfter('');
    const brownOut = createBreaker(createManualClock(), () => ({ failures: 100, openMs: 1000 }));
    for (let call = 0; call < 300; call++) brownOut.observe(call % 10 < 3);
    expect(brownOut.state).toBe('CLOSED');
    for (let call = 0; call < 40; call++) brownOut.observe(call % 10 < 9);
    expect([brownOut.state, breaker.state]).toEqual(['OPEN', 'CLOSED']);
  });

  it('lets nobody through while it is open, then one', async () => {
    const { clock, breaker } = breakerAfter('xxx');
    expect([breaker.claim(), breaker.waitMs]).toEqual([false, 1000]);
    await clock.advance(1000);
    expect(breaker.state).toBe('HALF_OPEN');
    expect([breaker.claim(), breaker.claim()]).toEqual([true, false]);
  });

  it('closes with a trial that succeeds', async () => {
    const { clock, breaker } = breakerAfter('xxx');
    await clock.advance(1000);
    breaker.claim();
    breaker.observe(false);
    expect([breaker.state, breaker.claim(), breaker.claim()]).toEqual(['CLOSED', true, true]);
  });

  it('stays open for twice as long after each trial that fails, up to four times', async () => {
    const { clock, breaker } = breakerAfter('xxx');
    const waits: number[] = [];
    for (let trial = 0; trial < 4; trial++) {
      await clock.advance(breaker.waitMs);
      breaker.claim();
      breaker.observe(true);
      waits.push(breaker.waitMs);
    }
    expect(waits).toEqual([2000, 4000, 4000, 4000]);
  });

  it('heeds no call that began before it opened', () => {
    const { breaker } = breakerAfter('xxx.');
    expect(breaker.state).toBe('OPEN');
  });

  it('takes another trial when the first one said nothing, or was never heard of again', async () => {
    const { clock, breaker } = breakerAfter('xxx');
    await clock.advance(1000);
    breaker.claim();
    breaker.left();
    expect([breaker.claim(), breaker.claim()]).toEqual([true, false]);
    await clock.advance(30_000);
    expect(breaker.claim()).toBe(true);
  });
});
