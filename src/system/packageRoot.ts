import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder with our package.json, where schema/, migrations/ and web/dist lie: looked for upward, because sources and compiled files lie at different
 * depths, and by name, because a package that we are installed in has a package.json too.
 */
export function findPackageRoot(from: string = fileURLToPath(import.meta.url)): string {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    if (isOurs(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No package.json of "modelgraph" lies above ${from}: the installation is incomplete.`);
  }
}

/** The version that runs, as its package.json says. */
export function readPackageVersion(): string {
  return String(readManifest(join(findPackageRoot(), 'package.json'))['version']);
}

function isOurs(path: string): boolean {
  return existsSync(path) && readManifest(path)['name'] === 'modelgraph';
}

function readManifest(path: string): Readonly<Record<string, unknown>> {
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof manifest === 'object' && manifest !== null ? { ...manifest } : {};
}
