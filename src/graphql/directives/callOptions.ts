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
 * Throws INVALID_REQUEST when fields that are merged into one say different things.
 */
export function mergeCallOptions(args: Values, place: FieldPlace, usual: Values): Values {
  const cost = nearest('maxCost', place)['usd'];
  return {
    ...args,
    route: { ...usual, ...nearest('route', place), ...given(args['route']) },
    timeout: { ...nearest('timeout', place), ...given(args['timeout']) },
    maxCost: args['maxCost'] ?? cost ?? null,
  };
}

function nearest(name: string, { schema, operation, fieldNodes, variableValues }: FieldPlace): Values {
  const definition = schema.getDirective(name);
  if (definition === undefined || definition === null) return {};
  const read = (node: Bearer): Values | null => {
    if (node.directives === undefined || node.directives.length === 0) return null;
    const values = getDirectiveValues(definition, node, variableValues);
    return values === undefined ? null : given(values);
  };
  const [first, ...others] = fieldNodes.map(read).filter((values) => values !== null);
  const [node] = fieldNodes;
  if (node !== undefined && others.some((values) => !sameValues(values, first))) {
    throw new GatewayError('INVALID_REQUEST', `The field "${responseKey(node)}" stands twice in the operation, with different @${name}.`);
  }
  return { ...read(operation), ...first };
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
