import fc from 'fast-check';
import type { GraphQLInputType } from 'graphql';
import { buildSchema, coerceInputValue, isInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { coercerOf, uncoercible } from '../../src/graphql/coerce.ts';

const schema = buildSchema(`
  directive @oneOf on INPUT_OBJECT
  enum Colour { RED GREEN }
  input One @oneOf { text: String number: Int }
  input Tree { name: String!, size: Int = 3, colour: Colour, tags: [String!], rows: [[Int]], children: [Tree!], one: One, flag: Boolean }
  type Query { field(tree: Tree, trees: [Tree!]!, one: One!): Int }
`);

function typeOf(argument: string): GraphQLInputType {
  const found = schema
    .getQueryType()
    ?.getFields()
    ['field']?.args.find(({ name }) => name === argument)?.type;
  if (!isInputType(found)) throw new Error(`There is no argument ${argument}.`);
  return found;
}

/** What GraphQL itself makes of a value; `uncoercible` where it complains. */
function byGraphql(value: unknown, type: GraphQLInputType): unknown {
  let complained = false;
  const coerced = coerceInputValue(value, type, () => {
    complained = true;
  });
  return complained ? uncoercible : coerced;
}

/** Mostly what holds, now and then what does not. */
function mostly<Value>(good: fc.Arbitrary<Value>, ...bad: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
}

const { tree } = fc.letrec((tie) => ({
  tree: fc.record(
    {
      name: mostly(fc.string(), null, 1),
      size: mostly(fc.option(fc.integer({ min: -5, max: 5 })), 1.5, '3'),
      colour: mostly(fc.constantFrom('RED', 'GREEN', null), 'BLUE'),
      tags: mostly(fc.oneof(fc.array(fc.string()), fc.constantFrom('one', null)), [null]),
      rows: fc.oneof(fc.array(fc.array(fc.integer({ min: 0, max: 9 }))), fc.integer({ min: 0, max: 9 })),
      children: mostly(fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 2 })), [1]),
      one: mostly(fc.constantFrom({ text: 'a' }, { number: 1 }, null), { text: 'a', number: 1 }, {}, { text: null }, { other: 1 }),
      flag: fc.boolean(),
    },
    { requiredKeys: ['name'] },
  ),
}));

describe('the coercion of variables', () => {
  it('makes of any value what GraphQL makes of it, and refuses what GraphQL refuses', () => {
    const accepted = { yes: 0, no: 0 };
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: tree }, fc.jsonValue()), fc.constantFrom('tree', 'trees', 'one'), (value, argument) => {
        const expected = byGraphql(value, typeOf(argument));
        accepted[expected === uncoercible ? 'no' : 'yes']++;
        expect(coercerOf(typeOf(argument))(value)).toEqual(expected);
      }),
      { numRuns: 2000, seed: 17 },
    );
    // Both must have been seen often, or the law says little.
    expect(Math.min(accepted.yes, accepted.no)).toBeGreaterThan(200);
  });

  it('does not take fields of the prototype for input', () => {
    expect(coercerOf(typeOf('tree'))(JSON.parse('{"name": "a", "__proto__": {"x": 1}}'))).toBe(uncoercible);
    expect(coercerOf(typeOf('tree'))({ name: 'a', constructor: 1 })).toBe(uncoercible);
  });
});
