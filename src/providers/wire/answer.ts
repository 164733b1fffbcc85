import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { BodyType } from './body.ts';
import { parseJson, wholeLimitBytes } from './body.ts';
import type { Peer } from './failure.ts';
import { malformed } from './failure.ts';
import { createLineReader } from './lines.ts';
import type { SseReader } from './sse.ts';
import { createSseReader } from './sse.ts';
import type { EventReader } from './stream.ts';

/** Makes our events of a provider's JSON. What it throws ends the answer; what it had made before stays to be taken. */
export interface Interpreter {
  /** One event of a stream. */
  readEvent(event: JsonObject): void;
  /** An answer that came as one body. */
  readWhole(body: JsonObject): void;
  /** Nothing more will come. Throws UPSTREAM_MALFORMED where the answer is not whole. */
  finish(): void;
  take(): readonly ProviderEvent[];
  /** `finished` was made: nothing that may follow matters. */
  readonly finished: boolean;
}

export interface AnswerForm {
  readonly peer: Peer;
  readonly bodyType: BodyType;
  /** What was asked for; counts where the headers do not say what came. */
  readonly streamed: boolean;
}

/** By what came, not by what was asked: some servers ignore the wish for a stream. */
export function createAnswerReader(interpreter: Interpreter, { peer, bodyType, streamed }: AnswerForm): EventReader<ProviderEvent> {
  if (bodyType === 'other') throw malformed(peer, 'sent something that is neither JSON nor a stream of events');
  if (bodyType === 'lines') return createStreamReader(interpreter, peer, createLineReader);
  const events = bodyType === 'events' || (bodyType === 'unsaid' && streamed);
  return events ? createStreamReader(interpreter, peer, createSseReader) : createWholeReader(interpreter, peer);
}

/** Splits a stream into the JSON texts of its events. */
export type Splitter = (onEvent: (data: string) => void) => Pick<SseReader, 'read' | 'pendingBytes'> & { end?(): void };

export function createStreamReader(interpreter: Interpreter, peer: Peer, split: Splitter): EventReader<ProviderEvent> {
  const stream = split((data) => {
    if (!interpreter.finished) interpreter.readEvent(toObject(parseJson(data, peer), peer, 'an event'));
  });
  return {
    get finished() {
      return interpreter.finished;
    },
    get pendingBytes() {
      return stream.pendingBytes;
    },
    read: (piece) => stream.read(piece),
    end() {
      stream.end?.();
      interpreter.finish();
    },
    take: () => interpreter.take(),
  };
}

function createWholeReader(interpreter: Interpreter, peer: Peer): EventReader<ProviderEvent> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  return {
    get finished() {
      return interpreter.finished;
    },
    pendingBytes: 0,
    read(piece) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > wholeLimitBytes) throw malformed(peer, 'sent an answer of more than 64 MiB');
    },
    end() {
      interpreter.readWhole(toObject(parseJson(Buffer.concat(pieces).toString('utf8'), peer), peer, 'an answer'));
      interpreter.finish();
    },
    take: () => interpreter.take(),
  };
}

function toObject(value: unknown, peer: Peer, what: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw malformed(peer, `sent ${what} that is not an object`);
}
