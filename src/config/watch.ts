import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Config, ConfigReading } from '../config.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { ConfigProblem } from './problem.ts';

/** Writers take several steps; the file is read when it has been left alone for this long. */
const settledMs = 200;

export interface ConfigWatchSources {
  /** The file; null: the folder in which one may appear. */
  readonly file: string | null;
  readonly folder: string;
  /** Of the configuration in force. */
  readonly hash: string;
  readonly clock: Clock;
  readonly read: () => ConfigReading;
}

export interface ConfigListener {
  /** A valid configuration with another content than the one before. */
  onConfig(config: Config, warnings: readonly ConfigProblem[]): void;
  /** An invalid one, or a file that cannot be watched: the configuration in force stays. */
  onProblems(problems: readonly ConfigProblem[]): void;
}

export interface ConfigWatch extends Disposable {
  /** Reads the file now, changed or not: for SIGHUP. */
  reread(): void;
}

/**
 * Watches the folder, not the file: editors and orchestrators replace a file by renaming another one, or what a link points at, over it, and a watch
 * on the file would go on watching what was replaced.
 */
export function openConfigWatch(sources: ConfigWatchSources, listener: ConfigListener): ConfigWatch {
  let seen = sources.hash;
  let file = sources.file;
  let settling: Timer | null = null;
  const reread = (): void => {
    const reading = sources.read();
    seen = reading.hash;
    if (reading.config === null) {
      listener.onProblems(reading.problems);
    } else if (file !== null && reading.config.file === null) {
      listener.onProblems([gone(file)]);
    } else {
      file = reading.config.file;
      listener.onConfig(reading.config, reading.warnings);
    }
  };
  const rereadChanged = (): void => {
    if (sources.read().hash !== seen) reread();
  };
  const onChange = (): void => {
    settling?.clear();
    settling = sources.clock.timer(settledMs, rereadChanged);
  };
  const watcher = watchFolder(sources.file === null ? sources.folder : dirname(sources.file), onChange, (problem) =>
    listener.onProblems([problem]),
  );
  return {
    reread,
    [Symbol.dispose]() {
      settling?.clear();
      watcher?.close();
    },
  };
}

/** A file that is missed is more likely on its way than meant to be gone, and without it every provider would be. */
function gone(file: string): ConfigProblem {
  return {
    path: file,
    line: null,
    reason: 'is gone; the configuration in force stays.',
    hint: 'Put it back, or restart to run without it.',
  };
}

/** Null when the system refuses the watch, as it does when it has run out of them: SIGHUP still works then. */
function watchFolder(folder: string, onChange: () => void, onProblem: (problem: ConfigProblem) => void): FSWatcher | null {
  const report = (): void =>
    onProblem({ path: folder, line: null, reason: 'cannot be watched.', hint: 'Send SIGHUP after a change of the file.' });
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', report);
    return watcher;
  } catch {
    report();
    return null;
  }
}
