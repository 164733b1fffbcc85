import type { JsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';

export const format = 'ollama';

export interface Request {
  readonly body: JsonObject;
  /** What had to be left out or changed, for the caller. */
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}
