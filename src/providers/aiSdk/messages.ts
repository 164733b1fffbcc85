import { GatewayError } from '../../domain/errors.ts';
import type { CacheLifetime, Message, MessagePart } from '../../domain/message.ts';
import { parseArguments } from '../wire/toolArguments.ts';
import type { Dialect } from './dialect.ts';
import { toFile, toResultFile } from './media.ts';
import { openSeal } from './seal.ts';
import type { SdkMessage, SdkOptions, SdkPart } from './wire.ts';

type Names = ReadonlyMap<string, string>;

/** A conversation in the specification's words. Results of tools are messages of their own. */
export function toMessages(messages: readonly Message[], dialect: Dialect): readonly SdkMessage[] {
  const calls = messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'toolCall'));
  const names = new Map(calls.map(({ id, name }) => [id, name]));
  return messages.flatMap((message) => toMessage(message, names, dialect));
}

function toMessage({ role, parts }: Message, names: Names, dialect: Dialect): readonly SdkMessage[] {
  if (role === 'SYSTEM' || role === 'DEVELOPER') return toInstruction(parts);
  const said = toParts(parts, names, dialect);
  const results = said.filter(({ type }) => type === 'tool-result');
  const words = said.filter(({ type }) => type !== 'tool-result');
  if (role === 'TOOL' && words.length > 0) throw new GatewayError('INVALID_REQUEST', 'A message of role TOOL has only results of tools.');
  if (role !== 'ASSISTANT' && words.some(({ type }) => type === 'tool-call')) {
    throw new GatewayError('INVALID_REQUEST', 'Tool calls belong into messages of role ASSISTANT.');
  }
  return [
    ...(results.length === 0 ? [] : [{ role: 'tool', content: results } as const]),
    ...(words.length === 0 ? [] : [{ role: role === 'ASSISTANT' ? 'assistant' : 'user', content: words } as const]),
  ];
}

/** An instruction is a text and nothing else; a hint for the cache stands on its message. */
function toInstruction(parts: readonly MessagePart[]): readonly SdkMessage[] {
  let content = '';
  let hint: SdkOptions | null = null;
  for (const part of parts) {
    if (part.type === 'cacheControl') hint = toCacheHint(part.lifetime);
    else if (part.type === 'text') content += part.text;
    else throw new GatewayError('INVALID_REQUEST', 'Instructions to this provider are texts.');
  }
  return content === '' ? [] : [{ role: 'system', content, ...(hint === null ? {} : { providerOptions: hint }) }];
}

/** As `@ai-sdk/anthropic` and its kin name it (https://ai-sdk.dev/providers/ai-sdk-providers/anthropic#cache-control); other packages pass it over. */
function toCacheHint(lifetime: CacheLifetime | null): SdkOptions {
  const ttl = lifetime === null ? {} : { ttl: lifetime === 'ONE_HOUR' ? '1h' : '5m' };
  return { anthropic: { cacheControl: { type: 'ephemeral', ...ttl } } };
}

/** What a package said of a text or a call stands among the thoughts, and goes back onto the part that it belongs to. */
function toParts(parts: readonly MessagePart[], names: Names, dialect: Dialect): readonly SdkPart[] {
  const seals = parts.flatMap((part) => (part.type === 'reasoning' ? (openSeal(dialect.packageName, part.signature) ?? []) : []));
  const ofCall = new Map(seals.flatMap(({ of, id, options }) => (of === 'call' && id !== undefined ? [[id, options]] : [])));
  const ofText = seals.findLast(({ of }) => of === 'text')?.options;
  const said: SdkPart[] = [];
  for (const part of parts) {
    if (part.type === 'cacheControl') {
      const last = said.pop();
      if (last !== undefined) said.push(withOptions(last, toCacheHint(part.lifetime)));
      continue;
    }
    const one = toPart(part, names, dialect);
    const options = part.type === 'toolCall' ? ofCall.get(part.id) : undefined;
    if (one !== null) said.push(options === undefined ? one : withOptions(one, options));
  }
  const place = ofText === undefined ? -1 : said.findLastIndex(({ type }) => type === 'text');
  return said.map((part, index) => (index === place && ofText !== undefined ? withOptions(part, ofText) : part));
}

function withOptions(part: SdkPart, options: SdkOptions): SdkPart {
  const names = new Set([...Object.keys(part.providerOptions ?? {}), ...Object.keys(options)]);
  const joined = [...names].map((name) => [name, { ...part.providerOptions?.[name], ...options[name] }]);
  return { ...part, providerOptions: Object.fromEntries(joined) };
}

/** Null for what is not said: thoughts of others, texts of nothing. */
function toPart(part: Exclude<MessagePart, { readonly type: 'cacheControl' }>, names: Names, dialect: Dialect): SdkPart | null {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text === '' ? null : { type: 'text', text: part.text };
    case 'image':
    case 'file':
    case 'audio':
      return { type: 'file', ...toFile(part, dialect) };
    case 'reasoning':
      return toThought(part, dialect);
    case 'toolCall':
      return { type: 'tool-call', toolCallId: part.id, toolName: part.name, input: parseArguments(part) };
    case 'toolResult':
      return {
        type: 'tool-result',
        toolCallId: part.toolCallId,
        toolName: nameOf(part.toolCallId, names),
        output: toOutput(part, dialect),
      };
    default:
      return part satisfies never;
  }
}

function toThought({ text, signature }: Extract<MessagePart, { readonly type: 'reasoning' }>, dialect: Dialect): SdkPart | null {
  const sealed = openSeal(dialect.packageName, signature);
  if (sealed?.of !== 'thought') return null;
  return { type: 'reasoning', text, ...(Object.keys(sealed.options).length === 0 ? {} : { providerOptions: sealed.options }) };
}

function nameOf(id: string, names: Names): string {
  const name = names.get(id);
  if (name !== undefined) return name;
  throw new GatewayError('INVALID_REQUEST', 'A tool result answers a call that is not in the conversation, which this provider needs.');
}

function toOutput({ parts, isError }: Extract<MessagePart, { readonly type: 'toolResult' }>, dialect: Dialect): unknown {
  const spoken = parts.filter((part) => part.type !== 'cacheControl');
  const texts = spoken.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  if (texts.length === spoken.length) return { type: isError ? 'error-text' : 'text', value: texts.join('') };
  const value = spoken.map((part) => {
    if (part.type === 'text') return { type: 'text', text: part.text };
    if (part.type === 'image' || part.type === 'file' || part.type === 'audio') return toResultFile(part, dialect);
    throw new GatewayError('INVALID_REQUEST', 'The result of a tool is made of texts, images, files and sounds.');
  });
  return { type: 'content', value };
}
