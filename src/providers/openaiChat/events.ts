import { GatewayError } from '../../domain/errors.ts';
import type { CompletionId } from '../../domain/id.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readCount, readList, readObject, readWord } from '../wire/json.ts';
import { createBatch } from './batch.ts';
import { readContent, readLogprobs } from './content.ts';
import { isFault } from './error.ts';
import { failingReasons, toFinishReason } from './finish.ts';
import type { Quirks } from './quirks.ts';
import { createToolCallReader } from './toolCalls.ts';
import { readUsage } from './usage.ts';

/** What a reader has to know of the call that is answered. */
export interface AnswerContext {
  readonly callId: CompletionId;
  readonly peer: Peer;
  readonly quirks: Quirks;
  readonly warnings: readonly string[];
  /** What an error object inside an answer means. */
  toError(body: JsonObject): GatewayError;
}

/** Collects the events of an answer from its JSON: the chunks of a stream, or the one body. */
export interface ChunkReader {
  /** Whether the chunk said a text and nothing else. Throws what an error object means, and UPSTREAM_* for what is no chunk. */
  readChunk(chunk: unknown): boolean;
  /** The text of a chunk that says nothing else. */
  readText(text: string): void;
  /** The answer is over. Throws UPSTREAM_MALFORMED where it did not say why it stopped. */
  finish(): void;
  take(): readonly ProviderEvent[];
  /** `finished` was made. */
  readonly finished: boolean;
}

export function createChunkReader(context: AnswerContext): ChunkReader {
  const { callId, peer, quirks } = context;
  const batch = createBatch(context.warnings);
  const calls = createToolCallReader((index) => `call_${callId}_${index}`);
  let finished = false;
  let reason: string | null = null;

  const readChoice = (choice: JsonObject): void => {
    const said = readObject(choice['delta']) ?? readObject(choice['message']);
    if (said !== null) {
      for (const event of readContent(said)) batch.add(event);
      for (const event of readList(said['tool_calls']).flatMap(calls.read)) batch.add(event);
    }
    const tokens = readLogprobs(choice['logprobs']);
    if (tokens.length > 0) batch.add({ type: 'logprobs', tokens });
    reason = readWord(choice['finish_reason']) ?? reason;
    if (reason !== null && failingReasons.has(reason)) throw failed(peer, reason);
  };

  return {
    get finished() {
      return finished;
    },
    readChunk(chunk) {
      if (!isJsonObject(chunk)) throw malformed(peer, 'sent an event that is not an object');
      if (isFault(chunk)) throw context.toError(chunk);
      // Azure's first chunk names nothing yet.
      const id = readWord(chunk['id']);
      if (id !== null) batch.start(id, readWord(chunk['model']));
      // Groq reports at two places.
      const usage = readUsage(chunk['usage'] ?? readObject(chunk['x_groq'])?.['usage'], quirks.reasoningOutsideOutput);
      if (usage !== null) batch.report(usage);
      // Nobody asks for several answers: what has another index is not ours.
      const choices = readList(chunk['choices']).filter(isFirstChoice);
      const before = batch.counts();
      for (const choice of choices) readChoice(choice);
      const after = batch.counts();
      return usage === null && reason === null && after.texts === before.texts + 1 && after.others === before.others;
    },
    readText(text) {
      if (text !== '') batch.add({ type: 'text', text });
    },
    finish() {
      if (finished) return;
      if (reason === null) throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
      const rest = calls.end();
      if (rest.nameless) throw malformed(peer, 'sent a tool call without a name');
      for (const event of rest.events) batch.add(event);
      finished = true;
      batch.end({
        type: 'finished',
        reason: toFinishReason(reason, { toolCalls: calls.count, ...batch.spoken() }),
        providerReason: reason,
      });
    },
    take: () => batch.take(),
  };
}

function isFirstChoice(choice: unknown): choice is JsonObject {
  return isJsonObject(choice) && (readCount(choice['index']) ?? 0) === 0;
}

function failed(peer: Peer, reason: string): GatewayError {
  return new GatewayError('UPSTREAM_UNAVAILABLE', `${peer.name} failed in the middle of its answer.`, {
    cause: `The provider's finish reason: ${reason}`,
    details: { provider: peer.id },
  });
}
