import type { TokenUsage } from './usage.ts';

/** Why a model stopped, in one vocabulary; the provider's own word stands beside it. */
export type FinishReason = 'STOP' | 'LENGTH' | 'TOOL_CALLS' | 'CONTENT_FILTER' | 'REFUSAL' | 'OTHER';

export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly top: readonly { readonly token: string; readonly logprob: number }[];
}

/**
 * All that a provider's stream can say. Adapters hand on one batch of these per network read.
 * `finished` comes exactly once and last; a stream that fails throws a GatewayError, one that ends without `finished` has lied.
 */
export type ProviderEvent =
  /** The provider has taken the call; names it as the provider does. */
  | { readonly type: 'started'; readonly providerRequestId: string | null; readonly providerModel: string | null }
  | { readonly type: 'text'; readonly text: string }
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
  | { readonly type: 'logprobs'; readonly tokens: readonly TokenLogprob[] }
  /** The last report wins; reports are merged field by field and never summed. */
  | { readonly type: 'usage'; readonly usage: TokenUsage }
  /** Something was left out or changed on the way; shown to the caller. */
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'finished'; readonly reason: FinishReason; readonly providerReason: string | null };
