import { GatewayError } from '../../domain/errors.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { CacheLifetime, MediaSource, Message, MessagePart } from '../../domain/message.ts';
import { openSignature } from '../wire/signature.ts';
import { parseArguments } from '../wire/toolArguments.ts';
import { redactedMark } from './blocks.ts';
import type { WireBlock, WireCacheControl, WireMessage } from './wire.ts';
import { format } from './wire.ts';

/** A conversation in the format's words: instructions stand apart, and the speakers take turns. */
export interface Conversation {
  readonly system: readonly WireBlock[];
  readonly messages: readonly WireMessage[];
}

/**
 * Neighbours of one role are joined: results of tools and what the user says next are one message to the format. `citations` is set on every document,
 * for instance `{ enabled: true }`: none is cited otherwise (https://platform.claude.com/docs/en/build-with-claude/citations).
 */
export function toConversation(messages: readonly Message[], citations?: JsonValue): Conversation {
  const system: WireBlock[] = [];
  const turns: { role: WireMessage['role']; content: WireBlock[] }[] = [];
  for (const { role, parts } of messages) {
    const blocks = toBlocks(parts, role);
    if (role === 'SYSTEM' || role === 'DEVELOPER') {
      system.push(...blocks);
      continue;
    }
    const speaker = role === 'ASSISTANT' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === speaker) last.content.push(...blocks);
    else turns.push({ role: speaker, content: [...blocks] });
  }
  // A message without content is refused; an assistant who said nothing adds nothing.
  const said = turns.filter(({ content }) => content.length > 0);
  if (citations === undefined) return { system, messages: said };
  const cited = (block: WireBlock): WireBlock => (block.type === 'document' ? { ...block, citations } : block);
  return { system, messages: said.map(({ role, content }) => ({ role, content: content.map(cited) })) };
}

/** A cache hint marks the block before it; thoughts cannot be marked. */
function toBlocks(parts: readonly MessagePart[], role: Message['role']): readonly WireBlock[] {
  const blocks: WireBlock[] = [];
  for (const part of parts) {
    if (part.type === 'cacheControl') {
      const place = blocks.findLastIndex(({ type }) => type !== 'thinking' && type !== 'redacted_thinking');
      const marked = blocks[place];
      if (marked !== undefined) blocks[place] = { ...marked, cache_control: toCacheControl(part.lifetime) };
      continue;
    }
    const block = toBlock(part, role);
    if (block !== null) blocks.push(block);
  }
  return blocks;
}

function toCacheControl(lifetime: CacheLifetime | null): WireCacheControl {
  if (lifetime === null) return { type: 'ephemeral' };
  return { type: 'ephemeral', ttl: lifetime === 'ONE_HOUR' ? '1h' : '5m' };
}

/** Null for what the format has no place for, and that may be left out: thoughts of another's, texts of nothing. */
function toBlock(part: Exclude<MessagePart, { readonly type: 'cacheControl' }>, role: Message['role']): WireBlock | null {
  switch (part.type) {
    case 'text':
    case 'refusal':
      // An empty text block is refused.
      return part.text === '' ? null : { type: 'text', text: part.text };
    case 'reasoning':
      return toThought(part.text, part.signature);
    case 'image':
      return { type: 'image', source: toSource(part, 'image') };
    case 'file':
      return { type: 'document', source: toSource(part, 'file'), ...(part.filename === null ? {} : { title: part.filename }) };
    case 'toolCall':
      if (role !== 'ASSISTANT') throw new GatewayError('INVALID_REQUEST', 'Tool calls belong into messages of role ASSISTANT.');
      return { type: 'tool_use', id: part.id, name: part.name, input: parseArguments(part) };
    case 'toolResult':
      return {
        type: 'tool_result',
        tool_use_id: part.toolCallId,
        content: toBlocks(part.parts, 'USER'),
        ...(part.isError ? { is_error: true } : {}),
      };
    case 'audio':
      throw new GatewayError('UNSUPPORTED_PARAMETER', 'This provider does not take sounds.', { details: { parameter: 'audio' } });
    default:
      return part satisfies never;
  }
}

/** Only thoughts with the provider's own seal may go back: https://platform.claude.com/docs/en/build-with-claude/extended-thinking#preserving-thinking-blocks */
function toThought(thinking: string, sealed: string | null): WireBlock | null {
  const signature = openSignature(format, sealed);
  if (signature === null) return null;
  if (!signature.startsWith(`${redactedMark}:`)) return { type: 'thinking', thinking, signature };
  return { type: 'redacted_thinking', data: signature.slice(redactedMark.length + 1) };
}

function toSource({ url, data, mediaType }: MediaSource, what: string): { readonly [field: string]: string } {
  if (url !== null) return { type: 'url', url };
  if (data === null || mediaType === null) throw new GatewayError('INVALID_REQUEST', `The data of an ${what} part needs its mediaType.`);
  // A document is a PDF in base64, or plain text as it is.
  if (mediaType === 'text/plain') return { type: 'text', media_type: mediaType, data: Buffer.from(data, 'base64').toString('utf8') };
  return { type: 'base64', media_type: mediaType, data };
}
