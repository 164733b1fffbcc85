import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readList, readObject, readText, readWord } from '../wire/json.ts';
import { sealSignature } from '../wire/signature.ts';
import { readCitation } from './citation.ts';
import { format } from './wire.ts';

/** The content blocks of a message, each opened, added to and closed by its index; those of a whole message come with all they say. */
export interface Blocks {
  open(block: JsonObject, index: number): void;
  add(delta: JsonObject, index: number): void;
  close(index: number): void;
  /** The message has ended, and all its blocks with it. */
  end(): void;
  /** How many tools were called so far, the one that stands for the answer's form not counted. */
  readonly calls: number;
}

export interface BlocksSettings {
  readonly peer: Peer;
  /** A tool by this name stands for the answer's form: its arguments are text. */
  readonly schemaTool: string | null;
  readonly add: (event: ProviderEvent) => void;
}

interface OpenBlock {
  readonly type: string;
  /** Of a tool call: its place among the calls. */
  readonly call: number | null;
  /** What of a call's arguments stood in its first event, and whether more came. */
  readonly input: string;
  spoken: boolean;
}

/** Of an honest answer one is open at a time. */
const mostOpen = 1024;

/** What an empty thought that is shown to nobody is sealed as, beside the signature of one that is. */
export const redactedMark = 'redacted';

export function createBlocks({ peer, schemaTool, add }: BlocksSettings): Blocks {
  const open = new Map<number, OpenBlock>();
  let calls = 0;

  const say = (type: 'text' | 'reasoning', text: string): void => {
    if (text !== '') add(type === 'text' ? { type, text } : { type, text, signature: null });
  };
  const sayArguments = (block: OpenBlock, text: string): void => {
    if (text === '') return;
    block.spoken = true;
    if (block.call === null) add({ type: 'text', text });
    else add({ type: 'toolCall', index: block.call, id: null, name: null, arguments: text });
  };

  const openTool = (block: JsonObject): OpenBlock => {
    const name = readWord(block['name']);
    const id = readWord(block['id']);
    if (name === null || id === null) throw malformed(peer, 'sent a tool call without a name or an id');
    const said = readObject(block['input']) ?? {};
    const input = Object.keys(said).length === 0 ? '' : JSON.stringify(said);
    if (name === schemaTool) return { type: 'tool_use', call: null, input, spoken: false };
    const call = calls++;
    add({ type: 'toolCall', index: call, id, name, arguments: '' });
    return { type: 'tool_use', call, input, spoken: false };
  };

  const sayThought = (block: JsonObject): void => {
    const text = readText(block['thinking']) ?? '';
    const signature = readWord(block['signature']);
    if (text === '' && signature === null) return;
    add({ type: 'reasoning', text, signature: signature === null ? null : sealSignature(format, signature) });
  };

  const sayText = (block: JsonObject): void => {
    const text = readText(block['text']) ?? '';
    if (text !== '') add({ type: 'text', text });
    for (const citation of readList(block['citations']).filter(isJsonObject)) add({ type: 'citation', citation: readCitation(citation) });
  };

  const close = (index: number): void => {
    const block = open.get(index);
    open.delete(index);
    // No fragment, or an empty one, is a call without arguments.
    if (block?.type === 'tool_use' && !block.spoken) sayArguments(block, block.input === '' ? '{}' : block.input);
  };

  return {
    get calls() {
      return calls;
    },
    open(block, index) {
      if (open.size >= mostOpen) throw malformed(peer, `began more than ${mostOpen} blocks and ended none`);
      const type = readWord(block['type']) ?? '';
      if (type === 'text') sayText(block);
      else if (type === 'thinking') sayThought(block);
      else if (type === 'redacted_thinking') {
        const seal = sealSignature(format, `${redactedMark}:${readText(block['data']) ?? ''}`);
        add({ type: 'reasoning', text: '', signature: seal });
      }
      open.set(index, type === 'tool_use' ? openTool(block) : { type, call: null, input: '', spoken: false });
    },
    add(delta, index) {
      const block = open.get(index);
      if (block === undefined) throw malformed(peer, 'sent a piece of a block that it had not begun');
      switch (delta['type']) {
        case 'text_delta':
          return say('text', readText(delta['text']) ?? '');
        case 'thinking_delta':
          return say('reasoning', readText(delta['thinking']) ?? '');
        case 'signature_delta': {
          const signature = readWord(delta['signature']);
          if (signature !== null) add({ type: 'reasoning', text: '', signature: sealSignature(format, signature) });
          return;
        }
        case 'input_json_delta':
          return block.type === 'tool_use' ? sayArguments(block, readText(delta['partial_json']) ?? '') : undefined;
        case 'citations_delta':
          return add({ type: 'citation', citation: readCitation(readObject(delta['citation']) ?? {}) });
        default:
          return;
      }
    },
    close,
    end() {
      for (const index of [...open.keys()]) close(index);
    },
  };
}
