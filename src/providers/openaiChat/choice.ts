import { GatewayError } from '../../domain/errors.ts';
import type { CompletionId } from '../../domain/id.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { AnswerEvent } from '../../domain/providerEvent.ts';
import { mostToolCalls } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readList, readObject, readWord } from '../wire/json.ts';
import { readLogprobs } from '../wire/logprobs.ts';
import { readContent } from './content.ts';
import { failingReasons, toFinishReason } from './finish.ts';
import { readMedia } from './media.ts';
import { createToolCallReader } from './toolCalls.ts';

/** One of the answers to a prompt, as its pieces come. */
export interface Choice {
  /** Throws UPSTREAM_UNAVAILABLE where the provider says that it broke off. */
  read(choice: JsonObject): void;
  /** The last events. Throws UPSTREAM_MALFORMED where the answer is not whole. */
  finish(): void;
  /** Why it stopped, in the provider's word; null as long as it has not said. */
  readonly reason: string | null;
}

export interface ChoiceSettings {
  readonly callId: CompletionId;
  readonly peer: Peer;
  readonly index: number;
  add(event: AnswerEvent): void;
}

export function createChoice({ callId, peer, index, add }: ChoiceSettings): Choice {
  const mark = index === 0 ? '' : `${index}_`;
  const calls = createToolCallReader((call) => `call_${callId}_${mark}${call}`);
  const spoken = { text: false, refusal: false };
  let reason: string | null = null;

  const say = (event: AnswerEvent): void => {
    if (event.type === 'text' || event.type === 'refusal') spoken[event.type] = true;
    add(event);
  };
  const sayAll = (said: JsonObject): void => {
    for (const event of readContent(said)) say(event);
    for (const event of readMedia(said)) say(event);
    for (const entry of readList(said['tool_calls'])) {
      for (const event of calls.read(entry)) say(event);
      if (calls.count > mostToolCalls) throw malformed(peer, `sent more than ${mostToolCalls} tool calls`);
    }
  };
  return {
    get reason() {
      return reason;
    },
    read(choice) {
      const said = readObject(choice['delta']) ?? readObject(choice['message']);
      if (said !== null) sayAll(said);
      const logprobs = readObject(choice['logprobs']);
      const tokens = logprobs === null ? [] : [...readLogprobs(logprobs['content']), ...readLogprobs(logprobs['refusal'])];
      if (tokens.length > 0) say({ type: 'logprobs', tokens });
      reason = readWord(choice['finish_reason']) ?? reason;
      if (reason !== null && failingReasons.has(reason)) throw failed(peer, reason);
    },
    finish() {
      if (reason === null) throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
      const rest = calls.end();
      if (rest.nameless) throw malformed(peer, 'sent a tool call without a name');
      for (const event of rest.events) say(event);
      say({ type: 'finished', reason: toFinishReason(reason, { toolCalls: calls.count, ...spoken }), providerReason: reason });
    },
  };
}

function failed(peer: Peer, reason: string): GatewayError {
  return new GatewayError('UPSTREAM_UNAVAILABLE', `${peer.name} failed in the middle of its answer.`, {
    cause: `The provider's finish reason: ${reason}`,
    details: { provider: peer.id },
  });
}
