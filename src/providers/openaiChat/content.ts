import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import { readList, readObject, readText, readWord } from '../wire/json.ts';

type SpokenEvent = Extract<ProviderEvent, { readonly type: 'text' | 'reasoning' | 'refusal' }>;

/** What a delta, or a whole message, says in words. Thoughts come first: they were thought first. */
export function readContent(said: JsonObject): readonly SpokenEvent[] {
  const events: SpokenEvent[] = [];
  const reasoning = readWord(said['reasoning_content']) ?? readWord(said['reasoning']);
  if (reasoning !== null) events.push({ type: 'reasoning', text: reasoning, signature: null });
  const content = said['content'];
  if (typeof content === 'string') {
    if (content !== '') events.push({ type: 'text', text: content });
  } else for (const part of readList(content)) events.push(...readPart(part));
  const refusal = readWord(said['refusal']);
  if (refusal !== null) events.push({ type: 'refusal', text: refusal });
  return events;
}

/** Mistral's reasoning models write content as a list: `{ type: "text", text }` and `{ type: "thinking", thinking: [{ type: "text", text }] }`. */
function readPart(part: unknown): readonly SpokenEvent[] {
  if (!isJsonObject(part)) return [];
  const text = readWord(part['text']);
  if (text !== null) return [{ type: 'text', text }];
  const thoughts = readList(part['thinking']).map((thought) => readText(readObject(thought)?.['text']) ?? '');
  const thinking = readWord(part['thinking']) ?? thoughts.join('');
  return thinking === '' ? [] : [{ type: 'reasoning', text: thinking, signature: null }];
}
