import type { TokenUsage } from '../../domain/usage.ts';
import { readCount, readObject } from '../wire/json.ts';

/**
 * Usage in our meaning, which is that of versions 3 and 4: the totals include what is cached and what was thought. Version 2 has plain counts, in
 * which packages differ: unconfirmed for those. Null where nothing is reported.
 */
export function readUsage(value: unknown): TokenUsage | null {
  const usage = readObject(value);
  if (usage === null) return null;
  const input = readObject(usage['inputTokens']);
  const output = readObject(usage['outputTokens']);
  const read: TokenUsage = {
    inputTokens: readCount(input?.['total']) ?? readCount(usage['inputTokens']),
    cachedInputTokens: readCount(input?.['cacheRead']) ?? readCount(usage['cachedInputTokens']),
    cacheWriteTokens: readCount(input?.['cacheWrite']),
    outputTokens: readCount(output?.['total']) ?? readCount(usage['outputTokens']),
    reasoningTokens: readCount(output?.['reasoning']) ?? readCount(usage['reasoningTokens']),
    basis: 'MEASURED',
  };
  const counts = [read.inputTokens, read.cachedInputTokens, read.cacheWriteTokens, read.outputTokens, read.reasoningTokens];
  return counts.every((count) => count === null) ? null : read;
}
