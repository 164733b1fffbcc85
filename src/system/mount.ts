import { readFileSync, realpathSync } from 'node:fs';

/** File systems that go with the machine's memory or with the container. */
const ephemeral: Readonly<Partial<Record<string, string>>> = {
  tmpfs: 'the memory of this machine (tmpfs)',
  ramfs: 'the memory of this machine (ramfs)',
  overlay: 'the layer of this container (overlay)',
  aufs: 'the layer of this container (aufs)',
};

/** What a folder is lost with, in words; null where it stays, or is none, or the system does not say (it is no Linux). */
export function ephemeralPlaceOf(folder: string): string | null {
  try {
    return placeIn(readFileSync('/proc/self/mountinfo', 'utf8'), realpathSync(folder));
  } catch {
    return null;
  }
}

/** `mountinfo` as in https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html. What is mounted last at a place hides what was there. */
export function placeIn(mountinfo: string, path: string): string | null {
  let deepest = { point: '', type: '' };
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const point = unescaped(before.split(' ')[4] ?? '');
    if (point !== '' && isAt(path, point) && point.length >= deepest.point.length) deepest = { point, type: after.split(' ')[0] ?? '' };
  }
  return ephemeral[deepest.type] ?? null;
}

function isAt(path: string, point: string): boolean {
  return path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);
}

/** Spaces and the like stand there in octal. */
function unescaped(point: string): string {
  return point.replace(/\\([0-7]{3})/g, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
