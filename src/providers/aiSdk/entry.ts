import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonValue } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';

/** Of the conditions that a package can set, those that hold for an import in Node. */
const conditions = new Set(['node', 'import', 'module-sync', 'default']);

/**
 * Where the package of this name begins, as seen from a folder: an address to import. Null where it is not installed there.
 * By hand, because `import()` looks beside the file it stands in, which is the gateway's, and `require.resolve` refuses packages for `import` only.
 */
export function findEntry(name: string, folder: string): string | null {
  const file = findManifest(name, folder);
  if (file === null) return null;
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isJsonObject(manifest)) return null;
  const { exports, main } = manifest;
  const target = exports === undefined ? (main ?? './index.js') : targetOf(isSubpaths(exports) ? exports['.'] : exports);
  return typeof target === 'string' ? pathToFileURL(join(dirname(file), target)).href : null;
}

function findManifest(name: string, folder: string): string | null {
  try {
    return findPackageJSON(name, pathToFileURL(join(folder, 'package.json'))) ?? null;
  } catch {
    // What is not there is no fault of the file system.
    return null;
  }
}

function isSubpaths(exports: JsonValue): exports is Readonly<Record<string, JsonValue>> {
  return isJsonObject(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
}

/** The first that fits, in the order in which the package names them. */
function targetOf(exports: JsonValue | undefined): string | null {
  if (typeof exports === 'string') return exports;
  if (Array.isArray(exports)) return exports.map(targetOf).find((target) => target !== null) ?? null;
  if (!isJsonObject(exports)) return null;
  for (const [condition, value] of Object.entries(exports)) {
    const target = conditions.has(condition) ? targetOf(value) : null;
    if (target !== null) return target;
  }
  return null;
}
