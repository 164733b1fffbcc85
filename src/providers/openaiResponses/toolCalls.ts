import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { AnswerEvent } from '../../domain/providerEvent.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readList, readObject, readText, readWord } from '../wire/json.ts';

type ToolCallEvent = Extract<AnswerEvent, { readonly type: 'toolCall' }>;

/** Calls of tools: opened by their item, added to by fragments, closed by the item as it was in the end. */
export interface ToolCalls {
  open(item: JsonObject, place: number): void;
  add(fragment: string, place: number): void;
  close(item: JsonObject, place: number): void;
  /** The answer has ended, and all calls with it. */
  end(): void;
  readonly count: number;
}

export interface ToolCallSettings {
  readonly peer: Peer;
  readonly callId: string;
  /** The tools that may be called. */
  readonly tools: ReadonlySet<string>;
  readonly add: (event: ToolCallEvent) => void;
}

/** Some models call several tools by one that nobody gave them; seen in recorded streams, not in the documentation. */
const wrappers: ReadonlySet<string> = new Set(['parallel', 'multi_tool_use.parallel']);

interface OpenCall {
  /** Null for a wrapper, whose calls are made when it is whole. */
  readonly index: number | null;
  readonly id: string;
  /** Of a wrapper, what came so far. */
  text: string;
  spoken: boolean;
}

export function createToolCalls({ peer, callId, tools, add }: ToolCallSettings): ToolCalls {
  const open = new Map<number, OpenCall>();
  let count = 0;

  const begin = (id: string, name: string): number => {
    const index = count++;
    add({ type: 'toolCall', index, id, name, arguments: '' });
    return index;
  };
  const say = (index: number, text: string): void => {
    if (text !== '') add({ type: 'toolCall', index, id: null, name: null, arguments: text });
  };
  const finish = (call: OpenCall, whole: string | null): void => {
    if (call.index === null) unwrap(call.id, call.spoken ? call.text : (whole ?? ''));
    else if (!call.spoken) say(call.index, whole === null || whole === '' ? '{}' : whole);
  };
  const unwrap = (id: string, text: string): void => {
    for (const [place, use] of readUses(text, peer).entries()) {
      const name = readWord(use['recipient_name'])?.replace(/^functions\./, '') ?? null;
      if (name === null) throw malformed(peer, 'sent a tool call without a name');
      say(begin(`${id}_${place}`, name), JSON.stringify(readObject(use['parameters']) ?? {}));
    }
  };
  return {
    get count() {
      return count;
    },
    open(item, place) {
      const name = readWord(item['name']);
      if (name === null) throw malformed(peer, 'sent a tool call without a name');
      const id = readWord(item['call_id']) ?? readWord(item['id']) ?? `call_${callId}_${place}`;
      const wrapper = wrappers.has(name) && !tools.has(name);
      open.set(place, { index: wrapper ? null : begin(id, name), id, text: '', spoken: false });
    },
    add(fragment, place) {
      const call = open.get(place);
      if (call === undefined) throw malformed(peer, 'sent a piece of a tool call that it had not begun');
      if (fragment === '') return;
      call.spoken = true;
      if (call.index === null) call.text += fragment;
      else say(call.index, fragment);
    },
    close(item, place) {
      const call = open.get(place);
      open.delete(place);
      if (call !== undefined) finish(call, readText(item['arguments']));
    },
    end() {
      for (const call of open.values()) finish(call, null);
      open.clear();
    },
  };
}

function readUses(text: string, peer: Peer): readonly JsonObject[] {
  try {
    const value: unknown = JSON.parse(text);
    return readList(readObject(value)?.['tool_uses']).filter(isJsonObject);
  } catch {
    // biome-ignore lint/style/useErrorCause: the parser's message quotes the text.
    throw malformed(peer, 'sent tool calls that are not JSON');
  }
}
