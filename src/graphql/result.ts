import type { CompletionError } from '../domain/completion.ts';
import type { Embeddings } from '../domain/embedding.ts';
import type { MessagePart, Role, ToolCall } from '../domain/message.ts';

/** What a part of a message holds beside its type. */
type Inner<Type extends MessagePart['type']> = Omit<Extract<MessagePart, { readonly type: Type }>, 'type'>;

/** A call of several that failed. */
export interface CompletionFailure {
  readonly __typename: 'CompletionFailure';
  readonly error: CompletionError;
}

/** Embeddings and how their vectors are to be written. */
export interface EncodedEmbeddings extends Embeddings {
  readonly encoding: 'FLOAT' | 'BASE64';
}

/** A message in the form it is taken back in: text alone as `content`, all else as `parts`. */
export interface GraphMessage {
  readonly role: Role;
  readonly content: string | null;
  readonly parts: readonly GraphMessagePart[] | null;
  readonly name: string | null;
}

/** One field a part, named as in `MessagePartInput`. */
export type GraphMessagePart =
  | { readonly __typename: 'TextPart'; readonly text: string }
  | { readonly __typename: 'ImagePart'; readonly image: Inner<'image'> }
  | { readonly __typename: 'FilePart'; readonly file: Inner<'file'> }
  | { readonly __typename: 'AudioPart'; readonly audio: Inner<'audio'> }
  | { readonly __typename: 'ToolCallPart'; readonly toolCall: ToolCall }
  | { readonly __typename: 'ToolResultPart'; readonly toolResult: GraphToolResult }
  | { readonly __typename: 'ReasoningPart'; readonly reasoning: Inner<'reasoning'> }
  | { readonly __typename: 'RefusalPart'; readonly refusal: string }
  | { readonly __typename: 'CacheControlPart'; readonly cacheControl: Inner<'cacheControl'> };

export interface GraphToolResult {
  readonly toolCallId: string;
  readonly parts: readonly GraphMessagePart[];
  readonly isError: boolean;
}
