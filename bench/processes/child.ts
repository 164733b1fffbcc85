import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ChildOrder {
  /** Node's arguments: flags, the script, the script's arguments. */
  readonly args: readonly string[];
  /** The core it is pinned to, or all of them. */
  readonly cores: string;
  /** All of its environment but PATH: what the user has set, such as a provider's key, is not part of the measurement. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** The last it printed, for the report of a failure. */
  output(): string;
  running(): boolean;
}

const keptBytes = 4096;
const graceMs = 15_000;

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  child.stdin?.end();
  const late = sleep(graceMs, 'late', { ref: false });
  if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
  await ended;
}

/**
 * Starts Node pinned to cores. `setpriv` ties its life to ours, so a killed run leaves nothing behind; it and `taskset` replace
 * themselves by what they start, so the process we know is the gateway itself.
 */
export function startChild({ args, cores, env }: ChildOrder): Child {
  const command = ['--pdeathsig', 'KILL', 'taskset', '-c', cores, process.execPath, ...args];
  const child = spawn('setpriv', command, { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], ...env } });
  let output = '';
  const keep = (data: Buffer) => {
    output = (output + data.toString()).slice(-keptBytes);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(Buffer.from(error.message)));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    running: () => child.exitCode === null && child.signalCode === null && child.pid !== undefined,
    [Symbol.asyncDispose]: () => stop(child),
  };
}
