import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { MediaUsage, TokenUsage } from '../../domain/usage.ts';
import { readCount, readList, readObject } from '../wire/json.ts';

/**
 * Each chunk counts from the beginning: the last one holds. Input includes what was cached; `candidatesTokenCount` is without thoughts, output
 * is with them. https://ai.google.dev/api/generate-content#UsageMetadata
 */
export function readUsage(value: unknown): TokenUsage | null {
  const usage = readObject(value);
  if (usage === null) return null;
  const prompt = readCount(usage['promptTokenCount']);
  const said = readCount(usage['candidatesTokenCount']);
  const thought = readCount(usage['thoughtsTokenCount']);
  return {
    inputTokens: prompt === null ? null : prompt + (readCount(usage['toolUsePromptTokenCount']) ?? 0),
    cachedInputTokens: readCount(usage['cachedContentTokenCount']),
    cacheWriteTokens: null,
    // Nothing said yet is not told.
    outputTokens: said === null && thought === null ? null : (said ?? 0) + (thought ?? 0),
    reasoningTokens: thought,
    basis: 'MEASURED',
    ...readMedia(usage),
  };
}

function readMedia(usage: JsonObject): { readonly media?: MediaUsage } {
  if (usage['promptTokensDetails'] === undefined && usage['candidatesTokensDetails'] === undefined) return {};
  const { promptTokensDetails: input, candidatesTokensDetails: output } = usage;
  const media = {
    inputAudioTokens: tokensOf(input, 'AUDIO'),
    outputAudioTokens: tokensOf(output, 'AUDIO'),
    inputImageTokens: tokensOf(input, 'IMAGE'),
    outputImageTokens: tokensOf(output, 'IMAGE'),
  };
  return Object.values(media).every((count) => count === null) ? {} : { media };
}

/** A loop, because it runs for every piece of every answer. */
function tokensOf(details: unknown, modality: string): number | null {
  for (const row of readList(details)) {
    if (isJsonObject(row) && row['modality'] === modality) return readCount(row['tokenCount']);
  }
  return null;
}
