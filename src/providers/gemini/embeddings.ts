import type { JsonObject } from '../../domain/json.ts';
import { noUsage } from '../../domain/usage.ts';
import type { EmbeddingAnswer, EmbeddingCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readCount, readList, readObject } from '../wire/json.ts';
import { ownOptions } from '../wire/options.ts';
import { readVector } from '../wire/vector.ts';
import { format } from './wire.ts';

type EmbeddingSettings = Pick<ProviderSettings, 'id' | 'extraBody'>;

/**
 * How many texts one request takes. On Vertex newer models take one (https://cloud.google.com/vertex-ai/generative-ai/docs/embeddings/get-text-embeddings),
 * on AI Studio a batch has a limit that its client libraries keep and its documentation does not name.
 */
export function mostTexts(vertex: boolean, model: string): number {
  if (!vertex) return 100;
  return model.startsWith('gemini-embedding') ? 1 : 250;
}

/** https://ai.google.dev/api/embeddings#method:-models.batchembedcontents */
export function toBatch(call: EmbeddingCall, settings: EmbeddingSettings): JsonObject {
  const { inputs, dimensions, offer, providerOptions } = call;
  const rest = {
    model: `models/${offer.providerModel}`,
    ...(dimensions === null ? {} : { outputDimensionality: dimensions }),
    ...ownOptions(providerOptions, format, settings.id),
    ...settings.extraBody,
  };
  return { requests: inputs.map((text) => ({ ...rest, content: { parts: [{ text }] } })) };
}

/** https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api */
export function toPrediction({ inputs, dimensions, providerOptions }: EmbeddingCall, settings: EmbeddingSettings): JsonObject {
  const { parameters, ...options } = ownOptions(providerOptions, format, settings.id);
  const asked = { ...(dimensions === null ? {} : { outputDimensionality: dimensions }), ...readObject(parameters) };
  return {
    ...settings.extraBody,
    // What a text is for is said with each: `task_type`, `title`.
    instances: inputs.map((content) => ({ ...options, content })),
    ...(Object.keys(asked).length === 0 ? {} : { parameters: asked }),
  };
}

/** The answer to either. AI Studio does not say how many tokens there were. Throws UPSTREAM_MALFORMED where not every input has its vector. */
export function readEmbeddings(body: unknown, inputs: number, peer: Peer): EmbeddingAnswer {
  const answer = readObject(body) ?? {};
  const rows = [...readList(answer['embeddings']), ...readList(answer['predictions']).map((one) => readObject(one)?.['embeddings'])];
  if (rows.length !== inputs) throw malformed(peer, `sent ${rows.length} vectors for ${inputs} inputs`);
  const counts = rows.map((row) => readCount(readObject(readObject(row)?.['statistics'])?.['token_count']));
  const inputTokens = counts.reduce<number | null>((sum, count) => (sum === null || count === null ? null : sum + count), 0);
  return {
    vectors: rows.map((row) => readVector(readObject(row)?.['values'], peer)),
    usage: {
      ...noUsage,
      inputTokens: readCount(readObject(answer['usageMetadata'])?.['promptTokenCount']) ?? inputTokens,
      outputTokens: 0,
    },
    providerRequestId: null,
  };
}
