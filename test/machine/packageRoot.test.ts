import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findPackageRoot } from '../../src/system/packageRoot.ts';

const folder = mkdtempSync(join(tmpdir(), 'modelgraph-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the root of the package', () => {
  it('is the repository for its own sources', () => {
    expect(findPackageRoot()).toBe(resolve(import.meta.dirname, '../..'));
  });

  it('is found past folders that have another package.json', () => {
    mkdirSync(join(folder, 'root/dist/system'), { recursive: true });
    writeFileSync(join(folder, 'root/package.json'), '{"name":"modelgraph"}');
    writeFileSync(join(folder, 'root/dist/package.json'), '{"name":"other"}');
    expect(findPackageRoot(join(folder, 'root/dist/system/packageRoot.js'))).toBe(join(folder, 'root'));
  });

  it('is missed with a sentence that says so', () => {
    expect(() => findPackageRoot(join(folder, 'elsewhere/file.js'))).toThrow('the installation is incomplete');
  });
});
