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

/** Each vendor's models have a form of their own, and Titan's take one text at a time. */
interface EmbeddingForm {
  /** How many texts one request takes. */
  readonly most: number;
  toBody(inputs: readonly string[], dimensions: number | null): JsonObject;
  read(answer: JsonObject): { readonly rows: readonly unknown[]; readonly inputTokens: number | null };
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
const titan: EmbeddingForm = {
  most: 1,
  toBody: ([inputText = ''], dimensions) => ({ inputText, ...(dimensions === null ? {} : { dimensions }) }),
  read: (answer) => ({ rows: [answer['embedding']], inputTokens: readCount(answer['inputTextTokenCount']) }),
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html; tokens are told in a header, which is not read here. */
const cohere: EmbeddingForm = {
  most: 96,
  toBody: (texts, dimensions) => ({
    texts,
    input_type: 'search_document',
    embedding_types: ['float'],
    ...(dimensions === null ? {} : { output_dimension: dimensions }),
  }),
  read(answer) {
    const embeddings = answer['embeddings'];
    return { rows: readList(readObject(embeddings)?.['float'] ?? embeddings), inputTokens: null };
  },
};

function formOf(model: string): EmbeddingForm {
  return /(^|\.)cohere\./.test(model) ? cohere : titan;
}

/** How many texts one request takes. */
export function mostTexts(model: string): number {
  return formOf(model).most;
}

export function toInvocation(call: EmbeddingCall, settings: ProviderSettings): JsonObject {
  const body = formOf(call.offer.providerModel).toBody(call.inputs, call.dimensions);
  return { ...body, ...ownOptions(call.providerOptions, format, settings.id), ...settings.extraBody };
}

/** Throws UPSTREAM_MALFORMED where not every input has its vector. */
export function readInvocation(answer: unknown, { inputs, offer }: EmbeddingCall, peer: Peer): EmbeddingAnswer {
  const { rows, inputTokens } = formOf(offer.providerModel).read(readObject(answer) ?? {});
  if (rows.length !== inputs.length) throw malformed(peer, `sent ${rows.length} vectors for ${inputs.length} inputs`);
  return {
    vectors: rows.map((row) => readVector(row, peer)),
    usage: { ...noUsage, inputTokens, outputTokens: 0 },
    providerRequestId: null,
  };
}
