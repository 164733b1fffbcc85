import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** A folder beside the repository that not every machine has; null where it is absent. */
export function sharedFolder(name: string): string | null {
  const path = resolve(import.meta.dirname, '../../../shared', name);
  return existsSync(path) ? path : null;
}
