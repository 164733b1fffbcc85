import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../schema');

/** The files of the public contract. */
export const sdl: readonly string[] = globSync('*.graphql', { cwd: folder })
  .sort()
  .map((file) => readFileSync(resolve(folder, file), 'utf8'));
