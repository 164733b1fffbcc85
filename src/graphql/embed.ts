import type { EmbeddingRequest, Embeddings } from '../domain/embedding.ts';
import { GatewayError } from '../domain/errors.ts';
import type { GraphContext } from './context.ts';
import { admissionOf, callerOf } from './context.ts';
import { routedArguments } from './directives/costRouted.ts';
import type { EmbeddingsInput } from './generated/schemaTypes.ts';
import { toEmbeddingRequest } from './input/embedding.ts';
import type { CallOptions } from './input/route.ts';
import type { RootField } from './rootField.ts';
import { callPlace } from './rootField.ts';

type Arguments = CallOptions & { readonly input: EmbeddingsInput };

export const embeddingField = 'createEmbeddings';

/** The embeddings of several fields of one operation, in one call of the gateway: a field whose request does not hold takes no other along. */
export async function embedFields(keys: readonly string[], context: GraphContext): Promise<readonly (Embeddings | Error)[]> {
  const requests = keys.map((key) => readRequest(key, context));
  const valid = requests.flatMap((request, index) =>
    request instanceof Error ? [] : [{ request, place: callPlace(keys[index] ?? '', 'input') }],
  );
  const options = { admission: admissionOf(context), signal: context.signal };
  const answers = valid.length === 0 ? [] : await context.gateway.embeddings.embed(callerOf(context), valid, options);
  const rest = answers.values();
  return requests.map((request) => (request instanceof Error ? request : (rest.next().value ?? missing())));
}

function readRequest(key: string, context: GraphContext): EmbeddingRequest | Error {
  const field = context.calls.find((call) => call.key === key);
  if (field === undefined) return missing();
  try {
    const { input, ...options } = readArguments(field, context);
    return toEmbeddingRequest(input, options, context.gateway.defaults);
  } catch (thrown) {
    return thrown instanceof Error ? thrown : missing();
  }
}

function readArguments(field: RootField, context: GraphContext): Arguments {
  const args: unknown = routedArguments(field.definition, { args: field.args, place: field, context });
  // The schema has coerced the arguments of `createEmbeddings`, which the generated type describes; merging adds what the directives say.
  return args as Arguments;
}

function missing(): Error {
  return new GatewayError('INTERNAL', 'A request for embeddings was lost.');
}
