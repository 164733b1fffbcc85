import { describe, expect, it } from 'vitest';
import { createIds } from '../../src/system/ids.ts';

function idsAt(times: readonly number[]) {
  let asked = 0;
  const now = () => times[Math.min(asked++, times.length - 1)] ?? 0;
  return createIds({ now, monotonic: now, timer: () => ({ clear: () => undefined }) });
}

function timeOf(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}

describe('ids', () => {
  it('are uuids of version 7 with the time in front', () => {
    const id = idsAt([0x01_7f_22_e2_79_b0]).next();
    expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('are unique and sort in the order they were made, thousands in one millisecond', () => {
    const ids = idsAt([1_700_000_000_000]);
    const made = Array.from({ length: 20_000 }, () => ids.next());
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
  });

  it('still sort when the clock is set back', () => {
    const ids = idsAt([2000, 1000, 1000, 2001]);
    const made = [ids.next(), ids.next(), ids.next(), ids.next()];
    expect([...made].sort()).toEqual(made);
    expect(made.map(timeOf)).toEqual([2000, 2000, 2000, 2001]);
  });

  it('of two processes in one millisecond differ', () => {
    const [left, right] = [idsAt([1000]), idsAt([1000])];
    const made = Array.from({ length: 2000 }, () => [left.next(), right.next()]).flat();
    expect(new Set(made).size).toBe(made.length);
  });
});
