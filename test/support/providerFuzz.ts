import { GatewayError } from '../../src/domain/errors.ts';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { foldAnswer } from './foldAnswer.ts';
import type { StreamFormat } from './providerReaders.ts';
import { createRandom, mutate } from './streamMutants.ts';

/** How the cases of one format ended. */
export interface FuzzTally {
  readonly succeeded: number;
  readonly refused: number;
}

/**
 * Feeds mutated streams to a format's reader, in pieces of any size. Each must end as a success with its one `finished`, or with an error of
 * ours; a crash, or a success that is none, is thrown with the case that made it.
 */
export function fuzzFormat(format: StreamFormat, { cases, seed }: { readonly cases: number; readonly seed: number }): FuzzTally {
  const random = createRandom(seed);
  let succeeded = 0;
  for (let number = 0; number < cases; number++) {
    const stream = format.streams[Math.floor(random() * format.streams.length)] ?? Buffer.alloc(0);
    const { bytes, how } = mutate(stream, random);
    try {
      if (runCase(format, bytes, random)) succeeded++;
    } catch (cause) {
      throw new Error(`Case ${number} of ${format.folder} (seed ${seed}: ${how.join(', ')}) broke the promise.`, { cause });
    }
  }
  return { succeeded, refused: cases - succeeded };
}

/** True: it succeeded; false: it was refused in an orderly way. */
function runCase(format: StreamFormat, bytes: Buffer, random: () => number): boolean {
  const reader = format.open();
  const heard: ProviderEvent[] = [];
  try {
    for (let from = 0; from < bytes.length && !reader.finished; ) {
      const to = from + 1 + Math.floor(random() * 400);
      try {
        reader.read(bytes.subarray(from, to));
      } finally {
        heard.push(...reader.take());
      }
      from = to;
    }
    if (!reader.finished) reader.end();
    heard.push(...reader.take());
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (heard.some(({ type }) => type === 'finished')) throw new Error('It failed after it had finished.', { cause: error });
    return false;
  }
  if (foldAnswer(heard).reason === null) throw new Error('It succeeded without saying why it stopped.');
  if (({} as Record<string, unknown>)['polluted'] !== undefined) throw new Error('A prototype was changed.');
  return true;
}
