import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isHeld, openLock } from '../../src/store/lock.ts';
import { createClock } from '../../src/system/clock.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

describe('the lock of a folder', () => {
  const clock = createClock();
  let temporary: TemporaryFolder;
  let path: string;
  beforeEach(() => {
    temporary = temporaryFolder();
    path = join(temporary.path, 'lock');
  });
  afterEach(() => temporary.remove());

  async function startOwner() {
    const child = spawn(process.execPath, [resolve(import.meta.dirname, '../support/lockChild.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [word] = await once(child.stdout, 'data');
    return { child, exited, word: String(word).trim() };
  }

  it('is refused while its owner lives, with who it is and what to do', async () => {
    const { child, exited, word } = await startOwner();
    expect(word).toBe('held');
    expect(isHeld(path, clock)).toBe(true);
    const message = `The data folder here is in use by process ${child.pid}, which listens at http://127.0.0.1:4000.`;
    expect(() => openLock({ path, folder: 'here', clock })).toThrow(message);
    child.kill('SIGKILL');
    await exited;
  });

  it('is taken over from a process that was killed', async () => {
    const { child, exited } = await startOwner();
    child.kill('SIGKILL');
    await exited;
    expect(isHeld(path, clock)).toBe(false);
    openLock({ path, folder: 'here', clock })[Symbol.dispose]();
    expect(readdirSync(temporary.path)).toEqual([]);
  });

  it('goes to one of several that find it left behind at once', async () => {
    for (const round of [1, 2, 3]) {
      mkdirSync(temporary.path, { recursive: true });
      const dead = await startOwner();
      dead.child.kill('SIGKILL');
      await dead.exited;
      const owners = await Promise.all(Array.from({ length: 4 }, startOwner));
      expect([round, owners.filter(({ word }) => word === 'held').length]).toEqual([round, 1]);
      for (const { child } of owners) child.kill('SIGKILL');
      await Promise.all(owners.map(({ exited }) => exited));
    }
  });
});
