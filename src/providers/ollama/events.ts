import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';
import type { FinishReason } from '../../domain/providerEvent.ts';
import { noUsage } from '../../domain/usage.ts';
import type { Interpreter } from '../wire/answer.ts';
import { createBatch } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { lookUp, readCount, readList, readObject, readText, readWord } from '../wire/json.ts';
import { readLogprobs } from '../wire/logprobs.ts';

/** What a reader has to know of the call that is answered. */
export interface AnswerContext {
  readonly callId: string;
  readonly peer: Peer;
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
  /** What an error object inside an answer means. */
  toError(body: JsonObject): GatewayError;
}

const finishReasons: Readonly<Record<string, FinishReason>> = { stop: 'STOP', length: 'LENGTH' };

/** The lines of a stream, or the one body, which has the form of a line: https://docs.ollama.com/api/chat */
export function createInterpreter(context: AnswerContext): Interpreter {
  const { callId, peer } = context;
  const batch = createBatch(context);
  let calls = 0;
  let finished = false;

  /** A call comes whole, its arguments an object, often without an id. */
  const readCall = (call: JsonObject): void => {
    const about = readObject(call['function']);
    const name = readWord(about?.['name']);
    if (name === null) throw malformed(peer, 'sent a tool call without a name');
    const id = readWord(call['id']) ?? `call_${callId}_${calls}`;
    batch.add({ type: 'toolCall', index: calls++, id, name, arguments: JSON.stringify(readObject(about?.['arguments']) ?? {}) });
  };
  const readMessage = (message: JsonObject): void => {
    const thinking = readText(message['thinking']) ?? '';
    const text = readText(message['content']) ?? '';
    if (thinking !== '') batch.add({ type: 'reasoning', text: thinking, signature: null });
    if (text !== '') batch.add({ type: 'text', text });
    readList(message['tool_calls']).filter(isJsonObject).forEach(readCall);
  };
  const end = (line: JsonObject): void => {
    const reason = readWord(line['done_reason']) ?? 'stop';
    batch.report({ ...noUsage, inputTokens: readCount(line['prompt_eval_count']), outputTokens: readCount(line['eval_count']) });
    finished = true;
    const known = lookUp(finishReasons, reason) ?? 'OTHER';
    batch.add({ type: 'finished', reason: known === 'STOP' && calls > 0 ? 'TOOL_CALLS' : known, providerReason: reason });
  };
  const read = (line: JsonObject): void => {
    if (isFault(line)) throw context.toError(line);
    batch.start(null, readWord(line['model']));
    readMessage(readObject(line['message']) ?? {});
    const tokens = readLogprobs(line['logprobs']);
    if (tokens.length > 0) batch.add({ type: 'logprobs', tokens });
    if (line['done'] === true) end(line);
  };

  return {
    get finished() {
      return finished;
    },
    readEvent: read,
    readWhole(body) {
      if (!isFault(body) && readObject(body['message']) === null) throw malformed(peer, 'sent an answer without a message');
      read(body);
    },
    finish() {
      if (!finished) throw malformed(peer, 'ended its answer without saying that it was done, so the answer is not whole');
    },
    take: () => batch.take(),
  };
}

export function isFault(value: JsonObject): boolean {
  return typeof value['error'] === 'string';
}
