import type { GatewayError } from '../../domain/errors.ts';
import type { CompletionId } from '../../domain/id.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import { createBatch } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { fewerAnswers } from '../wire/fewerAnswers.ts';
import { readCount, readList, readObject, readWord } from '../wire/json.ts';
import { isFault } from '../wire/openaiError.ts';
import type { Choice } from './choice.ts';
import { createChoice } from './choice.ts';
import { createFactReader } from './facts.ts';
import type { Quirks } from './quirks.ts';
import { readUsage } from './usage.ts';

/** What a reader has to know of the call that is answered. */
export interface AnswerContext {
  readonly callId: CompletionId;
  readonly peer: Peer;
  readonly quirks: Quirks;
  readonly warnings: readonly string[];
  /** How many answers were asked for. */
  readonly choices: number;
  readonly schemaMethod: SchemaMethod | null;
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
  const batch = createBatch(context);
  const main = createChoice({ callId, peer, index: 0, add: batch.add });
  const others = new Map<number, Choice>();
  const readFacts = createFactReader();
  let finished = false;

  const choiceOf = (index: number): Choice => {
    const known = index === 0 ? main : others.get(index);
    if (known !== undefined) return known;
    const other = createChoice({ callId, peer, index, add: (event) => batch.add({ type: 'alternative', index, event }) });
    others.set(index, other);
    return other;
  };
  const readChoice = (choice: unknown): void => {
    if (!isJsonObject(choice)) return;
    const index = readCount(choice['index']) ?? 0;
    // What was not asked for is not ours.
    if (index < context.choices) choiceOf(index).read(choice);
  };
  const addFacts = (chunk: JsonObject): void => {
    const { fields, sources } = readFacts(chunk);
    if (fields !== null) batch.add({ type: 'metadata', fields });
    for (const citation of sources) batch.add({ type: 'citation', citation });
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
      const before = batch.counts();
      readList(chunk['choices']).forEach(readChoice);
      addFacts(chunk);
      const after = batch.counts();
      return usage === null && main.reason === null && after.texts === before.texts + 1 && after.others === before.others;
    },
    readText(text) {
      if (text !== '') batch.add({ type: 'text', text });
    },
    finish() {
      if (finished) return;
      if (main.reason !== null) for (const other of others.values()) other.finish();
      if (main.reason !== null) fewerAnswers(peer, { asked: context.choices, given: 1 + others.size }).forEach(batch.add);
      main.finish();
      finished = true;
    },
    take: () => batch.take(),
  };
}
