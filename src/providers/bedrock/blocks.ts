import type { JsonObject } from '../../domain/json.ts';
import type { AnswerEvent } from '../../domain/providerEvent.ts';
import { mostToolCalls } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readObject, readText, readWord } from '../wire/json.ts';
import { sealSignature } from '../wire/signature.ts';
import { redactedMark } from './messages.ts';
import { format } from './wire.ts';

/** The blocks of a message. Text and thoughts need no beginning; calls of tools do. */
export interface Blocks {
  open(block: JsonObject, place: number): void;
  add(delta: JsonObject, place: number): void;
  close(place: number): void;
  /** A block of a message that came whole. */
  whole(block: JsonObject, place: number): void;
  /** The message has ended, and all its blocks with it. */
  end(): void;
  /** How many tools were called so far, the one that stands for the answer's form not counted. */
  readonly calls: number;
}

interface OpenCall {
  /** Null for the tool that stands for the answer's form: its arguments are text. */
  readonly index: number | null;
  spoken: boolean;
}

export interface BlocksSettings {
  readonly peer: Peer;
  readonly schemaTool: string | null;
  readonly add: (event: AnswerEvent) => void;
}

export function createBlocks({ peer, schemaTool, add }: BlocksSettings): Blocks {
  const open = new Map<number, OpenCall>();
  let count = 0;

  const openCall = (use: JsonObject, place: number): void => {
    const id = readWord(use['toolUseId']);
    const name = readWord(use['name']);
    if (id === null || name === null) throw malformed(peer, 'sent a tool call without a name or an id');
    const index = name === schemaTool ? null : count++;
    if (open.size >= mostToolCalls) throw malformed(peer, `began more than ${mostToolCalls} tool calls and ended none`);
    open.set(place, { index, spoken: false });
    if (index !== null) add({ type: 'toolCall', index, id, name, arguments: '' });
  };
  const say = (call: OpenCall, text: string): void => {
    if (text === '') return;
    call.spoken = true;
    if (call.index === null) add({ type: 'text', text });
    else add({ type: 'toolCall', index: call.index, id: null, name: null, arguments: text });
  };
  const think = (thought: JsonObject): void => {
    const text = readText(thought['text']) ?? '';
    const signature = readWord(thought['signature']);
    const hidden = readWord(thought['redactedContent']);
    if (text !== '') add({ type: 'reasoning', text, signature: null });
    if (signature !== null) add({ type: 'reasoning', text: '', signature: sealSignature(format, signature) });
    if (hidden !== null) add({ type: 'reasoning', text: '', signature: sealSignature(format, `${redactedMark}:${hidden}`) });
  };
  const close = (place: number): void => {
    const call = open.get(place);
    open.delete(place);
    if (call !== undefined && !call.spoken) say(call, '{}');
  };

  return {
    get calls() {
      return count;
    },
    open(block, place) {
      const use = readObject(block['toolUse']);
      if (use !== null) openCall(use, place);
    },
    add(delta, place) {
      const text = readText(delta['text']) ?? '';
      if (text !== '') add({ type: 'text', text });
      const thought = readObject(delta['reasoningContent']);
      if (thought !== null) think(thought);
      const input = readText(readObject(delta['toolUse'])?.['input']);
      if (input === null) return;
      const call = open.get(place);
      if (call === undefined) throw malformed(peer, 'sent a piece of a tool call that it had not begun');
      say(call, input);
    },
    close,
    whole(block, place) {
      const text = readText(block['text']) ?? '';
      if (text !== '') add({ type: 'text', text });
      const thought = readObject(block['reasoningContent']);
      if (thought !== null) think({ ...thought, ...readObject(thought['reasoningText']) });
      const use = readObject(block['toolUse']);
      if (use === null) return;
      openCall(use, place);
      const call = open.get(place);
      if (call !== undefined) say(call, JSON.stringify(readObject(use['input']) ?? {}));
      close(place);
    },
    end() {
      for (const place of [...open.keys()]) close(place);
    },
  };
}
