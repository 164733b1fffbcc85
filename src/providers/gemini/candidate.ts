import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { AnswerEvent, FinishReason } from '../../domain/providerEvent.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { lookUp, readList, readObject, readText, readWord } from '../wire/json.ts';
import { readLogprobs, readSources } from './facts.ts';
import { seal } from './seal.ts';

/** One of the answers to a prompt, as its pieces come. */
export interface Candidate {
  read(candidate: JsonObject): void;
  /** The last event. Throws UPSTREAM_MALFORMED where the answer is not whole. */
  finish(): void;
}

export interface CandidateSettings {
  readonly peer: Peer;
  readonly callId: string;
  readonly index: number;
  add(event: AnswerEvent): void;
}

/** https://ai.google.dev/api/generate-content#FinishReason */
const finishReasons: Readonly<Record<string, FinishReason>> = {
  STOP: 'STOP',
  MAX_TOKENS: 'LENGTH',
  SAFETY: 'CONTENT_FILTER',
  RECITATION: 'CONTENT_FILTER',
  BLOCKLIST: 'CONTENT_FILTER',
  PROHIBITED_CONTENT: 'CONTENT_FILTER',
  SPII: 'CONTENT_FILTER',
  IMAGE_SAFETY: 'CONTENT_FILTER',
  IMAGE_PROHIBITED_CONTENT: 'CONTENT_FILTER',
  IMAGE_RECITATION: 'CONTENT_FILTER',
};

/** The model wrote a call that nobody can read. */
const failingReasons: ReadonlySet<string> = new Set([
  'MALFORMED_FUNCTION_CALL',
  'UNEXPECTED_TOOL_CALL',
  'MALFORMED_RESPONSE',
  'FINISH_REASON_UNSPECIFIED',
]);

export function createCandidate({ peer, callId, index, add }: CandidateSettings): Candidate {
  let calls = 0;
  let reason: string | null = null;

  const readCall = (call: JsonObject, signature: string | null): void => {
    const name = readWord(call['name']);
    if (name === null) throw malformed(peer, 'sent a tool call without a name');
    const id = readWord(call['id']) ?? `call_${callId}_${index === 0 ? '' : `${index}_`}${calls}`;
    if (signature !== null) add({ type: 'reasoning', text: '', signature: seal({ callId: id, signature }) });
    add({ type: 'toolCall', index: calls++, id, name, arguments: JSON.stringify(readObject(call['args']) ?? {}) });
  };
  const readPart = (part: JsonObject): void => {
    const signature = readWord(part['thoughtSignature']);
    const call = readObject(part['functionCall']);
    if (call !== null) {
      readCall(call, signature);
      return;
    }
    const text = readText(part['text']) ?? '';
    if (part['thought'] === true) add({ type: 'reasoning', text, signature: null });
    else if (text !== '') add({ type: 'text', text });
    if (signature !== null) add({ type: 'reasoning', text: '', signature: seal({ callId: null, signature }) });
    const media = readObject(part['inlineData']);
    if (media !== null) readMedia(media);
  };
  const readMedia = (media: JsonObject): void => {
    const mediaType = readWord(media['mimeType']) ?? '';
    const data = readWord(media['data']);
    if (data === null) return;
    if (mediaType.startsWith('image/')) add({ type: 'image', mediaType, data });
    if (mediaType.startsWith('audio/')) add({ type: 'audio', mediaType, data });
  };

  return {
    read(candidate) {
      readList(readObject(candidate['content'])?.['parts']).filter(isJsonObject).forEach(readPart);
      for (const citation of readSources(candidate)) add({ type: 'citation', citation });
      const tokens = readLogprobs(candidate['logprobsResult']);
      if (tokens.length > 0) add({ type: 'logprobs', tokens });
      reason = readWord(candidate['finishReason']) ?? reason;
      if (reason !== null && failingReasons.has(reason)) throw failed(peer, reason);
    },
    finish() {
      if (reason === null) throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
      const known = lookUp(finishReasons, reason) ?? 'OTHER';
      // The format has no word of its own for calls.
      add({ type: 'finished', reason: known === 'STOP' && calls > 0 ? 'TOOL_CALLS' : known, providerReason: reason });
    },
  };
}

function failed(peer: Peer, reason: string): GatewayError {
  return new GatewayError('UPSTREAM_MALFORMED', `${peer.name} made a tool call that cannot be read.`, {
    cause: `The provider's finish reason: ${reason}`,
    details: { provider: peer.id },
  });
}
