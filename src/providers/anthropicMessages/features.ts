import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Features } from '../wire/features.ts';

/**
 * The format's own fields (https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/resources/messages/messages.ts). Schemas are
 * `output_config.format`, which other servers of the format do not know: there the one tool that must be called takes its place.
 */
export function featuresOf({ id, kin }: Pick<ProviderSettings, 'id' | 'kin'>): Features {
  return {
    maxOutputTokens: true,
    temperature: true,
    topP: true,
    topK: true,
    frequencyPenalty: false,
    presencePenalty: false,
    seed: false,
    stop: true,
    n: false,
    topLogprobs: false,
    reasoningEffort: isAnthropic(id, kin),
    tools: true,
    toolChoice: true,
    parallelToolCalls: true,
    'outputFormat.json': false,
    'outputFormat.jsonSchema': isAnthropic(id, kin) ? true : 'TOOL',
    imageOutput: false,
    audioOutput: false,
    'messages.name': false,
    imageInput: true,
    fileInput: true,
    audioInput: false,
    reasoning: true,
    signedReasoning: true,
    citations: true,
    cacheControl: true,
    embeddings: false,
  };
}

function isAnthropic(id: string, kin: string | null): boolean {
  return (kin ?? id) === 'anthropic';
}
