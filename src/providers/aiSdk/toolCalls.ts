import type { JsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readText, readWord } from '../wire/json.ts';

/** The calls of an answer: begun and told in pieces, then told whole; or whole at once. Those that the provider carries out itself are not told. */
export interface ToolCalls {
  begin(part: JsonObject): void;
  add(part: JsonObject): void;
  /** Answers the call's id; null for one that is not told. */
  whole(part: JsonObject): string | null;
}

interface OpenCall {
  readonly index: number;
  /** Pieces that are not JSON are kept back: the whole call has them as JSON. */
  readonly piecewise: boolean;
  spoken: boolean;
}

export function createToolCalls(peer: Peer, add: (event: ProviderEvent) => void): ToolCalls {
  const calls = new Map<string, OpenCall>();
  const foreign = new Set<string>();

  const begin = (id: string | null, name: string | null, piecewise: boolean): OpenCall => {
    if (id === null || name === null) throw malformed(peer, 'sent a tool call without a name or an id');
    const call = { index: calls.size, piecewise, spoken: false };
    calls.set(id, call);
    add({ type: 'toolCall', index: call.index, id, name, arguments: '' });
    return call;
  };
  const say = (call: OpenCall, text: string): void => {
    if (text === '') return;
    call.spoken = true;
    add({ type: 'toolCall', index: call.index, id: null, name: null, arguments: text });
  };

  return {
    begin(part) {
      const id = readWord(part['id']);
      if (part['providerExecuted'] === true) foreign.add(id ?? '');
      else begin(id, readWord(part['toolName']), part['inputEncoding'] !== 'text');
    },
    add(part) {
      const id = readWord(part['id']) ?? '';
      const call = calls.get(id);
      if (call === undefined && !foreign.has(id)) throw malformed(peer, 'sent a piece of a tool call that it had not begun');
      if (call?.piecewise === true) say(call, readText(part['delta']) ?? '');
    },
    whole(part) {
      const id = readWord(part['toolCallId']);
      if (part['providerExecuted'] === true || foreign.has(id ?? '')) return null;
      const call = calls.get(id ?? '') ?? begin(id, readWord(part['toolName']), true);
      // No arguments at all are those of a call without any.
      if (!call.spoken) say(call, readWord(part['input']) ?? '{}');
      return id;
    },
  };
}
