import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { MediaSource, Message, MessagePart } from '../../domain/message.ts';
import { lookUp } from '../wire/json.ts';
import { parseArguments } from '../wire/toolArguments.ts';
import { openSeal } from './seal.ts';
import type { WireContent } from './wire.ts';

/** A conversation in the format's words: instructions stand apart, and the speakers take turns. */
export interface Conversation {
  readonly system: readonly JsonObject[];
  readonly contents: readonly WireContent[];
}

type Turn = Readonly<{ role: WireContent['role']; parts: JsonObject[] }>;

/** What of the format a model takes, as its name tells. */
export interface ModelTraits {
  /** Calls of tools have ids; to models before Gemini 3 Vertex AI refuses a request that names them (https://github.com/vercel/ai/issues/15664). */
  readonly callIds: boolean;
  /** A call of a tool that goes back without its signature is refused: https://ai.google.dev/gemini-api/docs/thought-signatures */
  readonly signedCalls: boolean;
}

export function traitsOf(model: string): ModelTraits {
  const before = /gemini-[12]\b/.test(model);
  return { callIds: !before, signedCalls: !before && /gemini-/.test(model) };
}

/** What the documentation has for calls that another model made. */
const foreignSignature = 'skip_thought_signature_validator';

export function toConversation(messages: readonly Message[], traits: ModelTraits): Conversation {
  const system: JsonObject[] = [];
  const turns: Turn[] = [];
  const about = { ...traits, names: toolNames(messages) };
  for (const { role, parts } of messages) {
    const said = toParts(parts, about);
    if (role === 'SYSTEM' || role === 'DEVELOPER') {
      system.push(...said);
      continue;
    }
    const speaker = role === 'ASSISTANT' ? 'model' : 'user';
    const last = turns.at(-1);
    if (last?.role === speaker) last.parts.push(...said);
    else turns.push({ role: speaker, parts: [...said] });
  }
  return { system, contents: turns.filter(({ parts }) => parts.length > 0) };
}

/** An answer of a tool has to name it: by the call that it answers. */
function toolNames(messages: readonly Message[]): ReadonlyMap<string, string> {
  const calls = messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'toolCall'));
  return new Map(calls.map(({ id, name }) => [id, name]));
}

interface About extends ModelTraits {
  readonly names: ReadonlyMap<string, string>;
}

/** Thoughts do not go back, their signatures do: on the call that each came with, or on the text. */
function toParts(parts: readonly MessagePart[], about: About): readonly JsonObject[] {
  const seals = parts.flatMap((part) => (part.type === 'reasoning' ? (openSeal(part.signature) ?? []) : []));
  const ofCall = new Map(seals.map(({ callId, signature }) => [callId, signature]));
  // Of several calls at once only the first one is signed.
  const calls = parts.filter((part) => part.type === 'toolCall');
  if (about.signedCalls && calls[0] !== undefined && !calls.some(({ id }) => ofCall.has(id))) ofCall.set(calls[0].id, foreignSignature);
  const said = parts.flatMap((part): readonly JsonObject[] => {
    const wire = toPart(part, about);
    const signature = part.type === 'toolCall' ? ofCall.get(part.id) : undefined;
    if (wire === null) return [];
    return [signature === undefined ? wire : { ...wire, thoughtSignature: signature }];
  });
  const ofText = ofCall.get(null);
  if (ofText === undefined) return said;
  const place = said.findLastIndex((part) => part['text'] !== undefined);
  return place < 0
    ? [...said, { text: '', thoughtSignature: ofText }]
    : said.map((part, index) => (index === place ? { ...part, thoughtSignature: ofText } : part));
}

/** Null for what is not said: thoughts, hints for caches. */
function toPart(part: MessagePart, { names, callIds }: About): JsonObject | null {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return { text: part.text };
    case 'image':
      return toMedia(part, 'image');
    case 'file':
      return toMedia(part, 'file');
    case 'audio':
      return toMedia({ ...part, mediaType: part.mediaType ?? (part.format === null ? null : `audio/${part.format}`) }, 'audio');
    case 'toolCall':
      return { functionCall: { ...(callIds ? { id: part.id } : {}), name: part.name, args: parseArguments(part) } };
    case 'toolResult':
      return {
        functionResponse: {
          ...(callIds ? { id: part.toolCallId } : {}),
          name: nameOf(part.toolCallId, names),
          response: toResponse(part),
        },
      };
    case 'reasoning':
    case 'cacheControl':
      return null;
    default:
      return part satisfies never;
  }
}

function nameOf(id: string, names: About['names']): string {
  const name = names.get(id);
  if (name !== undefined) return name;
  throw new GatewayError('INVALID_REQUEST', 'A tool result answers a call that is not in the conversation, which this provider needs.');
}

/** An object, whatever the tool wrote: `output` or `error`, as the format has it for what is none. */
function toResponse({ parts, isError }: Extract<MessagePart, { readonly type: 'toolResult' }>): JsonObject {
  if (parts.some(({ type }) => type !== 'text'))
    throw new GatewayError('UNSUPPORTED_PARAMETER', 'This provider takes only texts as the results of tools.', {
      details: { parameter: 'toolResult.parts' },
    });
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  if (isError) return { error: text };
  const value = parse(text);
  return isJsonObject(value) ? value : { output: value };
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function toMedia({ url, data, mediaType }: MediaSource, what: string): JsonObject {
  const mimeType = mediaType ?? typeByName(url ?? '');
  if (mimeType === null) throw new GatewayError('INVALID_REQUEST', `An ${what} part needs its mediaType for this provider.`);
  return data === null ? { fileData: { mimeType, fileUri: url } } : { inlineData: { mimeType, data } };
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  pdf: 'application/pdf',
  mp3: 'audio/mp3',
  wav: 'audio/wav',
};

function typeByName(url: string): string | null {
  const name = URL.parse(url)?.pathname ?? '';
  return lookUp(types, name.slice(name.lastIndexOf('.') + 1).toLowerCase()) ?? null;
}
