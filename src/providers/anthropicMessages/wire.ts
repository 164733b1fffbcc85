import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';

export const format = 'anthropic-messages';

/** The version of the format that is spoken: https://platform.claude.com/docs/en/api/versioning */
export const formatVersion = '2023-06-01';

// Aliases, because an interface is not known to be JSON.

export type WireCacheControl = Readonly<{
  type: 'ephemeral';
  ttl?: '5m' | '1h';
}>;

/** A block of content, as https://platform.claude.com/docs/en/api/messages names its fields. */
export type WireBlock = JsonObject & {
  readonly type: 'text' | 'image' | 'document' | 'thinking' | 'redacted_thinking' | 'tool_use' | 'tool_result';
  readonly cache_control?: WireCacheControl;
};

export type WireMessage = Readonly<{
  role: 'user' | 'assistant';
  content: readonly WireBlock[];
}>;

export type WireTool = Readonly<{
  name: string;
  description?: string;
  input_schema: JsonValue;
  strict?: boolean;
}>;

export interface Request {
  readonly body: JsonObject;
  /** What had to be left out or changed, for the caller. */
  readonly warnings: readonly string[];
  /** See `AnswerContext`. */
  readonly schemaTool: string | null;
  readonly schemaMethod: SchemaMethod | null;
}
