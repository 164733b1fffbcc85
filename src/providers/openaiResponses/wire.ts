import type { JsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';

export const format = 'openai-responses';

/** An item of a conversation, as https://platform.openai.com/docs/api-reference/responses/create names its fields. */
export type WireItem = JsonObject & { readonly type: 'message' | 'function_call' | 'function_call_output' | 'reasoning' };

export interface Request {
  readonly body: JsonObject;
  /** What had to be left out or changed, for the caller. */
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}
