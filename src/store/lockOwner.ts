import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JsonObject } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';

/** A process, told apart from any other that gets its number later. */
export interface LockOwner {
  readonly token: string;
  readonly pid: number;
  /** Since when the process runs, in the kernel's ticks; null where the kernel does not say. */
  readonly startTicks: string | null;
  /** Changes at each start of the machine. */
  readonly bootId: string | null;
  readonly host: string | null;
  readonly address: string | null;
}

export function describeSelf(): LockOwner {
  return {
    token: randomUUID(),
    pid: process.pid,
    startTicks: startTicksOf('self'),
    bootId: readKernel('/proc/sys/kernel/random/boot_id'),
    host: readKernel('/proc/sys/kernel/hostname'),
    address: null,
  };
}

/** Null when it cannot be known from here: the owner runs on another host, or in another container. */
export function isAlive(owner: LockOwner): boolean | null {
  const self = describeSelf();
  if (owner.host !== self.host) return null;
  if (owner.bootId !== self.bootId) return false;
  if (!exists(owner.pid)) return false;
  return owner.startTicks === null || startTicksOf(owner.pid) === owner.startTicks;
}

/** Null when there is no lock, or it was torn while it was written. */
export function readOwner(path: string): LockOwner | null {
  try {
    return parseOwner(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Null when the text is none of ours. */
export function parseOwner(text: string): LockOwner | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? toOwner(value) : null;
  } catch {
    return null;
  }
}

function toOwner(value: JsonObject): LockOwner | null {
  const { token, pid } = value;
  if (typeof token !== 'string' || typeof pid !== 'number') return null;
  return {
    token,
    pid,
    startTicks: textOrNull(value['startTicks']),
    bootId: textOrNull(value['bootId']),
    host: textOrNull(value['host']),
    address: textOrNull(value['address']),
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Another user's process may not be signalled, but it is there.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** The 22nd field of stat, counted from behind the command's closing bracket, because the command may hold spaces. */
function startTicksOf(pid: number | 'self'): string | null {
  const stat = readKernel(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function readKernel(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
