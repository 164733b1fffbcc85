import type { TokenUsage } from '../../domain/usage.ts';
import { readCount, readObject } from '../wire/json.ts';

/**
 * A report of usage in our meaning. `input_tokens` is what was neither read from the cache nor written to it: all three together are the input.
 * `message_delta` may report more than `message_start` did, and what it leaves out stands: the counts are merged one by one.
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance
 */
export interface UsageReader {
  /** Takes a report in; answers the usage so far, or null where the report says nothing. */
  read(value: unknown): TokenUsage | null;
}

export function createUsageReader(): UsageReader {
  let fresh: number | null = null;
  let cacheRead: number | null = null;
  let cacheWrite: number | null = null;
  let output: number | null = null;
  let thinking: number | null = null;
  return {
    read(value) {
      const usage = readObject(value);
      if (usage === null) return null;
      fresh = readCount(usage['input_tokens']) ?? fresh;
      cacheRead = readCount(usage['cache_read_input_tokens']) ?? cacheRead;
      cacheWrite = readCount(usage['cache_creation_input_tokens']) ?? cacheWrite;
      output = readCount(usage['output_tokens']) ?? output;
      thinking = readCount(readObject(usage['output_tokens_details'])?.['thinking_tokens']) ?? thinking;
      return {
        inputTokens: fresh === null ? null : fresh + (cacheRead ?? 0) + (cacheWrite ?? 0),
        cachedInputTokens: cacheRead,
        cacheWriteTokens: cacheWrite,
        outputTokens: output,
        reasoningTokens: thinking,
        basis: 'MEASURED',
      };
    },
  };
}
