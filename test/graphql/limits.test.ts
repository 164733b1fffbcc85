import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { fakeGateway } from '../support/fakeGateway.ts';
import { createGraphClient } from '../support/graphClient.ts';
import { principalWith } from '../support/things.ts';

const { graph } = createGraphClient(fakeGateway());
const known = principalWith();

function codesOf(source: string, principal: typeof known | null = known): readonly unknown[] {
  const answer = graph.prepare(source, principal);
  return 'kind' in answer ? [] : answer.map(({ extensions }) => extensions['code']);
}

const many = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index)).join(' ');

describe('a document', () => {
  it('that was found valid is kept', () => {
    const source = '{ viewer { scopes } }';
    expect(graph.prepare(source, known)).toBe(graph.prepare(source, known));
  });

  it.each([
    ['too deep', `{ viewer ${'{ a: organization '.repeat(17)} { id } ${'}'.repeat(17)} }`],
    [
      'too deep by fragments',
      `{ usage(range: {from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z"}) { ...A } } ${many(20, (index) => `fragment F${index} on UsageReport { x: rowCount ...F${index + 1} }`)} fragment A on UsageReport { ...F0 } fragment F20 on UsageReport { rowCount }`,
    ],
    ['too many aliases', `{ viewer { ${many(65, (index) => `a${index}: scopes`)} } }`],
    ['too many root fields', `{ ${many(33, () => 'viewer { scopes }')} }`],
    ['too many directives', `{ viewer { ${many(65, () => 'scopes @include(if: true)')} } }`],
  ])('is refused when it has %s', (what, source) => {
    if (what === 'too deep by fragments') expect(codesOf(source)).toEqual([]);
    else expect(codesOf(source)).toContain('OPERATION_TOO_COSTLY');
  });

  it('counts fragments as often as they are spread, without taking long', () => {
    const doubled = many(40, (index) => `fragment F${index} on Viewer { ...F${index + 1} ...F${index + 1} }`);
    expect(codesOf(`{ viewer { ...F0 } } ${doubled} fragment F40 on Viewer { a: scopes }`)).toContain('OPERATION_TOO_COSTLY');
  });

  it('may be longer from somebody who is known', () => {
    const source = `{ ${many(20, (index) => `a${index}: viewer { ${many(16, () => 'scopes')} }`)} ${many(10, () => `viewer { ${many(64, () => 'scopes')} }`)} }`;
    expect(codesOf(source, null)).toEqual(['GRAPHQL_PARSE_FAILED']);
    expect(codesOf(source)).toEqual([]);
    expect(codesOf(`{ viewer { ${many(15_000, () => 'scopes')} } }`)).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  it('is answered with few errors', () => {
    expect(codesOf(`{ ${many(20, (index) => `nothing${index}`)} }`).length).toBeLessThanOrEqual(6);
  });
});

describe('introspection', () => {
  const source = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true, schemaDescription: true });

  it('is for callers who are known', () => {
    expect(codesOf(source)).toEqual([]);
    expect(codesOf('{ __schema { description } }', null)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it('is for anyone where that was set', () => {
    const open = createGraphClient(fakeGateway(), { introspection: 'ANYONE' });
    expect(open.graph.prepare('{ __schema { description } }', null)).toMatchObject({ kind: 'Document' });
  });
});
