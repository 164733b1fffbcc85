import type { MediaSource, Message, MessagePart } from '../../domain/message.ts';
import type { MessageInput, MessagePartInput } from '../generated/schemaTypes.ts';
import { invalid, readList } from './check.ts';

/** How deep a tool's result may hold results. */
const deepest = 4;
const dataUrl = /^data:([^;,]+)(?:;[^;,]+)*;base64,/i;
const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Throws INVALID_REQUEST, naming the path. */
export function toMessage(input: MessageInput, path: string): Message {
  const { role, content, parts } = input;
  const name = input.name ?? null;
  if (content !== null && content !== undefined) {
    if (parts !== null && parts !== undefined) throw invalid(path, 'give either `content` or `parts`, not both.');
    if (role === 'TOOL') throw invalid(path, 'a TOOL message has `parts` with a `toolResult`, which names the call it answers.');
    return { role, name, parts: [{ type: 'text', text: content }] };
  }
  if (parts === null || parts === undefined) throw invalid(path, 'give `content` or `parts`.');
  readList(parts, `${path}.parts`, { least: 1 });
  return { role, name, parts: toParts(parts, `${path}.parts`, 0) };
}

function toParts(parts: readonly MessagePartInput[], path: string, depth: number): readonly MessagePart[] {
  if (depth > deepest) throw invalid(path, 'tool results are nested too deeply.');
  return parts.map((part, index) => toPart(part, `${path}[${index}]`, depth));
}

/** Exactly one field is set: GraphQL has seen to `@oneOf`. */
function toPart(part: MessagePartInput, path: string, depth: number): MessagePart {
  if (part.text !== undefined) return { type: 'text', text: part.text };
  if (part.image !== undefined) {
    return { type: 'image', ...toSource(part.image, `${path}.image`), detail: part.image.detail ?? null };
  }
  if (part.file !== undefined) return { type: 'file', ...toSource(part.file, `${path}.file`), filename: part.file.filename ?? null };
  if (part.audio !== undefined) {
    const { format = null } = part.audio;
    return { type: 'audio', ...toSource(part.audio, `${path}.audio`, format !== null), format };
  }
  if (part.toolCall !== undefined) return { type: 'toolCall', ...part.toolCall };
  if (part.toolResult !== undefined) {
    const { toolCallId, parts, isError } = part.toolResult;
    return { type: 'toolResult', toolCallId, parts: toParts(parts, `${path}.toolResult.parts`, depth + 1), isError: isError ?? false };
  }
  if (part.reasoning !== undefined) return { type: 'reasoning', text: part.reasoning.text, signature: part.reasoning.signature ?? null };
  if (part.cacheControl !== undefined) return { type: 'cacheControl', lifetime: part.cacheControl.lifetime ?? null };
  return { type: 'refusal', text: part.refusal };
}

interface SourceInput {
  readonly url?: string | null;
  readonly data?: string | null;
  readonly mediaType?: string | null;
}

/** An address in `data:` form is taken apart, so that below there are only bytes or addresses. */
function toSource(input: SourceInput, path: string, formatGiven = false): MediaSource {
  const { url = null, data = null, mediaType = null } = input;
  if ((url === null) === (data === null)) throw invalid(path, 'give exactly one of `url` and `data`.');
  if (url === null) return toBytes({ data: data ?? '', mediaType }, path, formatGiven);
  const match = dataUrl.exec(url);
  if (match !== null) return toBytes({ data: url.slice(match[0].length), mediaType: mediaType ?? match[1] ?? null }, path, formatGiven);
  if (!/^https?:\/\/\S+$/i.test(url)) throw invalid(`${path}.url`, 'must be an `https:` address, or a `data:` address in base64.');
  return { url, data: null, mediaType };
}

function toBytes({ data, mediaType }: { data: string; mediaType: string | null }, path: string, formatGiven: boolean): MediaSource {
  if (!base64.test(data)) throw invalid(path, 'the bytes must be in base64.');
  if (mediaType === null && !formatGiven) throw invalid(`${path}.mediaType`, 'is needed with `data`.');
  return { url: null, data, mediaType };
}
