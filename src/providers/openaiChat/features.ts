import type { Features } from '../wire/features.ts';
import type { Quirks } from './quirks.ts';

/** The table of quirks as callers see it. */
export function featuresOf({ parameters, cacheControl, messageNames }: Quirks): Features {
  return {
    maxOutputTokens: true,
    temperature: parameters.temperature !== null,
    topP: parameters.topP !== null,
    topK: parameters.topK !== null,
    frequencyPenalty: parameters.frequencyPenalty !== null,
    presencePenalty: parameters.presencePenalty !== null,
    seed: parameters.seed !== null,
    stop: parameters.stop !== null,
    n: parameters.choices !== null,
    topLogprobs: parameters.topLogprobs !== null,
    reasoningEffort: parameters.reasoningEffort !== null,
    tools: parameters.tools !== null,
    toolChoice: parameters.toolChoice !== null,
    parallelToolCalls: parameters.parallelToolCalls !== null,
    'outputFormat.json': parameters.jsonOutput !== null,
    'outputFormat.jsonSchema': parameters.jsonSchema === null ? 'PROMPT' : true,
    imageOutput: parameters.modalities !== null,
    audioOutput: parameters.audio !== null,
    'messages.name': messageNames,
    imageInput: true,
    fileInput: true,
    audioInput: true,
    reasoning: true,
    signedReasoning: false,
    citations: true,
    cacheControl: cacheControl !== null,
    embeddings: true,
  };
}
