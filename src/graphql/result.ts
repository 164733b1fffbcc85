import type { CompletionError } from '../domain/completion.ts';
import type { Embeddings } from '../domain/embedding.ts';
import type { Role } from '../domain/message.ts';
import type { Audio, File, Image, Reasoning, ToolCall, VectorEncoding } from './generated/schemaTypes.ts';

/** A call of several that failed. */
export interface CompletionFailure {
  readonly __typename: 'CompletionFailure';
  readonly error: CompletionError;
}

/** Embeddings and how their vectors are to be written. */
export interface EncodedEmbeddings extends Embeddings {
  readonly encoding: VectorEncoding;
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
  | { readonly __typename: 'ImagePart'; readonly image: Image }
  | { readonly __typename: 'FilePart'; readonly file: File }
  | { readonly __typename: 'AudioPart'; readonly audio: Audio }
  | { readonly __typename: 'ToolCallPart'; readonly toolCall: ToolCall }
  | { readonly __typename: 'ToolResultPart'; readonly toolResult: GraphToolResult }
  | { readonly __typename: 'ReasoningPart'; readonly reasoning: Reasoning }
  | { readonly __typename: 'RefusalPart'; readonly refusal: string };

export interface GraphToolResult {
  readonly toolCallId: string;
  readonly parts: readonly GraphMessagePart[];
  readonly isError: boolean;
}
