import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPackageRoot } from '../../src/system/packageRoot.ts';
import { isScope, scopesIn, scopeTable } from '../support/scopeTable.ts';

const page = readFileSync(join(findPackageRoot(), 'docs', 'operating.md'), 'utf8');

describe('the page for operators', () => {
  it('has the table of all scopes, each with what it permits and the root fields it opens', () => {
    expect(/<!-- scopes -->\n\n([\s\S]*?)\n\n<!-- end of scopes -->/.exec(page)?.[1]).toBe(scopeTable());
  });

  it('puts roles together of scopes that there are', () => {
    const roles = /<!-- roles -->\n\n([\s\S]*?)\n\n<!-- end of roles -->/.exec(page)?.[1] ?? '';
    expect(scopesIn(roles).length).toBeGreaterThan(10);
    expect(scopesIn(roles).filter((name) => !isScope(name))).toEqual([]);
  });
});
