import type { ProviderEvent } from '../../domain/providerEvent.ts';
import { parseJson, wholeLimitBytes } from '../wire/body.ts';
import { malformed } from '../wire/failure.ts';
import { readList, readObject } from '../wire/json.ts';
import { isFault } from '../wire/openaiError.ts';
import { createSseReader } from '../wire/sse.ts';
import type { EventReader } from '../wire/stream.ts';
import type { AnswerContext } from './events.ts';
import { createChunkReader } from './events.ts';
import { createTemplate } from './template.ts';
import { doneData } from './wire.ts';

/** Reads a stream of chunks. It is over at `[DONE]`, or at its end once a finish reason was seen: not all servers send the word. */
export function createStreamReader(context: AnswerContext): EventReader<ProviderEvent> {
  const chunks = createChunkReader(context);
  const template = createTemplate();
  const sse = createSseReader((data) => {
    if (chunks.finished) return;
    if (data === doneData) {
      chunks.finish();
      return;
    }
    const text = template.match(data);
    if (text !== null) {
      chunks.readText(text);
      return;
    }
    if (chunks.readChunk(parseJson(data, context.peer))) template.learn(data);
  });
  return {
    get finished() {
      return chunks.finished;
    },
    get pendingBytes() {
      return sse.pendingBytes;
    },
    read: (piece) => sse.read(piece),
    end: () => chunks.finish(),
    take: () => chunks.take(),
  };
}

/** Reads an answer that comes as one body: the same events in one batch. */
export function createWholeReader(context: AnswerContext): EventReader<ProviderEvent> {
  const chunks = createChunkReader(context);
  const pieces: Buffer[] = [];
  let bytes = 0;
  return {
    get finished() {
      return chunks.finished;
    },
    pendingBytes: 0,
    read(piece) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > wholeLimitBytes) throw malformed(context.peer, 'sent an answer of more than 64 MiB');
    },
    end() {
      const body = readObject(parseJson(Buffer.concat(pieces).toString('utf8'), context.peer));
      if (body === null) throw malformed(context.peer, 'sent an answer that is not an object');
      if (!isFault(body) && readList(body['choices']).length === 0) throw malformed(context.peer, 'sent an answer without a choice');
      chunks.readChunk(body);
      chunks.finish();
    },
    take: () => chunks.take(),
  };
}
