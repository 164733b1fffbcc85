import { readFile } from 'node:fs/promises';

/** What the kernel has booked for a process, all its threads together. */

/** USER_HZ is 100 on every Linux that Node runs on (proc(5), "utime"). */
const ticksPerSecond = 100;

export async function readCpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; after it the fields count from the state, the third of proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  return (userTicks + systemTicks) / ticksPerSecond;
}

export async function readResidentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) throw new Error(`No resident size of process ${pid}.`);
  return Number(kibibytes) * 1024;
}
