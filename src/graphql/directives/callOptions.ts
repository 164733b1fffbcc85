import type { ASTNode, DirectiveNode } from 'graphql';
import { getDirectiveValues } from 'graphql';
import { GatewayError } from '../../domain/errors.ts';
import type { FieldPlace } from '../rootField.ts';
import { responseKey } from '../rootField.ts';

type Values = Readonly<Record<string, unknown>>;
type Bearer = ASTNode & { readonly directives?: readonly DirectiveNode[] };

/**
 * What stands at the field itself: `@route`, `@timeout` and `@maxCost` in the operation become the arguments that they stand for, so that a
 * resolver knows arguments only. The nearer one wins, member by member: argument, the field's directive, the operation's directive, `usual`.
 * An operation's `@maxCost` is no field's: it limits all of them together.
 * Throws INVALID_REQUEST when fields that are merged into one say different things.
 */
export function mergeCallOptions(args: Values, place: FieldPlace, usual: Values): Values {
  return {
    ...args,
    route: { ...usual, ...nearest('route', place), ...given(args['route']) },
    timeout: { ...nearest('timeout', place), ...given(args['timeout']) },
    maxCost: fieldMaxCost(args, place),
  };
}

/** What all calls of the field may cost together, in US dollars. Throws as `mergeCallOptions`. */
export function fieldMaxCost(args: Values, place: FieldPlace): unknown {
  const own = ofField('maxCost', place)['usd'];
  return args['maxCost'] ?? own ?? null;
}

/** What all calls of the operation may cost together, in US dollars. */
export function operationMaxCost(place: OperationBearer): unknown {
  return read('maxCost', place.operation, place)?.['usd'] ?? null;
}

type OperationBearer = Pick<FieldPlace, 'schema' | 'operation' | 'variableValues'>;

function nearest(name: string, place: FieldPlace): Values {
  return { ...read(name, place.operation, place), ...ofField(name, place) };
}

function read(name: string, node: Bearer, { schema, variableValues }: OperationBearer): Values | null {
  if (node.directives === undefined || node.directives.length === 0) return null;
  const definition = schema.getDirective(name);
  if (definition === undefined || definition === null) return null;
  const values = getDirectiveValues(definition, node, variableValues);
  return values === undefined ? null : given(values);
}

function ofField(name: string, place: FieldPlace): Values {
  const { fieldNodes } = place;
  const [first, ...others] = fieldNodes.map((one) => read(name, one, place)).filter((values) => values !== null);
  const [node] = fieldNodes;
  if (node !== undefined && others.some((values) => !sameValues(values, first))) {
    throw new GatewayError('INVALID_REQUEST', `The field "${responseKey(node)}" stands twice in the operation, with different @${name}.`);
  }
  return first ?? {};
}

/** Null is "not given". */
function given(values: unknown): Values {
  if (typeof values !== 'object' || values === null) return {};
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

function sameValues(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  const [entries, names] = [Object.entries(left), Object.keys(right)];
  const others = new Map<string, unknown>(Object.entries(right));
  return entries.length === names.length && entries.every(([name, value]) => sameValues(value, others.get(name)));
}
