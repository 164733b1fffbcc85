import type { JsonValue } from './json.ts';

export type Role = 'SYSTEM' | 'DEVELOPER' | 'USER' | 'ASSISTANT' | 'TOOL';

/** Bytes or an address of an image, a file or a sound; exactly one of `url` and `data` (base64) is set. */
export interface MediaSource {
  readonly url: string | null;
  readonly data: string | null;
  /** For instance `image/png`; null when the address tells it. */
  readonly mediaType: string | null;
}

/** How long a provider keeps a prompt's beginning in its cache. */
export type CacheLifetime = 'FIVE_MINUTES' | 'ONE_HOUR';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The arguments as the model wrote them: JSON text, `{}` when there are none. */
  readonly arguments: string;
}

export type MessagePart =
  | { readonly type: 'text'; readonly text: string }
  | ({ readonly type: 'image'; readonly detail: 'LOW' | 'HIGH' | 'AUTO' | null } & MediaSource)
  | ({ readonly type: 'file'; readonly filename: string | null } & MediaSource)
  | ({ readonly type: 'audio'; readonly format: string | null } & MediaSource)
  | ({ readonly type: 'toolCall' } & ToolCall)
  | { readonly type: 'toolResult'; readonly toolCallId: string; readonly parts: readonly MessagePart[]; readonly isError: boolean }
  /** What the model thought. A signature is the provider's seal on this thought, or a thought it shows nobody, and must go back to it unchanged. */
  | { readonly type: 'reasoning'; readonly text: string; readonly signature: string | null }
  | { readonly type: 'refusal'; readonly text: string }
  /** A hint: all up to here comes again and is worth keeping in the provider's prompt cache. Null: for as long as the provider does by itself. */
  | { readonly type: 'cacheControl'; readonly lifetime: CacheLifetime | null };

export interface Message {
  readonly role: Role;
  readonly parts: readonly MessagePart[];
  readonly name: string | null;
}

export interface Tool {
  readonly name: string;
  readonly description: string | null;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonValue;
  readonly strict: boolean | null;
}

export type ToolChoice =
  | { readonly type: 'auto' }
  | { readonly type: 'none' }
  | { readonly type: 'required' }
  | { readonly type: 'tool'; readonly name: string };

/** In what an answer is given. */
export type Modality = 'TEXT' | 'IMAGE' | 'AUDIO';

/** How an answer is spoken; null leaves it to the provider. */
export interface Speech {
  readonly voice: string | null;
  /** For instance `wav`, `mp3` or `pcm16`. */
  readonly format: string | null;
}

/** How a schema was asked for: in the provider's own field, as the one tool that had to be called, or in words. */
export type SchemaMethod = 'NATIVE' | 'TOOL' | 'PROMPT';

export type OutputFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | { readonly type: 'jsonSchema'; readonly name: string; readonly schema: JsonValue; readonly strict: boolean | null };
