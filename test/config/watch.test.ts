import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConfigProblem } from '../../src/config/problem.ts';
import type { ConfigWatch } from '../../src/config/watch.ts';
import { openConfigWatch } from '../../src/config/watch.ts';
import type { Config } from '../../src/config.ts';
import { readConfig } from '../../src/config.ts';
import { createClock } from '../../src/system/clock.ts';

interface Seen {
  readonly configs: Config[];
  readonly problems: (readonly ConfigProblem[])[];
}

const open: { watch: ConfigWatch; folder: string }[] = [];

afterEach(() => {
  for (const { watch, folder } of open.splice(0)) {
    watch[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder with a configuration under watch. */
function watched(text: string | null) {
  const folder = mkdtempSync(join(tmpdir(), 'modelgraph-'));
  const file = join(folder, 'modelgraph.config.yaml');
  if (text !== null) writeFileSync(file, text);
  const readFile = (path: string): string | null => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return null;
    }
  };
  const read = () => readConfig({ env: {}, folder, readFile });
  const seen: Seen = { configs: [], problems: [] };
  const sources = { file: text === null ? null : file, folder, hash: read().hash, clock: createClock(), read };
  const watch = openConfigWatch(sources, {
    onConfig: (config) => seen.configs.push(config),
    onProblems: (problems) => seen.problems.push(problems),
  });
  open.push({ watch, folder });
  return { folder, file, seen, watch, levels: () => seen.configs.map(({ logLevel }) => logLevel) };
}

describe('a configuration under watch', () => {
  it('is read again when the file is written', async () => {
    const { file, levels } = watched('logLevel: info');
    writeFileSync(file, 'logLevel: warn');
    await vi.waitFor(() => expect(levels()).toEqual(['warn']), 5000);
  });

  it('is read again when another file is renamed over it, as editors do, twice', async () => {
    const { folder, file, levels } = watched('logLevel: info');
    for (const level of ['warn', 'error']) {
      writeFileSync(join(folder, 'new'), `logLevel: ${level}`);
      renameSync(join(folder, 'new'), file);
      await vi.waitFor(() => expect(levels().at(-1)).toBe(level), 5000);
    }
    expect(levels()).toEqual(['warn', 'error']);
  });

  it('is read again when a link that it goes through is turned, as orchestrators do', async () => {
    const { folder, file, levels } = watched('logLevel: info');
    writeFileSync(join(folder, 'version2'), 'logLevel: debug');
    symlinkSync('version2', join(folder, 'next'));
    unlinkSync(file);
    renameSync(join(folder, 'next'), file);
    await vi.waitFor(() => expect(levels().at(-1)).toBe('debug'), 5000);
  });

  it('is found when it appears where there was none', async () => {
    const { file, levels } = watched(null);
    writeFileSync(file, 'logLevel: error');
    await vi.waitFor(() => expect(levels().at(-1)).toBe('error'), 5000);
  });

  it('tells of an invalid file once, and of its correction', async () => {
    const { file, seen, levels } = watched('logLevel: info');
    writeFileSync(file, 'logLevel: loud');
    await vi.waitFor(() => expect(seen.problems).toMatchObject([[{ path: 'logLevel', line: 1 }]]), 5000);
    writeFileSync(file, 'logLevel: debug');
    await vi.waitFor(() => expect(levels()).toEqual(['debug']), 5000);
    expect(seen.problems).toHaveLength(1);
  });

  it('stays in force when its file goes away', async () => {
    const { file, seen, levels } = watched('logLevel: warn');
    unlinkSync(file);
    await vi.waitFor(() => expect(seen.problems).toMatchObject([[{ path: file }]]), 5000);
    writeFileSync(file, 'logLevel: debug');
    await vi.waitFor(() => expect(levels()).toEqual(['debug']), 5000);
  });

  it('is read on demand although nothing changed', () => {
    const { watch, levels } = watched('logLevel: warn');
    watch.reread();
    expect(levels()).toEqual(['warn']);
  });

  it('says when its folder cannot be watched', () => {
    const problems: (readonly ConfigProblem[])[] = [];
    const read = () => readConfig({ env: {}, folder: '/srv', readFile: () => null });
    const folder = join(tmpdir(), 'modelgraph-that-is-not-there');
    using watch = openConfigWatch(
      { file: null, folder, hash: '', clock: createClock(), read },
      { onConfig: () => undefined, onProblems: (found) => problems.push(found) },
    );
    expect(problems).toMatchObject([[{ path: folder, reason: 'cannot be watched.' }]]);
    expect(watch).toBeDefined();
  });
});
