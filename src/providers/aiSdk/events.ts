import type { GatewayError } from '../../domain/errors.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { SchemaMethod } from '../../domain/message.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import { createBatch } from '../wire/batch.ts';
import { malformed } from '../wire/failure.ts';
import { readList, readObject, readWord } from '../wire/json.ts';
import type { PartReaders } from './blocks.ts';
import { createBlocks } from './blocks.ts';
import { createSources, readFile } from './content.ts';
import { readFinish } from './finish.ts';
import { readOptions } from './seal.ts';
import { createToolCalls } from './toolCalls.ts';
import { readUsage } from './usage.ts';
import type { WarningTools } from './warnings.ts';
import { readWarnings } from './warnings.ts';

/** Makes our events of what a package says. What it throws ends the answer; what it had made before stays to be taken. */
export interface PartReader {
  /** One part of a stream. */
  readPart(part: unknown): void;
  /** An answer that was made as a whole. */
  readWhole(result: unknown): void;
  /** Nothing more will come. Throws UPSTREAM_MALFORMED where the answer is not whole. */
  end(): void;
  take(): readonly ProviderEvent[];
  readonly finished: boolean;
}

export interface AnswerContext extends WarningTools {
  readonly packageName: string;
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
  readonly toError: (thrown: unknown) => GatewayError;
}

export function createPartReader(context: AnswerContext): PartReader {
  const { peer, packageName } = context;
  const batch = createBatch(context);
  const add = (event: ProviderEvent): void => batch.add(event);
  const calls = createToolCalls(peer, add);
  const sources = createSources(add);
  const blocks = createBlocks({ packageName, sources, add });
  let finished = false;

  const warn = (warnings: unknown): void => {
    for (const message of readWarnings(warnings, context)) add({ type: 'warning', message });
  };
  const name = (response: JsonObject | null): void => batch.start(readWord(response?.['id']), readWord(response?.['modelId']));
  const finish = (part: JsonObject): void => {
    const usage = readUsage(part['usage']);
    if (usage !== null) batch.report(usage);
    const ended = readFinish(part['finishReason'], peer);
    sources.end();
    const fields = toJson(part['providerMetadata']);
    if (isJsonObject(fields) && Object.keys(fields).length > 0) add({ type: 'metadata', fields });
    finished = true;
    add({ type: 'finished', ...ended });
  };

  const readers: PartReaders = {
    ...blocks.streamed,
    'stream-start': (part) => warn(part['warnings']),
    'response-metadata': name,
    'tool-input-start': calls.begin,
    'tool-input-delta': calls.add,
    'tool-call': (part) => {
      const id = calls.whole(part);
      if (id !== null) blocks.seal({ of: 'call', id, options: readOptions(part['providerMetadata']) ?? {} });
    },
    source: sources.add,
    file: (part) => add(readFile(part)),
    error: (part) => {
      throw context.toError(part['error']);
    },
    finish,
  };
  /** Parts that are whole in an answer that was not streamed. */
  const wholeReaders: PartReaders = { ...readers, ...blocks.whole };
  const read = (part: unknown, known: PartReaders): void => {
    const type = isJsonObject(part) ? readWord(part['type']) : null;
    if (!isJsonObject(part) || type === null) throw malformed(peer, 'cannot be understood: its package said a part without a type');
    if (Object.hasOwn(known, type)) known[type]?.(part);
  };

  return {
    get finished() {
      return finished;
    },
    readPart(part) {
      if (!finished) read(part, readers);
    },
    readWhole(result) {
      const answer = readObject(result);
      if (answer === null) throw malformed(peer, 'cannot be understood: its package made no answer');
      warn(answer['warnings']);
      name(readObject(answer['response']));
      for (const part of readList(answer['content'])) read(part, wholeReaders);
      finish(answer);
    },
    end() {
      if (!finished) throw malformed(peer, 'ended its answer without saying why it stopped, so the answer is not whole');
    },
    take: () => batch.take(),
  };
}

/** Metadata may hold what JSON does not, for instance undefined. */
function toJson(value: unknown): JsonValue {
  try {
    return JSON.parse(JSON.stringify(value ?? null));
  } catch {
    // A ring, or a bigint: not worth an answer.
    return null;
  }
}
