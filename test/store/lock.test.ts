import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isHeld, openLock, tryLock } from '../../src/store/lock.ts';
import type { LockOwner } from '../../src/store/lockOwner.ts';
import { describeSelf } from '../../src/store/lockOwner.ts';
import { createManualClock } from '../support/manualClock.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

describe('a lock', () => {
  const clock = createManualClock(Date.now());
  let folder: TemporaryFolder;
  let path: string;
  beforeEach(() => {
    folder = temporaryFolder();
    path = join(folder.path, 'lock');
  });
  afterEach(() => folder.remove());

  function leave(changes: Partial<LockOwner>): void {
    writeFileSync(path, JSON.stringify({ ...describeSelf(), ...changes }));
  }

  it('is held until it is given back', () => {
    const lock = openLock({ path, folder: 'here', clock });
    expect([isHeld(path, clock), tryLock({ path, clock })]).toEqual([true, null]);
    lock[Symbol.dispose]();
    expect(isHeld(path, clock)).toBe(false);
  });

  it.each<[string, Partial<LockOwner>]>([
    ['an earlier start of the machine', { bootId: 'another' }],
    ['a process whose number another one has now', { startTicks: '1' }],
    ['a process that is no more', { pid: 2 ** 22 + 1 }],
  ])('of %s is taken over', (_owner, changes) => {
    leave(changes);
    using lock = tryLock({ path, clock });
    expect(lock).not.toBeNull();
  });

  it('of another host is held as long as it shows a sign of life', async () => {
    leave({ host: 'another', pid: 2 ** 22 + 1 });
    expect(isHeld(path, clock)).toBe(true);
    await clock.advance(60_000);
    expect(isHeld(path, clock)).toBe(false);
  });

  it('torn by a loss of power is taken over', () => {
    writeFileSync(path, '{"pid":');
    using lock = tryLock({ path, clock });
    expect(lock).not.toBeNull();
  });
});
