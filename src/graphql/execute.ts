import type { ExecutionResult, GraphQLSchema } from 'graphql';
import { execute, GraphQLError } from 'graphql';
import { admitOperation } from './admission.ts';
import type { GraphContext } from './context.ts';
import { toClientError } from './errors.ts';
import type { GraphOperation } from './graph.ts';
import type { Compiler } from './jit.ts';
import { readOperation } from './operation.ts';

export interface ExecutorParts {
  readonly schema: GraphQLSchema;
  /** Null: GraphQL executes everything itself. */
  readonly compiler: Compiler | null;
}

/** Runs a query or mutation to its end. Never rejects. */
export async function executeOperation(parts: ExecutorParts, request: GraphOperation, context: GraphContext): Promise<ExecutionResult> {
  const place = readOperation(parts.schema, request);
  if ('errors' in place) return { errors: place.errors };
  if (place.operation.operation === 'subscription') {
    return refuse('A subscription needs a transport that streams: a WebSocket, or Server-Sent Events.', context);
  }
  try {
    await admitOperation(place, context);
    return withClientErrors(await run(parts, { request, coerced: place.variableValues }, context), context);
  } catch (thrown) {
    return { errors: [toClientError(thrown, context)] };
  } finally {
    context.admission?.[Symbol.dispose]();
  }
}

interface Coerced {
  readonly request: GraphOperation;
  readonly coerced: Readonly<Record<string, unknown>>;
}

/** What was compiled takes variables as they were coerced; GraphQL coerces them itself. */
function run(
  { schema, compiler }: ExecutorParts,
  { request, coerced }: Coerced,
  context: GraphContext,
): ExecutionResult | Promise<ExecutionResult> {
  const { document, operationName, variables } = request;
  const compiled = compiler?.compile(document, operationName, false) ?? null;
  if (compiled !== null) return compiled({}, context, coerced);
  return execute({ schema, document, operationName, variableValues: variables, contextValue: context });
}

/** The result with errors as clients see them. */
export function withClientErrors(result: ExecutionResult, context: GraphContext): ExecutionResult {
  if (result.errors === undefined) return result;
  return { ...result, errors: result.errors.map((error) => toClientError(error, context)) };
}

function refuse(message: string, { requestId }: GraphContext): ExecutionResult {
  return {
    errors: [new GraphQLError(message, { extensions: { code: 'INVALID_REQUEST', retryable: false, retryAfterMs: null, requestId } })],
  };
}
