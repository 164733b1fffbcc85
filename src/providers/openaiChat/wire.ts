import type { JsonValue } from '../../domain/json.ts';

/** The shapes of a request to `/chat/completions`, as https://platform.openai.com/docs/api-reference/chat/create names them. */
export type WireContent = WireContentPart & { readonly cache_control?: WireCacheControl };

/** Of OpenRouter and Alibaba, as of Anthropic. */
export interface WireCacheControl {
  readonly type: 'ephemeral';
  readonly ttl?: '5m' | '1h';
}

export type WireContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string; readonly detail?: string } }
  | { readonly type: 'input_audio'; readonly input_audio: { readonly data: string; readonly format: string } }
  | { readonly type: 'file'; readonly file: { readonly filename?: string; readonly file_data: string } };

export interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface WireMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly content: string | readonly WireContent[] | null;
  readonly name?: string;
  readonly refusal?: string;
  readonly reasoning?: string;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly WireToolCall[];
  readonly tool_call_id?: string;
}

export interface WireTool {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description?: string; readonly parameters: JsonValue; readonly strict?: boolean };
}

/** The fields that do not depend on what was asked for or of whom; the others by their names. */
export interface WireRequestBody {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly stream: boolean;
  readonly [field: string]: unknown;
}

/** The data of the event that ends a stream. */
export const doneData = '[DONE]';
