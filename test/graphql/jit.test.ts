import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/createGraph.ts';
import { createCompiler } from '../../src/graphql/jit.ts';
import { sdl } from '../support/sdl.ts';

const schema = createSchema(sdl);

describe('the compiler', () => {
  it('leaves a document that comes once to GraphQL, and compiles it when it comes again', () => {
    const compiler = createCompiler(schema);
    const document = parse('{ viewer { scopes } }');
    expect(compiler.compile(document, null, false)).toBeNull();
    const compiled = compiler.compile(document, null, false);
    expect(compiled).toBeTypeOf('function');
    expect(compiler.compile(document, null, false)).toBe(compiled);
  });

  it('compiles at once what will be asked for often', () => {
    expect(createCompiler(schema).compile(parse('{ viewer { scopes } }'), null, true)).toBeTypeOf('function');
  });

  it('tells the operations of one document apart', () => {
    const compiler = createCompiler(schema);
    const document = parse('query A { viewer { scopes } } query B { viewer { scopes } }');
    expect(compiler.compile(document, 'A', true)).not.toBe(compiler.compile(document, 'B', true));
  });

  it('leaves to GraphQL what it cannot compile', () => {
    expect(createCompiler(schema).compile(parse('query A { viewer { scopes } }'), 'B', true)).toBeNull();
  });

  it('comes to an end over a variable whose type holds itself', () => {
    const document = parse('mutation ($input: CompletionInput!) { createCompletion(input: $input) { id } }');
    expect(createCompiler(schema).compile(document, null, true)).toBeTypeOf('function');
  });
});
