import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import { noUsage } from '../../domain/usage.ts';
import type { EmbeddingAnswer, EmbeddingCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readCount, readList, readObject, readWord } from '../wire/json.ts';
import { readVector } from '../wire/vector.ts';
import type { Quirks } from './quirks.ts';
import { ownOptions } from './request.ts';
import { readUsage } from './usage.ts';

/** Base64 where the provider has it: floats as text cost more than twice as much to read. */
export function toEmbeddingRequest(call: EmbeddingCall, quirks: Quirks, settings: ProviderSettings): JsonObject {
  return {
    ...(call.dimensions === null ? {} : { [quirks.embeddingDimensions]: call.dimensions }),
    ...(call.endUser === null || quirks.parameters.endUser === null ? {} : { [quirks.parameters.endUser]: call.endUser }),
    ...ownOptions(call.providerOptions, settings),
    ...settings.extraBody,
    encoding_format: quirks.embeddingEncoding,
    model: call.offer.providerModel,
    input: call.inputs,
  };
}

/** Throws UPSTREAM_MALFORMED where not every input has its vector. */
export function readEmbeddings(body: unknown, inputs: number, peer: Peer): EmbeddingAnswer {
  const answer = readObject(body) ?? {};
  const rows = readList(answer['data']);
  const vectors = new Array<Float32Array | undefined>(inputs).fill(undefined);
  for (const [position, row] of rows.entries()) {
    if (!isJsonObject(row)) continue;
    const index = readCount(row['index']) ?? position;
    if (index < inputs) vectors[index] = readVector(row['embedding'], peer);
  }
  const whole = vectors.filter((vector) => vector !== undefined);
  if (rows.length !== inputs || whole.length !== inputs) throw malformed(peer, `sent ${rows.length} vectors for ${inputs} inputs`);
  // An embedding says nothing: what was not told of its output is none.
  const usage = readUsage(answer['usage'], false);
  return { vectors: whole, usage: usage === null ? noUsage : { ...usage, outputTokens: 0 }, providerRequestId: readWord(answer['id']) };
}
