import type { GraphQLInputType, GraphQLSchema, OperationDefinitionNode, VariableDefinitionNode } from 'graphql';
import { coerceInputValue, GraphQLError, getOperationAST, isInputType, isNonNullType, typeFromAST, valueFromAST } from 'graphql';
import { coercerOf, uncoercible } from './coerce.ts';
import { toRequestError } from './errors.ts';
import type { GraphOperation } from './graph.ts';
import type { OperationPlace } from './rootField.ts';

const mostErrors = 5;

/** The operation that is meant, its variables coerced; or the errors to be answered, with the codes GraphQL servers give them. */
export function readOperation(
  schema: GraphQLSchema,
  request: GraphOperation,
): OperationPlace | { readonly errors: readonly GraphQLError[] } {
  const { document, operationName, variables } = request;
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) {
    const message =
      operationName === null
        ? 'Say which operation of the document is meant: `operationName`.'
        : 'The document has no operation of this name.';
    return { errors: [new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } })] };
  }
  const errors: GraphQLError[] = [];
  const variableValues = coerceVariables(schema, { operation, variables }, (error) => {
    if (errors.length < mostErrors) errors.push(error);
  });
  return errors.length > 0 ? { errors } : { schema, document, operation, variableValues };
}

interface Given {
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * GraphQL's own `getVariableValues` repeats the whole value of a variable in its message: here that would be a prompt. This is the same
 * coercion with a message that names the place only. It enforces @oneOf, which graphql-jit's does not.
 */
function coerceVariables(schema: GraphQLSchema, given: Given, onError: (error: GraphQLError) => void): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const definition of given.operation.variableDefinitions ?? []) {
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const name = definition.variable.name.value;
    const value = Object.hasOwn(given.variables, name) ? given.variables[name] : undefined;
    if (value === undefined && definition.defaultValue !== undefined) values[name] = valueFromAST(definition.defaultValue, type);
    else if (value === undefined && !isNonNullType(type)) continue;
    else values[name] = coerceVariable({ definition, type, value }, onError);
  }
  return values;
}

interface GivenVariable {
  readonly definition: VariableDefinitionNode;
  readonly type: GraphQLInputType;
  readonly value: unknown;
}

function coerceVariable({ definition, type, value }: GivenVariable, onError: (error: GraphQLError) => void): unknown {
  const name = definition.variable.name.value;
  const refuse = (message: string) => onError(toRequestError(new GraphQLError(message, { nodes: definition }), 'BAD_USER_INPUT'));
  if (value === undefined || (value === null && isNonNullType(type))) {
    refuse(`Variable "$${name}" is required and must not be null.`);
    return null;
  }
  const coerced = coercerOf(type)(value);
  if (coerced !== uncoercible) return coerced;
  return coerceInputValue(value, type, (path, _value, error) => {
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    refuse(`Variable "$${name}" does not hold at "${name}${place}": ${error.message}`);
  });
}
