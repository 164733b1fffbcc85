import type { Attempt } from './attempt.ts';
import type { Citation } from './citation.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';
import type { CompletionId } from './id.ts';
import type { JsonObject } from './json.ts';
import type { Message, SchemaMethod, ToolCall } from './message.ts';
import type { Model, Offer } from './model.ts';
import type { Nanodollars } from './money.ts';
import type { Cost } from './price.ts';
import type { Prompt } from './prompt.ts';
import type { FinishReason, TokenLogprob } from './providerEvent.ts';
import type { ConsideredOffer, RoutePreferences, Timeouts } from './route.ts';
import type { Tag } from './tag.ts';
import type { TokenUsage } from './usage.ts';

/** What may happen to text already sent when a stream is rescued: it stands, or it may be openly replaced. */
export type OnReroute = 'CONTINUE_ONLY' | 'REPLACE';

type Abandoned = 'CANCEL' | 'CONTINUE';

/** What becomes of a call that nobody reads any more: its last reader said so, or its connection broke. CONTINUE runs on for `graceMs`, to be resumed. */
export interface OnDisconnect {
  readonly left: Abandoned;
  readonly cut: Abandoned;
  readonly graceMs: number;
}

/** A call as its caller asked for it, checked and with defaults filled in. */
export interface CompletionRequest {
  /** A slug or an alias, as asked. */
  readonly model: string;
  readonly prompt: Prompt;
  readonly maxOutputTokens: number | null;
  readonly route: RoutePreferences;
  readonly timeouts: Timeouts;
  /** The most this call may cost; refused before any provider is asked. */
  readonly maxCost: Nanodollars | null;
  readonly tags: readonly Tag[];
  readonly endUser: string | null;
  readonly idempotencyKey: string | null;
  readonly onReroute: OnReroute;
  readonly onDisconnect: OnDisconnect;
  /** Milliseconds over which deltas are gathered into one event; 0: one event per network read. */
  readonly coalesceMs: number;
}

export type CompletionState = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'UNKNOWN';

/** Milliseconds: `startedAt` since 1970, the others since it. */
export interface Timing {
  readonly startedAt: number;
  readonly firstTokenMs: number | null;
  readonly durationMs: number;
}

/** A further answer, of several that were asked for. */
export interface Alternative {
  readonly message: Message;
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** Null where the call ended before this answer did. */
  readonly finishReason: FinishReason | null;
  readonly providerFinishReason: string | null;
}

/** A picture, or a piece of a sound, that the model made; the pieces of a sound are joined in order. */
export interface OutputMedia {
  readonly type: 'image' | 'audio';
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}

/** An answer, whole. */
export interface Completion {
  readonly id: CompletionId;
  readonly state: CompletionState;
  /** Null where the text is not kept. */
  readonly message: Message | null;
  readonly text: string | null;
  readonly reasoning: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly logprobs: readonly TokenLogprob[] | null;
  readonly citations: readonly Citation[];
  /** The second answer and those after it, where several were asked for. */
  readonly alternatives: readonly Alternative[];
  /** How the JSON schema was asked for; null where there was none, or the answer is not kept. */
  readonly schemaMethod: SchemaMethod | null;
  /** What the provider told beside all this, by its own names; null: nothing, or it is not kept. */
  readonly providerMetadata: JsonObject | null;
  readonly finishReason: FinishReason | null;
  readonly providerFinishReason: string | null;
  readonly requestedModel: string;
  readonly model: Model | null;
  readonly offer: Offer | null;
  readonly usage: TokenUsage;
  readonly cost: Cost | null;
  /** What plain order would have cost, less what was paid; null with one candidate or without a price. */
  readonly saved: Nanodollars | null;
  readonly timing: Timing;
  readonly attempts: readonly Attempt[];
  readonly routing: readonly ConsideredOffer[];
  readonly tags: readonly Tag[];
  readonly warnings: readonly string[];
  readonly error: CompletionError | null;
}

/** An error as it stands in an event or an answer. */
export interface CompletionError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly details: ErrorDetails;
}

export interface ToolCallDelta {
  readonly index: number;
  readonly id: string | null;
  readonly name: string | null;
  readonly arguments: string;
}

interface Sequenced {
  readonly completionId: CompletionId;
  /** From 1, without gaps. */
  readonly sequence: number;
}

/** What a subscriber sees. Exactly one terminal event (`CompletionFinished` or `CompletionFailed`) ends a stream; without it the stream is not complete. */
export type CompletionEvent =
  | (Sequenced & {
      readonly __typename: 'CompletionStarted';
      readonly requestedModel: string;
      readonly model: Model;
      readonly offer: Offer;
    })
  | (Sequenced & {
      readonly __typename: 'CompletionDelta';
      /** Where `text` begins in the whole text, in UTF-16 code units. */
      readonly offset: number;
      readonly text: string;
      readonly reasoning: string | null;
      readonly refusal: string | null;
      readonly toolCalls: readonly ToolCallDelta[];
      /** Absent where it brings none. */
      readonly media?: readonly OutputMedia[];
    })
  | (Sequenced & {
      readonly __typename: 'CompletionRerouted';
      /** How much of the text sent so far stands, in UTF-16 code units. */
      readonly keepTextLength: number;
      readonly offer: Offer;
      /** Why the offer before was given up. */
      readonly reason: ErrorCode;
    })
  | (Sequenced & { readonly __typename: 'CompletionFinished'; readonly completion: Completion })
  | (Sequenced & { readonly __typename: 'CompletionFailed'; readonly error: CompletionError; readonly completion: Completion });

export type CompletionDelta = Extract<CompletionEvent, { __typename: 'CompletionDelta' }>;

export function isTerminal(event: CompletionEvent): boolean {
  return event.__typename === 'CompletionFinished' || event.__typename === 'CompletionFailed';
}
