import type { JsonObject } from '../../domain/json.ts';
import { noUsage } from '../../domain/usage.ts';
import type { EmbeddingAnswer, EmbeddingCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readList, readObject, readWord } from '../wire/json.ts';
import { ownOptions } from '../wire/options.ts';
import { readVector } from '../wire/vector.ts';
import { readUsage } from './usage.ts';
import { format } from './wire.ts';

/** Of one request: https://docs.cohere.com/reference/embed */
export const mostTexts = 96;

/** What the texts are for must be said; `providerOptions.cohere.input_type` says otherwise. */
export function toEmbeddingRequest(call: EmbeddingCall, settings: ProviderSettings): JsonObject {
  return {
    input_type: 'search_document',
    ...(call.dimensions === null ? {} : { output_dimension: call.dimensions }),
    ...ownOptions(call.providerOptions, format, settings.id),
    ...settings.extraBody,
    embedding_types: ['float'],
    model: call.offer.providerModel,
    texts: call.inputs,
  };
}

/** Throws UPSTREAM_MALFORMED where not every input has its vector. */
export function readEmbeddings(body: unknown, inputs: number, peer: Peer): EmbeddingAnswer {
  const answer = readObject(body) ?? {};
  const rows = readList(readObject(answer['embeddings'])?.['float']);
  if (rows.length !== inputs) throw malformed(peer, `sent ${rows.length} vectors for ${inputs} inputs`);
  const usage = readUsage(answer['meta']) ?? noUsage;
  return {
    vectors: rows.map((row) => readVector(row, peer)),
    usage: { ...usage, outputTokens: 0 },
    providerRequestId: readWord(answer['id']),
  };
}
