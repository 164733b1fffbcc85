import { GatewayError } from '../../domain/errors.ts';
import { noUsage } from '../../domain/usage.ts';
import type { EmbeddingAnswer, EmbeddingCall } from '../../ports/provider.ts';
import { embedInParts } from '../wire/embedInParts.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readCount, readList, readObject } from '../wire/json.ts';
import { readVector } from '../wire/vector.ts';
import type { Versioned } from './package.ts';
import { toProviderOptions } from './request.ts';
import type { SdkEmbeddingModel } from './wire.ts';

export interface EmbeddingTools {
  readonly model: Versioned<SdkEmbeddingModel>;
  readonly peer: Peer;
  readonly signal: AbortSignal;
}

/** The vectors of all inputs, in as many calls as the package's limit makes of them. */
export async function embedAll(call: EmbeddingCall, { model: { version, model }, peer, signal }: EmbeddingTools): Promise<EmbeddingAnswer> {
  if (call.dimensions !== null && version !== 'v4') throw unsupported(peer);
  const limit = readCount(await model.maxEmbeddingsPerCall) ?? call.inputs.length;
  const answer = await embedInParts({
    call,
    most: Math.max(limit, 1),
    signal,
    ask: async (part, either) => readAnswer(await model.doEmbed(toOptions(part, either)), part.inputs.length, peer),
  });
  // Version 4 has a place for it, but the packages of its first releases pass it over.
  if (call.dimensions !== null && answer.vectors.some(({ length }) => length !== call.dimensions)) throw unsupported(peer);
  return answer;
}

/** Throws UPSTREAM_MALFORMED where not every input has its vector. */
function readAnswer(result: unknown, inputs: number, peer: Peer): EmbeddingAnswer {
  const answer = readObject(result);
  const rows = readList(answer?.['embeddings']);
  if (rows.length !== inputs) throw malformed(peer, `sent ${rows.length} vectors for ${inputs} inputs`);
  const inputTokens = readCount(readObject(answer?.['usage'])?.['tokens']);
  return {
    vectors: rows.map((row) => readVector(row, peer)),
    usage: { ...noUsage, inputTokens, outputTokens: 0 },
    providerRequestId: null,
  };
}

function toOptions(call: EmbeddingCall, signal: AbortSignal): Readonly<Record<string, unknown>> {
  return {
    values: [...call.inputs],
    ...(call.dimensions === null ? {} : { dimensions: call.dimensions }),
    providerOptions: toProviderOptions(call.providerOptions, call.offer.provider, null),
    abortSignal: signal,
  };
}

function unsupported(peer: Peer): GatewayError {
  return new GatewayError('UNSUPPORTED_PARAMETER', `${peer.name} does not have dimensions, says its package.`, {
    details: { parameter: 'dimensions', provider: peer.id },
  });
}
