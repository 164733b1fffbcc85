import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Message, MessagePart } from '../../domain/message.ts';
import { parseArguments } from '../wire/toolArguments.ts';

/** The conversation in the format's words (https://docs.ollama.com/api/chat). A message with tool results becomes one message a result. */
export function toMessages(messages: readonly Message[]): readonly JsonObject[] {
  const calls = messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'toolCall'));
  const names = new Map(calls.map(({ id, name }) => [id, name]));
  return messages.flatMap(({ role, parts }) => {
    const results = parts.flatMap((part) => (part.type === 'toolResult' ? [toToolMessage(part, names.get(part.toolCallId))] : []));
    const rest = parts.filter((part) => part.type !== 'toolResult' && part.type !== 'cacheControl');
    return rest.length === 0 ? results : [...results, toMessage(role, rest)];
  });
}

/** The result names the tool, and not the call. */
function toToolMessage({ parts }: Extract<MessagePart, { readonly type: 'toolResult' }>, name: string | undefined): JsonObject {
  return { role: 'tool', content: joinText(parts), ...(name === undefined ? {} : { tool_name: name }) };
}

const roles = { SYSTEM: 'system', DEVELOPER: 'system', USER: 'user', ASSISTANT: 'assistant', TOOL: 'user' } as const;

function toMessage(role: Message['role'], parts: readonly MessagePart[]): JsonObject {
  const images = parts.flatMap((part) => (part.type === 'image' ? [imageOf(part)] : []));
  const calls = parts.filter((part) => part.type === 'toolCall');
  const thinking = parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
  return {
    role: roles[role],
    content: joinText(parts.filter(({ type }) => type !== 'image' && type !== 'toolCall' && type !== 'reasoning')),
    ...(images.length === 0 ? {} : { images }),
    ...(thinking === '' || role !== 'ASSISTANT' ? {} : { thinking }),
    ...(calls.length === 0
      ? {}
      : { tool_calls: calls.map((call) => ({ function: { name: call.name, arguments: parseArguments(call) } })) }),
  };
}

function joinText(parts: readonly MessagePart[]): string {
  return parts
    .map((part) => {
      if (part.type === 'text' || part.type === 'refusal') return part.text;
      throw unsupported(part.type, 'This provider takes only texts and the data of pictures.');
    })
    .join('\n');
}

function imageOf({ data }: Extract<MessagePart, { readonly type: 'image' }>): string {
  if (data !== null) return data;
  throw unsupported('image.url', 'This provider takes the data of an image part, not its url.');
}

function unsupported(parameter: string, sentence: string): GatewayError {
  return new GatewayError('UNSUPPORTED_PARAMETER', sentence, { details: { parameter } });
}
