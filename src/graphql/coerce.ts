import type { GraphQLInputObjectType, GraphQLInputType, GraphQLList } from 'graphql';
import { isInputObjectType, isListType, isNonNullType } from 'graphql';

/** The coerced value, or `uncoercible`. */
export type Coerce = (value: unknown) => unknown;

export const uncoercible = Symbol('uncoercible');

const coercers = new WeakMap<GraphQLInputType, Coerce>();

/**
 * GraphQL's input coercion (https://spec.graphql.org/October2021/#sec-Input-Objects) as functions made once for each type: a fifth of the
 * time of `coerceInputValue`, on values that hold. Of one that does not it only says so: GraphQL itself then says why.
 */
export function coercerOf(type: GraphQLInputType): Coerce {
  const known = coercers.get(type);
  if (known !== undefined) return known;
  let made: Coerce | null = null;
  // Remembered before it is made, because inputs contain themselves.
  coercers.set(type, (value) => (made ?? refuse)(value));
  made = createCoercer(type);
  coercers.set(type, made);
  return made;
}

const refuse: Coerce = () => uncoercible;

function createCoercer(type: GraphQLInputType): Coerce {
  if (isNonNullType(type)) {
    const coerce = coercerOf(type.ofType);
    return (value) => (value === null || value === undefined ? uncoercible : coerce(value));
  }
  const coerce = createNonNullCoercer(type);
  return (value) => (value === null || value === undefined ? null : coerce(value));
}

function createNonNullCoercer(type: Exclude<GraphQLInputType, { ofType: unknown }> | GraphQLList<GraphQLInputType>): Coerce {
  if (isListType(type)) return createListCoercer(coercerOf(type.ofType));
  if (isInputObjectType(type)) return createObjectCoercer(type);
  return (value) => {
    try {
      const parsed: unknown = type.parseValue(value);
      return parsed === undefined ? uncoercible : parsed;
    } catch {
      return uncoercible;
    }
  };
}

/** What is no list stands for a list of one. Variables come from JSON, so a list is an array. */
function createListCoercer(coerce: Coerce): Coerce {
  return (value) => {
    const items: unknown[] = [];
    for (const item of Array.isArray(value) ? value : [value]) {
      const coerced = coerce(item);
      if (coerced === uncoercible) return uncoercible;
      items.push(coerced);
    }
    return items;
  };
}

interface CoercedField {
  readonly name: string;
  readonly coerce: Coerce;
  readonly required: boolean;
  readonly defaultValue: unknown;
}

function createObjectCoercer(type: GraphQLInputObjectType): Coerce {
  const definitions = type.getFields();
  const fields = Object.values(definitions).map(
    (field): CoercedField => ({
      name: field.name,
      coerce: coercerOf(field.type),
      required: isNonNullType(field.type),
      defaultValue: field.defaultValue,
    }),
  );
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return uncoercible;
    for (const name in value) if (!Object.hasOwn(definitions, name)) return uncoercible;
    const coerced = coerceFields(fields, value as Readonly<Record<string, unknown>>);
    return coerced !== uncoercible && type.isOneOf && !holdsOne(coerced) ? uncoercible : coerced;
  };
}

function coerceFields(
  fields: readonly CoercedField[],
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> | typeof uncoercible {
  const coerced: Record<string, unknown> = {};
  for (const { name, coerce, required, defaultValue } of fields) {
    const value = given[name];
    if (value !== undefined) {
      const field = coerce(value);
      if (field === uncoercible) return uncoercible;
      coerced[name] = field;
    } else if (defaultValue !== undefined) coerced[name] = defaultValue;
    else if (required) return uncoercible;
  }
  return coerced;
}

function holdsOne(coerced: Record<string, unknown>): boolean {
  const values = Object.values(coerced);
  return values.length === 1 && values[0] !== null;
}
