import type { JsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';

/** The same words at both of Google's addresses: AI Studio, and Vertex AI. */
export const format = 'gemini';

/** What one speaker says, as https://ai.google.dev/api/caching#Content names its fields. */
export type WireContent = JsonObject & { readonly role: 'user' | 'model'; readonly parts: readonly JsonObject[] };

export interface Request {
  readonly body: JsonObject;
  /** What had to be left out or changed, for the caller. */
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}
