import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';
import type { FinishReason } from '../../domain/providerEvent.ts';
import type { Interpreter } from '../wire/answer.ts';
import { createBatch } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { lookUp, readList, readObject, readText, readWord } from '../wire/json.ts';
import type { Message } from './message.ts';
import { createMessage } from './message.ts';
import { readUsage } from './usage.ts';

/** What a reader has to know of the call that is answered. */
export interface AnswerContext {
  readonly peer: Peer;
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}

/** https://docs.cohere.com/reference/chat */
const finishReasons: Readonly<Record<string, FinishReason>> = {
  COMPLETE: 'STOP',
  STOP_SEQUENCE: 'STOP',
  MAX_TOKENS: 'LENGTH',
  TOOL_CALL: 'TOOL_CALLS',
};

/** The events of a stream (https://docs.cohere.com/docs/streaming), or the one answer, in our words. */
export function createInterpreter(context: AnswerContext): Interpreter {
  const { peer } = context;
  const batch = createBatch(context);
  const said = createMessage(peer, batch.add);
  let reason: string | null = null;
  let finished = false;

  const conclude = (end: JsonObject): void => {
    reason = readWord(end['finish_reason']) ?? reason;
    const usage = readUsage(end['usage']);
    if (usage !== null) batch.report(usage);
    if (reason === 'ERROR' || reason === 'TIMEOUT') throw failed(peer, reason);
  };
  const finish = (): void => {
    if (finished) return;
    if (reason === null) throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
    said.endCall();
    finished = true;
    batch.add({ type: 'finished', reason: lookUp(finishReasons, reason) ?? 'OTHER', providerReason: reason });
  };

  return {
    get finished() {
      return finished;
    },
    readEvent(event) {
      const type = readWord(event['type']);
      if (type === null) throw malformed(peer, 'sent an event without a type');
      const delta = readObject(event['delta']) ?? {};
      if (type === 'message-start') batch.start(readWord(event['id']), null);
      else if (type === 'message-end') {
        conclude(delta);
        finish();
      } else readPiece(said, type, { message: readObject(delta['message']) ?? {}, logprobs: event['logprobs'] });
    },
    readWhole(body) {
      const message = readObject(body['message']);
      if (message === null) throw malformed(peer, 'sent an answer without a message');
      batch.start(readWord(body['id']), null);
      said.plan(readText(message['tool_plan']) ?? '');
      readList(message['content']).filter(isJsonObject).forEach(said.content);
      readList(message['tool_calls']).filter(isJsonObject).forEach(said.beginCall);
      readList(message['citations']).filter(isJsonObject).forEach(said.cite);
      said.logprobs(body['logprobs']);
      conclude(body);
    },
    finish,
    take: () => batch.take(),
  };
}

interface Piece {
  /** What an event adds to the message. */
  readonly message: JsonObject;
  readonly logprobs: unknown;
}

function readPiece(said: Message, type: string, { message, logprobs }: Piece): void {
  switch (type) {
    case 'content-delta':
      said.content(readObject(message['content']) ?? {});
      said.logprobs(logprobs === undefined ? undefined : [logprobs]);
      break;
    case 'content-start':
      said.content(readObject(message['content']) ?? {});
      break;
    case 'tool-plan-delta':
      said.plan(readText(message['tool_plan']) ?? '');
      break;
    case 'tool-call-start':
      said.beginCall(readObject(message['tool_calls']) ?? {});
      break;
    case 'tool-call-delta':
      said.addToCall(readText(readObject(readObject(message['tool_calls'])?.['function'])?.['arguments']) ?? '');
      break;
    case 'tool-call-end':
      said.endCall();
      break;
    case 'citation-start':
      said.cite(readObject(message['citations']) ?? {});
      break;
    default:
    // What the format may get later, and ends of what needs none.
  }
}

function failed(peer: Peer, reason: string): GatewayError {
  return new GatewayError('UPSTREAM_UNAVAILABLE', `${peer.name} failed in the middle of its answer.`, {
    cause: `The provider's finish reason: ${reason}`,
    details: { provider: peer.id },
  });
}
