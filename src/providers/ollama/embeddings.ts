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

/** https://docs.ollama.com/api/embed */
export function toEmbeddingRequest(call: EmbeddingCall, settings: ProviderSettings): JsonObject {
  return {
    ...(call.dimensions === null ? {} : { dimensions: call.dimensions }),
    ...ownOptions(call.providerOptions, format, settings.id),
    ...settings.extraBody,
    model: call.offer.providerModel,
    input: call.inputs,
  };
}

/** Throws UPSTREAM_MALFORMED where not every input has its vector. */
export function readEmbeddings(body: unknown, inputs: number, peer: Peer): EmbeddingAnswer {
  const answer = readObject(body) ?? {};
  const rows = readList(answer['embeddings']);
  if (rows.length !== inputs) throw malformed(peer, `sent ${rows.length} vectors for ${inputs} inputs`);
  return {
    vectors: rows.map((row) => readVector(row, peer)),
    usage: { ...noUsage, inputTokens: readCount(answer['prompt_eval_count']), outputTokens: 0 },
    providerRequestId: null,
  };
}
