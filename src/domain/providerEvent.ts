import type { Citation } from './citation.ts';
import type { JsonObject } from './json.ts';
import type { SchemaMethod } from './message.ts';
import type { RateLimits } from './rateLimits.ts';
import type { TokenUsage } from './usage.ts';

/** Why a model stopped, in one vocabulary; the provider's own word stands beside it. */
export type FinishReason = 'STOP' | 'LENGTH' | 'TOOL_CALLS' | 'CONTENT_FILTER' | 'REFUSAL' | 'OTHER';

export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly top: readonly { readonly token: string; readonly logprob: number }[];
}

/** What an answer says of itself: the events that a further answer (`choices` over 1) has as well. */
export type AnswerEvent =
  | { readonly type: 'text'; readonly text: string }
  /** A thought, or a piece of one. A signature closes the thought that it signs: what comes after it is another one. */
  | { readonly type: 'reasoning'; readonly text: string; readonly signature: string | null }
  | { readonly type: 'refusal'; readonly text: string }
  /** A fragment of a tool call: `id` and `name` with its first fragment, then arguments to be joined in order. `index` counts calls from 0. */
  | {
      readonly type: 'toolCall';
      readonly index: number;
      readonly id: string | null;
      readonly name: string | null;
      readonly arguments: string;
    }
  /** A picture that the model made, whole, in base64. */
  | { readonly type: 'image'; readonly mediaType: string; readonly data: string }
  /** A piece of a sound that the model made: base64 of whole bytes, to be joined in order. */
  | { readonly type: 'audio'; readonly mediaType: string; readonly data: string }
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'logprobs'; readonly tokens: readonly TokenLogprob[] }
  | { readonly type: 'finished'; readonly reason: FinishReason; readonly providerReason: string | null };

/**
 * All that a provider's stream can say. Adapters hand on one batch of these per network read.
 * `finished` comes exactly once and last; a stream that fails throws a GatewayError, one that ends without `finished` has lied.
 */
export type ProviderEvent =
  /** The provider has taken the call; names it as the provider does. Only `warning`, `metadata` and `limits` may come before. */
  | { readonly type: 'started'; readonly providerRequestId: string | null; readonly providerModel: string | null }
  | AnswerEvent
  /** What a further answer says, of several that were asked for; `index` from 1. Each ends with a `finished` of its own, before the main one. */
  | { readonly type: 'alternative'; readonly index: number; readonly event: AnswerEvent }
  /** The last report wins; reports are merged field by field and never summed. */
  | { readonly type: 'usage'; readonly usage: TokenUsage }
  /** How the JSON schema was asked for. */
  | { readonly type: 'schemaMethod'; readonly method: SchemaMethod }
  /** Fields of the answer that have no place among these words; later ones replace earlier ones of the same name. */
  | { readonly type: 'metadata'; readonly fields: JsonObject }
  /** How much the provider still takes of us, by the head of its answer. */
  | { readonly type: 'limits'; readonly limits: RateLimits }
  /** Something was left out or changed on the way; shown to the caller. */
  | { readonly type: 'warning'; readonly message: string };
