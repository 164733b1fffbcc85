import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import { readCount, readObject, readWord } from '../wire/json.ts';

type ToolCallEvent = Extract<ProviderEvent, { readonly type: 'toolCall' }>;

interface OpenCall {
  /** As we count them, from 0 and without gaps. */
  readonly index: number;
  /** The provider's index; null where it gives none. */
  readonly wireIndex: number | null;
  readonly wireId: string | null;
  name: string | null;
  /** What came before the name. */
  held: string;
  empty: boolean;
}

export interface ToolCallReader {
  readonly count: number;
  /** The events of one entry of `tool_calls`. */
  read(entry: unknown): readonly ToolCallEvent[];
  /** `{}` for calls that came without arguments. Names the trouble where a call came without a name. */
  end(): { readonly events: readonly ToolCallEvent[]; readonly nameless: boolean };
}

/**
 * Joins fragments of tool calls: by the provider's index, whose numbers may have gaps; by id, where there is no index (Mistral); a new id with a name
 * under a known index is a new call. Empty names mean nothing. A call without an id gets one from `makeId`.
 */
export function createToolCallReader(makeId: (index: number) => string): ToolCallReader {
  const calls: OpenCall[] = [];

  const find = (wireIndex: number | null, wireId: string | null, name: string | null): OpenCall | undefined => {
    if (wireIndex === null) return wireId === null ? calls.at(-1) : calls.find((call) => call.wireId === wireId);
    const known = calls.findLast((call) => call.wireIndex === wireIndex);
    const another = wireId !== null && name !== null && known?.wireId !== wireId;
    return another && known?.name !== null ? undefined : known;
  };

  const open = (wireIndex: number | null, wireId: string | null): OpenCall => {
    const call: OpenCall = { index: calls.length, wireIndex, wireId, name: null, held: '', empty: true };
    calls.push(call);
    return call;
  };

  return {
    get count() {
      return calls.length;
    },
    read(entry) {
      if (!isJsonObject(entry)) return [];
      const wireIndex = readCount(entry['index']);
      const wireId = readWord(entry['id']);
      const about = readObject(entry['function']);
      const name = readWord(about?.['name']);
      const call = find(wireIndex, wireId, name) ?? open(wireIndex, wireId);
      return addFragment(call, { name, arguments: argumentsOf(about) }, makeId);
    },
    end() {
      const events = calls.filter(({ empty }) => empty).map(({ index }): ToolCallEvent => fragment(index, '{}'));
      return { events, nameless: calls.some(({ name }) => name === null) };
    },
  };
}

interface Fragment {
  readonly name: string | null;
  readonly arguments: string;
}

function addFragment(call: OpenCall, said: Fragment, makeId: (index: number) => string): readonly ToolCallEvent[] {
  if (said.arguments.trim() !== '') call.empty = false;
  if (call.name !== null) return said.arguments === '' ? [] : [fragment(call.index, said.arguments)];
  call.held += said.arguments;
  if (said.name === null) return [];
  call.name = said.name;
  return [{ type: 'toolCall', index: call.index, id: call.wireId ?? makeId(call.index), name: call.name, arguments: call.held }];
}

function fragment(index: number, text: string): ToolCallEvent {
  return { type: 'toolCall', index, id: null, name: null, arguments: text };
}

/** Text, as the format says; some servers write the object itself. */
function argumentsOf(about: JsonObject | null): string {
  const said = about?.['arguments'];
  if (typeof said === 'string') return said;
  return isJsonObject(said) ? JSON.stringify(said) : '';
}
