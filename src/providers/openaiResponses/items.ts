import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { MediaSource, Message, MessagePart } from '../../domain/message.ts';
import { openThought } from './thought.ts';
import type { WireItem } from './wire.ts';

type ToolResult = Extract<MessagePart, { readonly type: 'toolResult' }>;
type Content = Exclude<MessagePart, { readonly type: 'toolResult' | 'toolCall' | 'reasoning' | 'cacheControl' }>;

const roles = { SYSTEM: 'system', DEVELOPER: 'developer', USER: 'user', ASSISTANT: 'assistant', TOOL: 'user' } as const;

/** The conversation as items: what was said, thought, called and answered, each on its own and in its order. */
export function toItems(messages: readonly Message[]): readonly WireItem[] {
  return messages.flatMap(toMessageItems);
}

function toMessageItems({ role, parts }: Message): readonly WireItem[] {
  const items: WireItem[] = [];
  let said: JsonObject[] = [];
  const flush = (): void => {
    if (said.length > 0) items.push({ type: 'message', role: roles[role], content: said });
    said = [];
  };
  for (const part of parts) {
    const item = toItem(part);
    if (item === 'said') said.push(toContent(part as Content, role));
    else if (item !== null) {
      flush();
      items.push(item);
    }
  }
  flush();
  return items;
}

/** Null for what the format has no place for, and that may be left out: thoughts of another's, hints for caches. */
function toItem(part: MessagePart): WireItem | 'said' | null {
  switch (part.type) {
    case 'toolCall':
      return { type: 'function_call', call_id: part.id, name: part.name, arguments: part.arguments };
    case 'toolResult':
      return { type: 'function_call_output', call_id: part.toolCallId, output: toOutput(part) };
    case 'reasoning':
      return openThought(part.text, part.signature);
    case 'cacheControl':
      return null;
    default:
      return 'said';
  }
}

/** That a result is an error stands only in its text: the format has no field for it. */
function toOutput({ parts }: ToolResult): string | readonly JsonObject[] {
  const said = parts.filter((part): part is Content => toItem(part) === 'said');
  const [first, ...more] = said;
  return first?.type === 'text' && more.length === 0 ? first.text : said.map((part) => toContent(part, 'USER'));
}

function toContent(part: Content, role: Message['role']): JsonObject {
  switch (part.type) {
    case 'text':
      return role === 'ASSISTANT' ? { type: 'output_text', text: part.text } : { type: 'input_text', text: part.text };
    case 'refusal':
      return role === 'ASSISTANT' ? { type: 'refusal', refusal: part.text } : { type: 'input_text', text: part.text };
    case 'image': {
      const detail = part.detail === null ? {} : { detail: part.detail.toLowerCase() };
      return { type: 'input_image', image_url: part.url ?? dataUrl(part, 'image'), ...detail };
    }
    case 'file':
      if (part.url !== null) return { type: 'input_file', file_url: part.url };
      return { type: 'input_file', filename: part.filename ?? 'file', file_data: dataUrl(part, 'file') };
    case 'audio':
      throw new GatewayError('UNSUPPORTED_PARAMETER', 'This provider does not take sounds in this format.', {
        details: { parameter: 'audio' },
      });
    default:
      return part satisfies never;
  }
}

function dataUrl({ data, mediaType }: MediaSource, what: string): string {
  if (data !== null && mediaType !== null) return `data:${mediaType};base64,${data}`;
  throw new GatewayError('INVALID_REQUEST', `The data of an ${what} part needs its mediaType, for instance image/png.`);
}
