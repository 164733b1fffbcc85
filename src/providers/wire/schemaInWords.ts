import type { JsonValue } from '../../domain/json.ts';
import type { Message } from '../../domain/message.ts';

/** For a provider that has no field for JSON schemas, and no tools to stand for one. The gateway checks what comes of it. */
export function schemaInWords(schema: JsonValue): Message {
  const text =
    'Answer with one JSON value and nothing else: no words before or after it, no code fence. ' +
    `It must satisfy this JSON Schema:\n${JSON.stringify(schema)}`;
  return { role: 'SYSTEM', parts: [{ type: 'text', text }], name: null };
}
