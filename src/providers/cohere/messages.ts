import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Message, MessagePart } from '../../domain/message.ts';
import { openSignature } from '../wire/signature.ts';
import { format, planSeal } from './wire.ts';

type ToolResult = Extract<MessagePart, { readonly type: 'toolResult' }>;

/** The conversation in the format's words (https://docs.cohere.com/reference/chat). A message with tool results becomes one message a result. */
export function toMessages(messages: readonly Message[]): readonly JsonObject[] {
  return messages.flatMap((message) => {
    const results = message.parts.filter((part) => part.type === 'toolResult').map(toToolMessage);
    const rest = message.parts.filter((part) => part.type !== 'toolResult' && part.type !== 'cacheControl');
    return rest.length === 0 ? results : [...results, toMessage(message.role, rest)];
  });
}

/** That a result is an error stands only in its text: the format has no field for it. */
function toToolMessage({ toolCallId, parts }: ToolResult): JsonObject {
  return { role: 'tool', tool_call_id: toolCallId, content: parts.map((part) => textOf(part)).join('') };
}

function textOf(part: MessagePart): string {
  if (part.type === 'text') return part.text;
  throw unsupported('toolResult.parts', 'This provider takes only texts as the results of tools.');
}

function toMessage(role: Message['role'], parts: readonly MessagePart[]): JsonObject {
  if (role === 'ASSISTANT') return toAssistantMessage(parts);
  const speaker = role === 'SYSTEM' || role === 'DEVELOPER' ? 'system' : 'user';
  return { role: speaker, content: toContent(parts) };
}

function toAssistantMessage(parts: readonly MessagePart[]): JsonObject {
  const calls = parts.filter((part) => part.type === 'toolCall');
  const plan = parts.find((part) => part.type === 'reasoning' && openSignature(format, part.signature) === planSeal);
  const said = parts.filter((part) => part.type !== 'toolCall' && part.type !== 'reasoning');
  return {
    role: 'assistant',
    ...(said.length === 0 ? {} : { content: toContent(said) }),
    ...(plan?.type === 'reasoning' && calls.length > 0 ? { tool_plan: plan.text } : {}),
    ...(calls.length === 0
      ? {}
      : { tool_calls: calls.map(({ id, name, arguments: text }) => ({ id, type: 'function', function: { name, arguments: text } })) }),
  };
}

function toContent(parts: readonly MessagePart[]): string | readonly JsonObject[] {
  const [first, ...more] = parts;
  return first?.type === 'text' && more.length === 0 ? first.text : parts.map(toPart);
}

function toPart(part: MessagePart): JsonObject {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return { type: 'text', text: part.text };
    case 'image': {
      const { url, data, mediaType, detail } = part;
      if (url === null && mediaType === null) throw new GatewayError('INVALID_REQUEST', 'The data of an image part needs its mediaType.');
      const address = url ?? `data:${mediaType};base64,${data}`;
      return { type: 'image_url', image_url: { url: address, ...(detail === null ? {} : { detail: detail.toLowerCase() }) } };
    }
    case 'file':
    case 'audio':
      throw unsupported(part.type, `This provider does not take ${part.type === 'file' ? 'files' : 'sounds'}.`);
    case 'toolCall':
    case 'toolResult':
    case 'reasoning':
    case 'cacheControl':
      throw new GatewayError('INVALID_REQUEST', 'Tool calls and thoughts belong into messages of role ASSISTANT.');
    default:
      return part satisfies never;
  }
}

function unsupported(parameter: string, sentence: string): GatewayError {
  return new GatewayError('UNSUPPORTED_PARAMETER', sentence, { details: { parameter } });
}
