import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Entry } from '../../../src/store/ledger/journal.ts';
import { createJournal } from '../../../src/store/ledger/journal.ts';
import type { Segment, Segments } from '../../../src/store/ledger/segment.ts';
import { createManualClock } from '../../support/manualClock.ts';
import { silentLog } from '../../support/silentLog.ts';

function createDisk() {
  const disk = { full: false, text: '', writes: 0 };
  const segment: Segment = {
    bytes: 0,
    append: () => undefined,
    sync: () => Promise.resolve(),
    read: () => '',
    hold: () => undefined,
    release: () => undefined,
    seal: () => undefined,
    close: () => undefined,
  };
  const segments: Segments = {
    append(data) {
      disk.writes += 1;
      if (disk.full) throw new Error('no space left');
      const offset = disk.text.length;
      disk.text += Buffer.from(data).toString();
      return { segment, offset };
    },
    bytes: () => disk.text.length,
    close: () => undefined,
  };
  return { disk, segments };
}

function newEntry(line: string, kept: boolean) {
  return { line, kept, abandoned: false, written: vi.fn<Entry['written']>(), refused: vi.fn<Entry['refused']>() };
}

describe('the journal', () => {
  it('writes what comes in one turn at once', async () => {
    const { disk, segments } = createDisk();
    const journal = createJournal({ segments, sync: false, clock: createManualClock(), log: silentLog });
    const entries = ['one\n', 'zwei ä\n', 'three\n'].map((line) => newEntry(line, true));
    for (const entry of entries) journal.append(entry);
    await setImmediate();
    expect([disk.text, disk.writes]).toEqual(['one\nzwei ä\nthree\n', 1]);
    expect(entries.map(({ written }) => written.mock.calls[0]?.slice(1))).toEqual([
      [0, 4],
      [4, 8],
      [12, 6],
    ]);
  });

  it('refuses beginnings while the disk is full, keeps ends, and writes them when there is room again', async () => {
    const { disk, segments } = createDisk();
    const clock = createManualClock();
    const journal = createJournal({ segments, sync: false, clock, log: silentLog });
    disk.full = true;
    const [begin, end, abandoned] = [newEntry('begin\n', false), newEntry('end\n', true), newEntry('abandoned\n', true)];
    for (const entry of [begin, end, abandoned]) journal.append(entry);
    await setImmediate();
    expect(journal.writable()).toBe(false);
    expect(begin.refused.mock.calls[0]?.[0]).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(end.refused).not.toHaveBeenCalled();

    abandoned.abandoned = true;
    disk.full = false;
    await clock.advance(200);
    expect([journal.writable(), disk.text]).toEqual([true, 'end\n']);
    expect(end.written).toHaveBeenCalledOnce();
  });

  it('finds out by itself that there is room again', async () => {
    const { disk, segments } = createDisk();
    const clock = createManualClock();
    const journal = createJournal({ segments, sync: false, clock, log: silentLog });
    disk.full = true;
    journal.append(newEntry('begin\n', false));
    await setImmediate();
    await clock.advance(1000);
    expect(journal.writable()).toBe(false);
    disk.full = false;
    await clock.advance(200);
    expect(journal.writable()).toBe(true);
  });
});
