import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';
import type { FinishReason } from '../../domain/providerEvent.ts';
import type { Interpreter } from '../wire/answer.ts';
import { createBatch } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { lookUp, readObject, readWord } from '../wire/json.ts';
import type { Spoken } from './output.ts';
import { createOutput } from './output.ts';
import { readUsage } from './usage.ts';

/** What a reader has to know of the call that is answered. */
export interface AnswerContext {
  readonly callId: string;
  readonly peer: Peer;
  readonly tools: ReadonlySet<string>;
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
  /** The cap that was asked for, of servers that do not say when it cut an answer off; else null. */
  readonly untoldCap: number | null;
  /** What an error object inside an answer means. */
  toError(body: JsonObject): GatewayError;
}

/** The events of a stream (https://platform.openai.com/docs/api-reference/responses-streaming), or the one response, in our words. */
export function createInterpreter(context: AnswerContext): Interpreter {
  const { peer } = context;
  const batch = createBatch(context);
  const output = createOutput(context, batch.add);
  let finished = false;

  const begin = (response: JsonObject): void => batch.start(readWord(response['id']), readWord(response['model']));
  const end = (response: JsonObject): void => {
    const status = readWord(response['status']);
    if (status === 'failed') throw context.toError(response);
    const usage = readUsage(response['usage']);
    if (usage !== null) batch.report(usage);
    output.end();
    const providerReason = readWord(readObject(response['incomplete_details'])?.['reason']) ?? status;
    if (providerReason === null || unfinished.has(providerReason))
      throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
    finished = true;
    const cut = context.untoldCap !== null && (usage?.outputTokens ?? 0) >= context.untoldCap;
    batch.add({ type: 'finished', reason: cut ? 'LENGTH' : reasonOf(providerReason, output.spoken), providerReason });
  };

  return {
    get finished() {
      return finished;
    },
    readEvent(event) {
      const type = readWord(event['type']);
      if (type === null && readObject(event['error']) === null) throw malformed(peer, 'sent an event without a type');
      switch (type ?? 'error') {
        case 'response.created':
          return begin(readObject(event['response']) ?? {});
        case 'response.completed':
        case 'response.incomplete':
          return end(readObject(event['response']) ?? {});
        // Both may come, one after the other: the first is thrown.
        case 'response.failed':
          throw context.toError(readObject(event['response']) ?? {});
        case 'error':
          throw context.toError(event);
        default:
          return output.read(event);
      }
    },
    readWhole(response) {
      if (readObject(response['error']) !== null) throw context.toError(response);
      if (!Array.isArray(response['output'])) throw malformed(peer, 'sent an answer without output');
      begin(response);
      response['output'].filter(isJsonObject).forEach(output.readWhole);
      end(response);
    },
    finish() {
      if (!finished) throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
    },
    take: () => batch.take(),
  };
}

/** Words for a response that was never to be sent so. */
const unfinished: ReadonlySet<string> = new Set(['queued', 'in_progress', 'cancelled']);

const finishReasons: Readonly<Record<string, FinishReason>> = {
  completed: 'STOP',
  max_output_tokens: 'LENGTH',
  max_tokens: 'LENGTH',
  content_filter: 'CONTENT_FILTER',
};

/** The format has one word for all good ends: what was said tells more. */
function reasonOf(providerReason: string, { toolCalls, text, refusal }: Spoken): FinishReason {
  const reason = lookUp(finishReasons, providerReason) ?? 'OTHER';
  if (reason !== 'STOP') return reason;
  if (toolCalls > 0) return 'TOOL_CALLS';
  return refusal && !text ? 'REFUSAL' : 'STOP';
}
