import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { MediaSource, Message, MessagePart } from '../../domain/message.ts';
import { lookUp } from '../wire/json.ts';
import { openSignature } from '../wire/signature.ts';
import { parseArguments } from '../wire/toolArguments.ts';
import { format } from './wire.ts';

/** A conversation in the format's words: instructions stand apart, and the speakers take turns. */
export interface Conversation {
  readonly system: readonly JsonObject[];
  readonly messages: readonly JsonObject[];
}

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: JsonObject[];
}

export function toConversation(messages: readonly Message[]): Conversation {
  const system: JsonObject[] = [];
  const turns: Turn[] = [];
  for (const { role, parts } of messages) {
    const blocks = toBlocks(parts);
    if (role === 'SYSTEM' || role === 'DEVELOPER') {
      system.push(...blocks);
      continue;
    }
    const speaker = role === 'ASSISTANT' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === speaker) last.content.push(...blocks);
    else turns.push({ role: speaker, content: [...blocks] });
  }
  // A message without content is refused.
  return { system, messages: turns.filter(({ content }) => content.length > 0).map(({ role, content }) => ({ role, content })) };
}

function toBlocks(parts: readonly MessagePart[]): readonly JsonObject[] {
  return parts.map(toBlock).filter((block) => block !== null);
}

/** Null for thoughts of another's, and texts of nothing. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html */
function toBlock(part: MessagePart): JsonObject | null {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text === '' ? null : { text: part.text };
    case 'reasoning':
      return toThought(part.text, part.signature);
    case 'image':
      return { image: { format: kindOf(part, 'image'), source: { bytes: dataOf(part, 'image') } } };
    case 'file':
      return { document: { format: kindOf(part, 'file'), name: documentName(part.filename), source: { bytes: dataOf(part, 'file') } } };
    case 'toolCall':
      return { toolUse: { toolUseId: part.id, name: part.name, input: parseArguments(part) } };
    case 'toolResult': {
      const content = toBlocks(part.parts);
      return { toolResult: { toolUseId: part.toolCallId, content, status: part.isError ? 'error' : 'success' } };
    }
    case 'cacheControl':
      return { cachePoint: { type: 'default', ...(part.lifetime === 'ONE_HOUR' ? { ttl: '1h' } : {}) } };
    case 'audio':
      throw new GatewayError('UNSUPPORTED_PARAMETER', 'This provider does not take sounds.', { details: { parameter: 'audio' } });
    default:
      return part satisfies never;
  }
}

/** What a thought that is shown to nobody is sealed as, beside the signature of one that is. */
export const redactedMark = 'redacted';

function toThought(text: string, sealed: string | null): JsonObject | null {
  const signature = openSignature(format, sealed);
  if (signature === null) return null;
  if (signature.startsWith(`${redactedMark}:`)) return { reasoningContent: { redactedContent: signature.slice(redactedMark.length + 1) } };
  return { reasoningContent: { reasoningText: { text, signature } } };
}

const kinds: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'text/csv': 'csv',
  'text/html': 'html',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

function kindOf({ mediaType }: MediaSource, what: string): string {
  const kind = lookUp(kinds, mediaType ?? '');
  if (kind !== undefined) return kind;
  throw new GatewayError('UNSUPPORTED_PARAMETER', `This provider does not take an ${what} part of this mediaType.`, {
    details: { parameter: `${what}.mediaType` },
  });
}

function dataOf({ data }: MediaSource, what: string): string {
  if (data !== null) return data;
  throw new GatewayError('UNSUPPORTED_PARAMETER', `This provider takes the data of an ${what} part, not its url.`, {
    details: { parameter: `${what}.url` },
  });
}

/** Letters, digits, single spaces, hyphens and brackets, as the service demands; that they be ASCII is unconfirmed. */
function documentName(filename: string | null): string {
  const name = (filename ?? 'document').replaceAll(/[^a-z\d\-()[\]]+/gi, ' ').trim();
  return name === '' ? 'document' : name.slice(0, 200);
}
