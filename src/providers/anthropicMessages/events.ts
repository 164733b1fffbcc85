import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';
import type { FinishReason } from '../../domain/providerEvent.ts';
import type { Interpreter } from '../wire/answer.ts';
import { createBatch } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { lookUp, readCount, readList, readObject, readText, readWord } from '../wire/json.ts';
import { createBlocks } from './blocks.ts';
import { isFault } from './error.ts';
import { createUsageReader } from './usage.ts';

/** What a reader has to know of the call that is answered. */
export interface AnswerContext {
  readonly peer: Peer;
  readonly warnings: readonly string[];
  /** The name of the tool that stands for a JSON schema: its arguments are the answer. Null: none does. */
  readonly schemaTool: string | null;
  readonly schemaMethod: SchemaMethod | null;
  /** What an error object inside an answer means. */
  toError(body: JsonObject): GatewayError;
}

/** https://platform.claude.com/docs/en/api/handling-stop-reasons */
const finishReasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'STOP',
  stop_sequence: 'STOP',
  max_tokens: 'LENGTH',
  model_context_window_exceeded: 'LENGTH',
  tool_use: 'TOOL_CALLS',
  refusal: 'REFUSAL',
};

/** The events of a stream (https://platform.claude.com/docs/en/build-with-claude/streaming), or the one message, in our words. */
export function createInterpreter(context: AnswerContext): Interpreter {
  const { peer } = context;
  const batch = createBatch(context);
  const blocks = createBlocks({ ...context, add: batch.add });
  const usage = createUsageReader();
  let reason: string | null = null;
  let finished = false;

  const report = (value: unknown): void => {
    const said = usage.read(value);
    if (said !== null) batch.report(said);
  };
  const begin = (message: JsonObject): void => {
    batch.start(readWord(message['id']), readWord(message['model']));
    report(message['usage']);
    for (const [index, block] of readList(message['content']).filter(isJsonObject).entries()) {
      blocks.open(block, index);
      blocks.close(index);
    }
    reason = readWord(message['stop_reason']);
    tellStopSequence(message);
  };
  const tellStopSequence = (said: JsonObject | null): void => {
    const text = readText(said?.['stop_sequence']);
    if (text !== null) batch.add({ type: 'metadata', fields: { stop_sequence: text } });
  };
  const end = (): void => {
    if (reason === null) throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
    blocks.end();
    finished = true;
    batch.add({ type: 'finished', reason: reasonOf(reason, blocks.calls), providerReason: reason });
  };

  return {
    get finished() {
      return finished;
    },
    readEvent(event) {
      if (isFault(event)) throw context.toError(event);
      switch (event['type']) {
        case 'message_start':
          return begin(readObject(event['message']) ?? {});
        case 'content_block_start':
          return blocks.open(readObject(event['content_block']) ?? {}, readCount(event['index']) ?? 0);
        case 'content_block_delta':
          return blocks.add(readObject(event['delta']) ?? {}, readCount(event['index']) ?? 0);
        case 'content_block_stop':
          return blocks.close(readCount(event['index']) ?? 0);
        case 'message_delta': {
          const delta = readObject(event['delta']);
          reason = readWord(delta?.['stop_reason']) ?? reason;
          tellStopSequence(delta);
          return report(event['usage']);
        }
        case 'message_stop':
          return end();
        default:
          // `ping`, and what the format may get later: https://platform.claude.com/docs/en/build-with-claude/streaming#other-events
          if (readWord(event['type']) === null) throw malformed(peer, 'sent an event without a type');
      }
    },
    readWhole(message) {
      if (isFault(message)) throw context.toError(message);
      if (!Array.isArray(message['content'])) throw malformed(peer, 'sent an answer without content');
      begin(message);
    },
    finish() {
      if (!finished) end();
    },
    take: () => batch.take(),
  };
}

/** A tool that stands for the answer's form is no call that anybody has to make, and is none of these. */
function reasonOf(reason: string, calls: number): FinishReason {
  const known = lookUp(finishReasons, reason) ?? 'OTHER';
  return known === 'TOOL_CALLS' && calls === 0 ? 'STOP' : known;
}
