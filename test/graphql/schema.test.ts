import { GraphQLEnumType, GraphQLList, GraphQLObjectType, isNonNullType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { errorTraits } from '../../src/domain/errors.ts';
import { capabilities } from '../../src/domain/model.ts';
import { scopes } from '../../src/domain/principal.ts';
import { usageDimensions } from '../../src/domain/usageReport.ts';
import { createSchema } from '../../src/graphql/createGraph.ts';
import { sdl } from '../support/sdl.ts';

const schema = createSchema(sdl);

function valuesOf(name: string): readonly string[] {
  const type = schema.getType(name);
  if (!(type instanceof GraphQLEnumType)) throw new Error(`${name} is no enum.`);
  return type.getValues().map((value) => value.name);
}

describe('the schema', () => {
  it.each([
    ['ErrorCode', Object.keys(errorTraits)],
    ['Scope', Object.keys(scopes)],
    ['Capability', capabilities],
    ['UsageDimension', usageDimensions],
  ])('has in %s what the domain has', (name, domain) => {
    expect([...valuesOf(name)].sort()).toEqual([...domain].sort());
  });

  it('lets a root field of Query and Mutation fail alone', () => {
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}));
    expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
  });

  it('is strict below, but for items of a list of nodes that may not be there', () => {
    const lists = Object.values(schema.getTypeMap()).flatMap((type) =>
      type instanceof GraphQLObjectType && !type.name.startsWith('__')
        ? Object.values(type.getFields()).map((field) => ({ type, field }))
        : [],
    );
    const open = lists.filter(({ field }) => {
      const type = isNonNullType(field.type) ? field.type.ofType : field.type;
      return type instanceof GraphQLList && !isNonNullType(type.ofType);
    });
    expect(open.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual(['Query.nodes']);
  });

  it('declares oneOf on every input that takes one of several', () => {
    const oneOf = Object.values(schema.getTypeMap()).filter((type) => 'isOneOf' in type && type.isOneOf);
    expect(oneOf.map(({ name }) => name).sort()).toEqual([
      'BudgetLimitInput',
      'BudgetScopeInput',
      'CancelCompletionInput',
      'MessagePartInput',
      'OutputFormatInput',
      'ToolChoiceInput',
    ]);
  });

  it.each([
    ['neither', 'extend type Query { open: String }'],
    ['both', 'extend type Query { open: String @public @auth(scopes: []) }'],
  ])('is refused with a root field that carries %s of @auth and @public', (_which, extension) => {
    expect(() => createSchema([...sdl, extension])).toThrow('A root field carries either @auth or @public: Query.open.');
  });
});
