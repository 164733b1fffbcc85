import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findViolations } from './support/architecture.ts';

const src = resolve(import.meta.dirname, '../src');

function readSources(): ReadonlyMap<string, string> {
  const paths = globSync('**/*.ts', { cwd: src }).sort();
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(resolve(src, path), 'utf8')]));
}

/** What the checker says of made-up sources. */
function check(sources: Readonly<Record<string, string>>): readonly string[] {
  return findViolations(new Map(Object.entries(sources)));
}

describe('the house', () => {
  it('keeps its floors, has no cycle, no barrel and no default export', () => {
    expect(findViolations(readSources())).toEqual([]);
  });
});

describe('the checker', () => {
  it.each([
    ['a static import', "import { x } from '../store/usage.ts';"],
    ['a bare import', "import '../store/usage.ts';"],
    ['a dynamic import', "export const load = () => import('../store/usage.ts');"],
    ['a type-only import', "import type { X } from '../store/usage.ts';"],
    ['a type inside an expression', "export type X = import('../store/usage.ts').X;"],
    ['a named re-export', "export const y = 1;\nexport { x } from '../store/usage.ts';"],
    ['a re-export of all', "export const y = 1;\nexport * from '../store/usage.ts';"],
    ['a re-export of types', "export const y = 1;\nexport type { X } from '../store/usage.ts';"],
    ['a require', "const x = require('../store/usage.ts');"],
  ])('sees a wrong arrow in %s', (_form, text) => {
    expect(check({ 'gateway/call.ts': text })).toEqual([
      expect.stringMatching(/^gateway\/call\.ts:\d: gateway\/ may not import .*store\/usage\.ts$/),
    ]);
  });

  it('names the line', () => {
    expect(check({ 'domain/money.ts': "// money\n\nimport { Pool } from 'undici';\n" })).toEqual([
      'domain/money.ts:3: domain/ may not import undici',
    ]);
  });

  it.each([
    ['a package that is not in the row', 'gateway/call.ts', "import pino from 'pino';"],
    ['a package that only begins with an allowed name', 'graphql/schema.ts', "import x from 'graphql-yoga';"],
    ['a built-in module', 'domain/clock.ts', "import { randomUUID } from 'node:crypto';"],
    ['a value where types are allowed', 'graphql/loaders.ts', "import { x } from '../ports/store.ts';"],
    ['types that leave an import behind', 'graphql/loaders.ts', "import { type X } from '../ports/store.ts';"],
    ['another format', 'providers/openaiChat/adapter.ts', "import { x } from '../anthropic/usage.ts';"],
    ['a package of another format', 'providers/openaiChat/request.ts', "import { AwsClient } from 'aws4fetch';"],
    ['a file outside src', 'app.ts', "import { x } from '../test/support/house.ts';"],
    ['a computed name', 'store/open.ts', 'export const load = (name: string) => import(name);'],
    ['main, from below', 'server/http.ts', "import { start } from '../main.ts';"],
  ])('refuses %s', (_case, path, text) => {
    expect(check({ [path]: text })).toHaveLength(1);
  });

  it.each([
    ['types of a port', 'graphql/loaders.ts', "import type { Store } from '../ports/store.ts';"],
    ['an entry of an allowed package', 'store/tables/usage.ts', "import { bigint } from 'drizzle-orm/pg-core';"],
    ['the wire', 'providers/openaiChat/adapter.ts', "import { post } from '../wire/post.ts';"],
    ['a format, to the list of formats', 'providers/registry.ts', "import { createOpenaiChat } from './openaiChat/adapter.ts';"],
    ['a format its own package', 'providers/bedrock/request.ts', "import { AwsClient } from 'aws4fetch';"],
    ['a computed name, to the room for packages', 'providers/aiSdk/package.ts', 'export const load = (name: string) => import(name);'],
    ['everything, to the app', 'app.ts', "import { openStore } from './store/pglite/open.ts';"],
  ])('allows %s', (_case, path, text) => {
    expect(check({ [path]: text })).toEqual([]);
  });

  it('refuses a value in ports', () => {
    expect(check({ 'ports/clock.ts': 'export interface Clock { now(): number }\nexport const zero = 0;' })).toEqual([
      'ports/clock.ts: holds more than types',
    ]);
  });

  it('refuses a default export, however it is written', () => {
    expect(check({ 'domain/a.ts': 'export default 1;', 'domain/b.ts': 'const b = 1;\nexport { b as default };' })).toEqual([
      'domain/a.ts: default export',
      'domain/b.ts: default export',
    ]);
  });

  it('refuses a barrel under any name', () => {
    const barrels = { 'domain/index.ts': "export * from './money.ts';", 'domain/all.ts': "import { x } from './money.ts';\nexport { x };" };
    expect(check(barrels)).toHaveLength(2);
  });

  it('refuses a file on no floor', () => {
    expect(check({ 'utils/strings.ts': 'export const x = 1;' })).toEqual(['utils/strings.ts: stands on no floor']);
  });

  it('finds a cycle once, through types and dynamic imports', () => {
    const sources = {
      'domain/a.ts': "import type { B } from './b.ts';\nexport interface A { b: B }",
      'domain/b.ts': "import { c } from './c.ts';\nexport const b = c;",
      'domain/c.ts': "export const c = () => import('./a.ts');",
    };
    expect(check(sources)).toEqual(['import cycle: domain/a.ts -> domain/b.ts -> domain/c.ts -> domain/a.ts']);
  });

  it('finds a file that imports itself', () => {
    expect(check({ 'domain/a.ts': "import type { A } from './a.ts';\nexport interface A { a: A }" })).toEqual([
      'import cycle: domain/a.ts -> domain/a.ts',
    ]);
  });

  it('takes a diamond for no cycle', () => {
    const sources = {
      'domain/a.ts': "import { b } from './b.ts';\nimport { c } from './c.ts';\nexport const a = [b, c];",
      'domain/b.ts': "import { d } from './d.ts';\nexport const b = d;",
      'domain/c.ts': "import { d } from './d.ts';\nexport const c = d;",
      'domain/d.ts': 'export const d = 1;',
    };
    expect(check(sources)).toEqual([]);
  });

  it('does not guess at a source that it cannot read', () => {
    expect(() => check({ 'domain/a.ts': 'export const = ;' })).toThrow(SyntaxError);
  });
});
