import type { CompletionId } from '../domain/id.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Offer } from '../domain/model.ts';
import type { Prompt } from '../domain/prompt.ts';
import type { ProviderEvent } from '../domain/providerEvent.ts';
import type { TokenUsage } from '../domain/usage.ts';

/** One attempt, as an adapter sees it. */
export interface ProviderCall {
  readonly id: CompletionId;
  readonly offer: Offer;
  readonly prompt: Prompt;
  /** The cap the provider must be sent; null: none was asked for and no budget demands one. */
  readonly maxOutputTokens: number | null;
  /** False: nobody reads before the end, so the whole answer may be asked for at once. */
  readonly streamed: boolean;
  /** True: parameters the provider lacks are UNSUPPORTED_PARAMETER instead of a warning. */
  readonly requireParameters: boolean;
  readonly endUser: string | null;
}

export interface EmbeddingCall {
  readonly id: CompletionId;
  readonly offer: Offer;
  readonly inputs: readonly string[];
  readonly dimensions: number | null;
  readonly endUser: string | null;
  readonly providerOptions: JsonObject;
}

export interface EmbeddingAnswer {
  /** One an input, in its order. */
  readonly vectors: readonly Float32Array[];
  readonly usage: TokenUsage;
  readonly providerRequestId: string | null;
}

/** A model as the provider's own listing names it; what the listing does not say is null. */
export interface ListedModel {
  readonly providerModel: string;
  readonly kind: 'CHAT' | 'EMBEDDING' | null;
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
}

/**
 * Translates one wire format. Does not retry, route, price, log, count or time: it turns a call into the provider's words and
 * the provider's words into ours. Everything it throws is a GatewayError, but what an abort of the signal makes it throw.
 */
export interface ProviderAdapter extends AsyncDisposable {
  readonly format: string;
  /**
   * Yields one batch of events per network read; the last event of the last batch is `finished`.
   * Aborting the signal, or `return()` on the iterator, ends the provider's request at once.
   * Throws UPSTREAM_* or CONTEXT_TOO_LONG, CONTENT_FILTERED, UNSUPPORTED_PARAMETER, INVALID_REQUEST.
   */
  complete(call: ProviderCall, signal: AbortSignal): AsyncIterable<readonly ProviderEvent[]>;
  embed(call: EmbeddingCall, signal: AbortSignal): Promise<EmbeddingAnswer>;
  listModels(signal: AbortSignal): Promise<readonly ListedModel[]>;
}
