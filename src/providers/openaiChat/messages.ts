import { GatewayError } from '../../domain/errors.ts';
import type { CacheLifetime, MediaSource, Message, MessagePart } from '../../domain/message.ts';
import type { Quirks } from './quirks.ts';
import type { WireCacheControl, WireContent, WireMessage, WireToolCall } from './wire.ts';

type ToolResult = Extract<MessagePart, { readonly type: 'toolResult' }>;

/** The conversation in the provider's words. A message with tool results becomes one message a result, and one for the rest. */
export function toMessages(messages: readonly Message[], quirks: Quirks): readonly WireMessage[] {
  return messages.flatMap((message) => {
    const parts = hintsInResults(message.parts);
    const results = parts.filter((part) => part.type === 'toolResult');
    const rest = parts.filter((part) => part.type !== 'toolResult');
    const answers = results.map((result) => toToolMessage(result, quirks));
    return rest.length === 0 && answers.length > 0 ? answers : [...answers, toMessage({ ...message, parts: rest }, quirks)];
  });
}

/** A hint behind a tool's result means that result. */
function hintsInResults(parts: readonly MessagePart[]): readonly MessagePart[] {
  const moved: MessagePart[] = [];
  for (const part of parts) {
    const last = moved.at(-1);
    if (part.type === 'cacheControl' && last?.type === 'toolResult') moved[moved.length - 1] = { ...last, parts: [...last.parts, part] };
    else moved.push(part);
  }
  return moved;
}

/** That a result is an error stands only in its text: the format has no field for it. */
function toToolMessage({ toolCallId, parts }: ToolResult, quirks: Quirks): WireMessage {
  return { role: 'tool', tool_call_id: toolCallId, content: toContent(parts, quirks) ?? '' };
}

function toMessage(message: Message, quirks: Quirks): WireMessage {
  const name = message.name === null || !quirks.messageNames ? {} : { name: message.name };
  switch (message.role) {
    case 'SYSTEM':
      return { role: 'system', content: toContent(message.parts, quirks) ?? '', ...name };
    case 'DEVELOPER':
      return { role: quirks.developerRole, content: toContent(message.parts, quirks) ?? '', ...name };
    case 'USER':
      return { role: 'user', content: toContent(message.parts, quirks) ?? '', ...name };
    case 'ASSISTANT':
      return { ...toAssistantMessage(message.parts, quirks), ...name };
    case 'TOOL':
      throw new GatewayError('INVALID_REQUEST', 'A message of role TOOL holds tool results only: name the tool call that each answers.');
    default:
      return message.role satisfies never;
  }
}

function toAssistantMessage(parts: readonly MessagePart[], quirks: Quirks): WireMessage {
  const calls = parts.filter((part) => part.type === 'toolCall').map(toToolCall);
  const reasoning = joinTexts(parts, 'reasoning');
  const refusal = joinTexts(parts, 'refusal');
  const said = parts.flatMap((part): readonly MessagePart[] => {
    if (part.type === 'toolCall' || part.type === 'reasoning') return [];
    if (part.type === 'refusal') return quirks.refusalField ? [] : [{ type: 'text', text: part.text }];
    return [part];
  });
  return {
    role: 'assistant',
    content: toContent(said, quirks) ?? (calls.length > 0 || refusal !== '' ? null : ''),
    ...(quirks.refusalField && refusal !== '' ? { refusal } : {}),
    ...(quirks.reasoningField !== null && reasoning !== '' ? { [quirks.reasoningField]: reasoning } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

function joinTexts(parts: readonly MessagePart[], type: 'reasoning' | 'refusal'): string {
  return parts.map((part) => (part.type === type ? part.text : '')).join('');
}

function toToolCall(call: Extract<MessagePart, { readonly type: 'toolCall' }>): WireToolCall {
  return { id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } };
}

/** A single text as a plain string, which every server understands; null where there is nothing. A cache hint marks the part before it. */
function toContent(parts: readonly MessagePart[], { cacheControl }: Quirks): string | readonly WireContent[] | null {
  const content: WireContent[] = [];
  for (const part of parts) {
    if (part.type !== 'cacheControl') content.push(toContentPart(part));
    else if (cacheControl !== null) {
      const last = content.pop();
      if (last !== undefined) content.push({ ...last, cache_control: toCacheControl(part.lifetime, cacheControl) });
    }
  }
  const [first, ...more] = content;
  if (first === undefined) return null;
  return first.type === 'text' && more.length === 0 && first.cache_control === undefined ? first.text : content;
}

function toCacheControl(lifetime: CacheLifetime | null, way: NonNullable<Quirks['cacheControl']>): WireCacheControl {
  if (lifetime === null || way === 'untimed') return { type: 'ephemeral' };
  return { type: 'ephemeral', ttl: lifetime === 'ONE_HOUR' ? '1h' : '5m' };
}

function toContentPart(part: Exclude<MessagePart, { readonly type: 'cacheControl' }>): WireContent {
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return { type: 'text', text: part.text };
    case 'image': {
      const detail = part.detail === null ? {} : { detail: part.detail.toLowerCase() };
      return { type: 'image_url', image_url: { url: part.url ?? dataUrl(part, 'image'), ...detail } };
    }
    case 'file': {
      const filename = part.filename === null ? {} : { filename: part.filename };
      return { type: 'file', file: { ...filename, file_data: dataUrl(part, 'file') } };
    }
    case 'audio':
      return { type: 'input_audio', input_audio: { data: dataOf(part, 'audio'), format: audioFormat(part) } };
    case 'toolCall':
    case 'toolResult':
      throw new GatewayError(
        'INVALID_REQUEST',
        'Tool calls belong into messages of role ASSISTANT, tool results into messages of role TOOL.',
      );
    default:
      return part satisfies never;
  }
}

function dataUrl(source: MediaSource, what: string): string {
  const data = dataOf(source, what);
  if (source.mediaType === null)
    throw new GatewayError('INVALID_REQUEST', `The data of an ${what} part needs its mediaType, for instance image/png.`);
  return `data:${source.mediaType};base64,${data}`;
}

function dataOf(source: MediaSource, what: string): string {
  if (source.data !== null) return source.data;
  throw new GatewayError('UNSUPPORTED_PARAMETER', `This provider takes the data of an ${what} part, not its url.`, {
    details: { parameter: `${what}.url` },
  });
}

const audioFormats: Readonly<Record<string, string>> = { 'audio/mpeg': 'mp3', 'audio/x-wav': 'wav', 'audio/wave': 'wav' };

function audioFormat({ format, mediaType }: { readonly format: string | null; readonly mediaType: string | null }): string {
  const known = format ?? (mediaType === null ? null : (audioFormats[mediaType] ?? mediaType.slice(mediaType.indexOf('/') + 1)));
  if (known !== null) return known;
  throw new GatewayError('INVALID_REQUEST', 'An audio part needs its format, for instance wav.');
}
