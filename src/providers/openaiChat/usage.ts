import type { JsonObject } from '../../domain/json.ts';
import type { TokenUsage } from '../../domain/usage.ts';
import { readCount, readObject } from '../wire/json.ts';

/**
 * A report of usage in our meaning: input with what was cached, output with what was thought. Null where there is none.
 * Cached input is told in four places: OpenAI and most, DeepSeek, Moonshot and Together.
 */
export function readUsage(value: unknown, reasoningOutsideOutput: boolean): TokenUsage | null {
  const usage = readObject(value);
  if (usage === null) return null;
  const input = readObject(usage['prompt_tokens_details']);
  const inputTokens = readCount(usage['prompt_tokens']);
  const reasoningTokens = readCount(readObject(usage['completion_tokens_details'])?.['reasoning_tokens']);
  return {
    inputTokens,
    cachedInputTokens:
      readCount(input?.['cached_tokens']) ?? readCount(usage['prompt_cache_hit_tokens']) ?? readCount(usage['cached_tokens']),
    cacheWriteTokens: readCount(input?.['cache_write_tokens']),
    outputTokens: reasoningOutsideOutput ? outputWithReasoning(usage, reasoningTokens) : readCount(usage['completion_tokens']),
    reasoningTokens,
    basis: 'MEASURED',
  };
}

/** Where the total shows that reasoning is inside already, nothing is added. */
function outputWithReasoning(usage: JsonObject, reasoningTokens: number | null): number | null {
  const said = readCount(usage['completion_tokens']);
  if (said === null || reasoningTokens === null) return said;
  const total = readCount(usage['total_tokens']);
  const input = readCount(usage['prompt_tokens']);
  return total !== null && input !== null && total === input + said ? said : said + reasoningTokens;
}
