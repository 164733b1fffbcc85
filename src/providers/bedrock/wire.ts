import type { JsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';

export const format = 'bedrock';

export interface Request {
  readonly body: JsonObject;
  /** What had to be left out or changed, for the caller. */
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}

/** Stands for the answer's form: not all models of the service have a field for schemas. */
export const schemaToolName = 'answer';
