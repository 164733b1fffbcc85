import { toGatewayError } from '../domain/errors.ts';
import type { CostLimit } from '../gateway/allowance.ts';
import type { LimitedCall, LimitedRequest } from '../gateway/limitedCall.ts';
import type { GraphContext } from './context.ts';
import { fieldMaxCost, operationMaxCost } from './directives/callOptions.ts';
import { routedArguments } from './directives/costRouted.ts';
import { embeddingField } from './embed.ts';
import type { CompletionInput, EmbeddingsInput } from './generated/schemaTypes.ts';
import { toCompletionRequest } from './input/completion.ts';
import { toEmbeddingRequest } from './input/embedding.ts';
import type { CallOptions } from './input/route.ts';
import { toMaxCost } from './input/route.ts';
import type { FieldPlace, RootField } from './rootField.ts';

/** The limit that all calls of the operation share. Throws INVALID_REQUEST. */
export function operationLimit(place: Pick<FieldPlace, 'schema' | 'operation' | 'variableValues'>): CostLimit | null {
  return toLimit(operationMaxCost(place), 'OPERATION');
}

/**
 * How the calls of a field are limited, by their input and its path; null where nothing limits them. What would make the call fail when it is
 * executed is told as that call's error.
 */
export function limitedCalls(
  field: RootField,
  operation: CostLimit | null,
  context: GraphContext,
): (input: unknown, path: string) => LimitedCall | null {
  try {
    const own = toLimit(fieldMaxCost(field.args, field), 'FIELD');
    const limits = [own, operation].filter((limit) => limit !== null);
    if (limits.length === 0) return () => null;
    // The schema has coerced the arguments of a routed field; merging adds what the directives say. What it may cost is the limits' matter.
    const options = { ...(routedArguments(field.definition, { args: field.args, place: field, context }) as CallOptions), maxCost: null };
    return (input, path) => ({ limits, request: readRequest(field, { input, path, options }, context) });
  } catch (thrown) {
    const request = toGatewayError(thrown);
    return () => ({ limits: [], request });
  }
}

interface Asked {
  readonly input: unknown;
  readonly path: string;
  readonly options: CallOptions;
}

function readRequest(
  { definition }: RootField,
  { input, path, options }: Asked,
  { gateway: { defaults } }: GraphContext,
): LimitedRequest | Error {
  try {
    // Coerced as the schema says, which the generated types describe.
    if (definition.name === embeddingField) {
      return { operation: 'EMBEDDING', request: toEmbeddingRequest(input as EmbeddingsInput, options, defaults) };
    }
    return { operation: 'COMPLETION', request: toCompletionRequest(input as CompletionInput, { ...options, path, defaults }) };
  } catch (thrown) {
    return toGatewayError(thrown);
  }
}

function toLimit(usd: unknown, on: CostLimit['on']): CostLimit | null {
  const most = toMaxCost(typeof usd === 'string' ? usd : null);
  return most === null ? null : { most, on };
}
