import type { JsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';

export const format = 'cohere';

export interface Request {
  readonly body: JsonObject;
  /** What had to be left out or changed, for the caller. */
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}

/** What a plan before calls of tools is sealed as: it goes back in a field of its own. */
export const planSeal = 'plan';
