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
import { readUsage } from './usage.ts';
import { schemaToolName } from './wire.ts';

/** What a reader has to know of the call that is answered. */
export interface AnswerContext {
  readonly peer: Peer;
  readonly providerRequestId: string | null;
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
  /** What an exception inside an answer means, by its name. */
  toError(name: string, body: JsonObject): GatewayError;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, `stopReason` */
const finishReasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'STOP',
  stop_sequence: 'STOP',
  max_tokens: 'LENGTH',
  model_context_window_exceeded: 'LENGTH',
  tool_use: 'TOOL_CALLS',
  guardrail_intervened: 'CONTENT_FILTER',
  content_filtered: 'CONTENT_FILTER',
};

/** The model wrote what the service could not read. */
const failingReasons: ReadonlySet<string> = new Set(['malformed_model_output', 'malformed_tool_use']);

/** The frames of a stream, each an object with its event's name and payload, or the one body, in our words. Usage may come before `messageStop` or after it. */
export function createInterpreter(context: AnswerContext): Interpreter {
  const { peer, schemaMethod } = context;
  const batch = createBatch(context);
  const schemaTool = schemaMethod === 'TOOL' ? schemaToolName : null;
  const blocks = createBlocks({ peer, schemaTool, add: batch.add });
  let reason: string | null = null;
  let finished = false;

  const report = (metadata: JsonObject): void => {
    const usage = readUsage(metadata['usage']);
    if (usage !== null) batch.report(usage);
  };
  const stop = (said: JsonObject): void => {
    reason = readWord(said['stopReason']) ?? reason;
    if (reason !== null && failingReasons.has(reason)) throw malformed(peer, 'made an answer that cannot be read');
  };
  const placeOf = (event: JsonObject): number => readCount(event['contentBlockIndex']) ?? 0;

  return {
    get finished() {
      return finished;
    },
    readEvent(frame) {
      const event = readObject(frame['payload']) ?? {};
      const exception = readText(frame['exception']);
      if (exception !== null) throw context.toError(exception, event);
      switch (frame['event']) {
        case 'contentBlockDelta':
          return blocks.add(readObject(event['delta']) ?? {}, placeOf(event));
        case 'contentBlockStart':
          return blocks.open(readObject(event['start']) ?? {}, placeOf(event));
        case 'contentBlockStop':
          return blocks.close(placeOf(event));
        case 'messageStart':
          return batch.start(context.providerRequestId, null);
        case 'messageStop':
          return stop(event);
        case 'metadata':
          return report(event);
        default:
          // What the format may get later.
          return;
      }
    },
    readWhole(body) {
      const message = readObject(readObject(body['output'])?.['message']);
      if (message === null) throw malformed(peer, 'sent an answer without a message');
      batch.start(context.providerRequestId, null);
      readList(message['content']).filter(isJsonObject).forEach(blocks.whole);
      stop(body);
      report(body);
    },
    finish() {
      if (finished) return;
      if (reason === null) throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
      blocks.end();
      finished = true;
      const known = lookUp(finishReasons, reason) ?? 'OTHER';
      // A tool that stands for the answer's form is no call that anybody has to make.
      batch.add({ type: 'finished', reason: known === 'TOOL_CALLS' && blocks.calls === 0 ? 'STOP' : known, providerReason: reason });
    },
    take: () => batch.take(),
  };
}
