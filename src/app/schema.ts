import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSchema } from '../graphql/createGraph.ts';
import { findPackageRoot } from '../system/packageRoot.ts';

/** The graph's schema, from the files of this package. */
export function readSchema(): ReturnType<typeof createSchema> {
  return createSchema(readSdl(join(findPackageRoot(), 'schema')));
}

function readSdl(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return files.sort().map((name) => readFileSync(join(folder, name), 'utf8'));
}
