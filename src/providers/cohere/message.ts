import type { JsonObject } from '../../domain/json.ts';
import type { TokenLogprob } from '../../domain/providerEvent.ts';
import type { Batch } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readList, readNumber, readObject, readText, readWord } from '../wire/json.ts';
import { sealSignature } from '../wire/signature.ts';
import { readCitations } from './citation.ts';
import { format, planSeal } from './wire.ts';

/** What a message says, piece by piece or whole: each call of a tool ends where the next one begins. */
export interface Message {
  content(content: JsonObject): void;
  /** What the model means to do, before it calls tools. */
  plan(text: string): void;
  beginCall(call: JsonObject): void;
  /** A piece of the last call's arguments. */
  addToCall(text: string): void;
  endCall(): void;
  cite(said: JsonObject): void;
  logprobs(value: unknown): void;
}

export function createMessage(peer: Peer, add: Batch['add']): Message {
  let calls = 0;
  let spoken = true;
  let planned = false;

  const say = (text: string): void => {
    if (text === '') return;
    spoken = true;
    add({ type: 'toolCall', index: calls - 1, id: null, name: null, arguments: text });
  };
  const endCall = (): void => {
    if (!spoken) say('{}');
  };
  const sealPlan = (): void => {
    if (planned) add({ type: 'reasoning', text: '', signature: sealSignature(format, planSeal) });
    planned = false;
  };

  return {
    content(content) {
      const text = readText(content['text']) ?? '';
      const thinking = readText(content['thinking']) ?? '';
      if (text !== '') add({ type: 'text', text });
      if (thinking !== '') add({ type: 'reasoning', text: thinking, signature: null });
    },
    plan(text) {
      if (text === '') return;
      planned = true;
      add({ type: 'reasoning', text, signature: null });
    },
    beginCall(call) {
      endCall();
      sealPlan();
      const id = readWord(call['id']);
      const about = readObject(call['function']);
      const name = readWord(about?.['name']);
      if (id === null || name === null) throw malformed(peer, 'sent a tool call without a name or an id');
      spoken = false;
      add({ type: 'toolCall', index: calls++, id, name, arguments: '' });
      say(readText(about?.['arguments']) ?? '');
    },
    addToCall(text) {
      if (calls === 0) throw malformed(peer, 'sent a piece of a tool call that it had not begun');
      say(text);
    },
    endCall,
    cite(said) {
      for (const citation of readCitations(said)) add({ type: 'citation', citation });
    },
    logprobs(value) {
      const tokens = readLogprobs(value);
      if (tokens.length > 0) add({ type: 'logprobs', tokens });
    },
  };
}

/** Tokens by their texts, each with its own probability. */
function readLogprobs(value: unknown): readonly TokenLogprob[] {
  return readList(value).flatMap((entry) => {
    const token = readText(readObject(entry)?.['text']);
    const logprob = readNumber(readList(readObject(entry)?.['logprobs'])[0]);
    return token === null || logprob === null ? [] : [{ token, logprob, top: [] }];
  });
}
