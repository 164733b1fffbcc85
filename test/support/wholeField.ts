import type { GraphQLField, GraphQLInputType, GraphQLOutputType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { JsonObject, JsonValue } from '../../src/domain/json.ts';

/** One operation that asks a root field. */
export interface FieldQuestion {
  readonly field: string;
  readonly query: string;
  readonly variables: JsonObject;
}

export interface Given {
  /** For every argument of the type ID. */
  readonly id: string;
  /** For what is given a value of its own: by `field.name`, or by the name of an argument or input field. */
  readonly values: JsonObject;
}

const depth = 4;

/** What each scalar is asked with; one that is not here must be added, or nothing is known of the fields that take it. */
const scalars: Readonly<Record<string, JsonValue>> = {
  String: 'a text',
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2026-01-01T00:00:00Z',
  Date: '2026-01-01',
  Usd: '1',
  Count: 1_000_000,
  JSON: {},
  ModelId: 'sandbox/chat',
};

/**
 * Asks a root field for all that it can tell, as far down as it goes, once for each form that its arguments and its answer may have. The schema says it all:
 * a field that is new is asked without anybody thinking of it.
 */
export function askWhole(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, given: Given): readonly FieldQuestion[] {
  const kind = kindOf(schema, field);
  const variants = argumentsOf(field, given);
  const used = field.args.filter(({ name }) => variants.some((variables) => name in variables));
  return selectionsOf(schema, field.type).flatMap((selection) =>
    variants.map((variables) => {
      const named = used.filter(({ name }) => name in variables);
      const declared = named.map(({ name, type }) => `$${name}: ${type}`).join(', ');
      const passed = named.map(({ name }) => `${name}: $${name}`).join(', ');
      const query = `${kind}${declared === '' ? '' : ` (${declared})`} { ${field.name}${passed === '' ? '' : `(${passed})`} ${selection} }`;
      return { field: field.name, query, variables };
    }),
  );
}

function kindOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): string {
  if (schema.getMutationType()?.getFields()[field.name] === field) return 'mutation';
  return schema.getSubscriptionType()?.getFields()[field.name] === field ? 'subscription' : 'query';
}

interface Place {
  readonly field: string;
  readonly name: string;
  readonly given: Given;
}

interface Member {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly required: boolean;
}

function argumentsOf(field: GraphQLField<unknown, unknown>, given: Given): readonly JsonObject[] {
  const members = field.args.map((argument) => ({ ...argument, required: isRequiredArgument(argument) }));
  return membersOf(members, { field: field.name, name: '', given });
}

/** All that is required; then that and one thing more that may name somebody else's. */
function membersOf(members: readonly Member[], place: Place): readonly JsonObject[] {
  const within = (name: string): Place => ({ ...place, name });
  const needed = members.filter(({ name, required }) => required || valueFor(within(name)) !== undefined);
  const forms = needed.map(({ name, type }) => ({ name, values: valuesOf(type, within(name)) }));
  const most = Math.max(1, ...forms.map(({ values }) => values.length));
  const bases = Array.from({ length: most }, (_base, index) =>
    Object.fromEntries(forms.map(({ name, values }) => [name, values[index % values.length] ?? null])),
  );
  const naming = members.filter((member) => !needed.includes(member) && mayName(member.type));
  const [base = {}] = bases;
  return [...bases, ...naming.flatMap(({ name, type }) => valuesOf(type, within(name)).map((value) => ({ ...base, [name]: value })))];
}

function valueFor({ field, name, given }: Place): JsonValue | undefined {
  return given.values[`${field}.${name}`] ?? given.values[name];
}

function valuesOf(type: GraphQLInputType, place: Place): readonly JsonValue[] {
  const value = valueFor(place);
  if (value !== undefined) return [value];
  const bare = getNullableType(type);
  if (isListType(bare)) return valuesOf(bare.ofType, place).map((item) => [item]);
  if (isEnumType(bare)) return [bare.getValues()[0]?.name ?? null];
  if (!isInputObjectType(bare)) return [bare.name === 'ID' ? place.given.id : scalarOf(bare.name, place)];
  const members = Object.values(bare.getFields()).map((member) => ({ ...member, required: isRequiredInputField(member) }));
  if (!bare.isOneOf) return membersOf(members, place);
  return members.flatMap(({ name, type: inner }) => valuesOf(inner, { ...place, name }).map((one) => ({ [name]: one })));
}

function scalarOf(name: string, { field }: Place): JsonValue {
  const value = scalars[name];
  if (value === undefined) throw new Error(`Say with what ${name} is asked, or nothing is known of ${field}.`);
  return value;
}

function mayName(type: GraphQLInputType, seen: ReadonlySet<string> = new Set()): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return named.name === 'ID';
  if (seen.has(named.name)) return false;
  const inside = new Set([...seen, named.name]);
  return Object.values(named.getFields()).some((member) => mayName(member.type, inside));
}

/** One for each type that the answer may have: two types may have fields of one name that do not go together. */
function selectionsOf(schema: GraphQLSchema, type: GraphQLOutputType): readonly string[] {
  const named = getNamedType(type);
  if (!isAbstractType(named)) return [selectionOf(type, depth)];
  return schema.getPossibleTypes(named).map((possible) => `{ __typename ... on ${possible.name} ${selectionOf(possible, depth)} }`);
}

function selectionOf(type: GraphQLOutputType, levels: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) return '{ __typename }';
  const inner = Object.values(named.getFields()).filter(
    (field) => field.args.every((argument) => !isRequiredArgument(argument)) && (levels > 1 || isLeafType(getNamedType(field.type))),
  );
  return `{ __typename ${inner.map((field) => `${field.name} ${selectionOf(field.type, levels - 1)}`).join(' ')} }`;
}
