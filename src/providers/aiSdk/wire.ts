import type { SchemaMethod } from '../../domain/message.ts';

export const format = 'ai-sdk';

/**
 * The versions of the AI SDK's provider specification that are spoken. The shapes are those of the package `@ai-sdk/provider`
 * (https://github.com/vercel/ai/tree/main/packages/provider/src/language-model); it is no dependency: an operator's package brings its own.
 */
export const specifications = ['v2', 'v3', 'v4'] as const;
export type Specification = (typeof specifications)[number];

/** A package's own part of a message or a call, by the name of who understands it: `{ anthropic: { … } }`. */
export type SdkOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type SdkPart = Readonly<{
  type: 'text' | 'file' | 'reasoning' | 'tool-call' | 'tool-result';
  providerOptions?: SdkOptions;
  [field: string]: unknown;
}>;

export type SdkMessage = Readonly<{
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string | readonly SdkPart[];
  providerOptions?: SdkOptions;
}>;

export type SdkCallOptions = Readonly<Record<string, unknown>> & { readonly prompt: readonly SdkMessage[] };

/** What answers is foreign: it is read as anything from outside is. */
export interface SdkLanguageModel {
  readonly supportedUrls?: unknown;
  doStream(options: SdkCallOptions): PromiseLike<unknown>;
  doGenerate(options: SdkCallOptions): PromiseLike<unknown>;
}

export interface SdkEmbeddingModel {
  readonly maxEmbeddingsPerCall?: unknown;
  doEmbed(options: Readonly<Record<string, unknown>>): PromiseLike<unknown>;
}

export interface Request {
  readonly options: SdkCallOptions;
  /** What had to be left out or changed, for the caller. */
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}
