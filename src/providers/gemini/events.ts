import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';
import type { Interpreter } from '../wire/answer.ts';
import { createBatch } from '../wire/batch.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { fewerAnswers } from '../wire/fewerAnswers.ts';
import { readCount, readList, readObject, readWord } from '../wire/json.ts';
import type { Candidate } from './candidate.ts';
import { createCandidate } from './candidate.ts';
import { isFault } from './error.ts';
import { readUsage } from './usage.ts';

/** What a reader has to know of the call that is answered. */
export interface AnswerContext {
  readonly callId: string;
  readonly peer: Peer;
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
  /** How many answers were asked for. */
  readonly choices: number;
  /** What an error object inside an answer means. */
  toError(body: JsonObject): GatewayError;
}

/** The chunks of a stream, or the one body, which has the same form: https://ai.google.dev/api/generate-content#GenerateContentResponse */
export function createInterpreter(context: AnswerContext): Interpreter {
  const { callId, peer } = context;
  const batch = createBatch(context);
  const main = createCandidate({ callId, peer, index: 0, add: batch.add });
  const others = new Map<number, Candidate>();
  let finished = false;

  const candidateOf = (index: number): Candidate => {
    const known = index === 0 ? main : others.get(index);
    if (known !== undefined) return known;
    const other = createCandidate({ callId, peer, index, add: (event) => batch.add({ type: 'alternative', index, event }) });
    others.set(index, other);
    return other;
  };
  const read = (chunk: JsonObject): void => {
    if (isFault(chunk)) throw context.toError(chunk);
    batch.start(readWord(chunk['responseId']), readWord(chunk['modelVersion']));
    const usage = readUsage(chunk['usageMetadata']);
    if (usage !== null) batch.report(usage);
    const candidates = readList(chunk['candidates']).filter(isJsonObject);
    const blocked = readWord(readObject(chunk['promptFeedback'])?.['blockReason']);
    if (blocked !== null && candidates.length === 0) throw refusedPrompt(peer, blocked);
    for (const candidate of candidates) {
      const index = readCount(candidate['index']) ?? 0;
      // What was not asked for is not ours.
      if (index < context.choices) candidateOf(index).read(candidate);
    }
  };

  return {
    get finished() {
      return finished;
    },
    readEvent: read,
    readWhole(body) {
      if (!isFault(body) && !Array.isArray(body['candidates']) && readObject(body['promptFeedback']) === null)
        throw malformed(peer, 'sent an answer without candidates');
      read(body);
    },
    // No word ends a stream: its connection does.
    finish() {
      for (const other of others.values()) other.finish();
      fewerAnswers(peer, { asked: context.choices, given: 1 + others.size }).forEach(batch.add);
      main.finish();
      finished = true;
    },
    take: () => batch.take(),
  };
}

/** A blocked prompt comes with a good status and no candidates. */
function refusedPrompt(peer: Peer, reason: string): GatewayError {
  return new GatewayError('CONTENT_FILTERED', `${peer.name} refused the prompt by its content policy.`, {
    cause: `The provider's reason: ${reason}`,
    details: { provider: peer.id, status: 200 },
  });
}
