import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ToolCall } from '../../domain/message.ts';

/** A call's arguments for a format that wants them as an object. Throws INVALID_REQUEST for what is none. */
export function parseArguments({ name, arguments: text }: ToolCall): JsonObject {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // biome-ignore lint/style/useErrorCause: the parser's message quotes the text.
    throw new GatewayError('INVALID_REQUEST', `The arguments of the tool call ${name} are no JSON, which this provider needs.`);
  }
  throw new GatewayError('INVALID_REQUEST', `The arguments of the tool call ${name} are no JSON object.`);
}
