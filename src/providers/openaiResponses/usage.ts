import type { TokenUsage } from '../../domain/usage.ts';
import { readCount, readObject } from '../wire/json.ts';

/** Input includes what was cached, output what was thought. Null where nothing is reported. */
export function readUsage(value: unknown): TokenUsage | null {
  const usage = readObject(value);
  if (usage === null) return null;
  const input = readObject(usage['input_tokens_details']);
  return {
    inputTokens: readCount(usage['input_tokens']),
    cachedInputTokens: readCount(input?.['cached_tokens']),
    cacheWriteTokens: readCount(input?.['cache_write_tokens']),
    outputTokens: readCount(usage['output_tokens']),
    reasoningTokens: readCount(readObject(usage['output_tokens_details'])?.['reasoning_tokens']),
    basis: 'MEASURED',
  };
}
