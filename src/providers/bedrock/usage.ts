import type { TokenUsage } from '../../domain/usage.ts';
import { noUsage } from '../../domain/usage.ts';
import { readCount, readObject } from '../wire/json.ts';

/** `inputTokens` is what was neither read from the cache nor written to it: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html */
export function readUsage(value: unknown): TokenUsage | null {
  const usage = readObject(value);
  if (usage === null) return null;
  const fresh = readCount(usage['inputTokens']);
  const cached = readCount(usage['cacheReadInputTokens']);
  const written = readCount(usage['cacheWriteInputTokens']);
  return {
    ...noUsage,
    inputTokens: fresh === null ? null : fresh + (cached ?? 0) + (written ?? 0),
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    outputTokens: readCount(usage['outputTokens']),
  };
}
