import type { JsonValue } from './json.ts';

export type Role = 'SYSTEM' | 'DEVELOPER' | 'USER' | 'ASSISTANT' | 'TOOL';

/** Bytes or an address of an image, a file or a sound; exactly one of `url` and `data` (base64) is set. */
export interface MediaSource {
  readonly url: string | null;
  readonly data: string | null;
  /** For instance `image/png`; null when the address tells it. */
  readonly mediaType: string | null;
}

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
  /** What the model thought. A signature must go back to its provider unchanged. */
  | { readonly type: 'reasoning'; readonly text: string; readonly signature: string | null }
  | { readonly type: 'refusal'; readonly text: string };

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

export type OutputFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | { readonly type: 'jsonSchema'; readonly name: string; readonly schema: JsonValue; readonly strict: boolean | null };
