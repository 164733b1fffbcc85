import type { Features } from '../wire/features.ts';

/**
 * What the specification has a place for, version 4: https://github.com/vercel/ai/tree/main/packages/provider/src/language-model/v4. What a package
 * leaves out of it, it says itself in its warnings. Whether it asks for a schema by a field of its provider's, by a tool or in words, it does not say.
 */
export const features: Features = {
  maxOutputTokens: true,
  temperature: true,
  topP: true,
  topK: true,
  frequencyPenalty: true,
  presencePenalty: true,
  seed: true,
  stop: true,
  n: false,
  topLogprobs: false,
  reasoningEffort: true,
  tools: true,
  toolChoice: true,
  parallelToolCalls: false,
  'outputFormat.json': true,
  'outputFormat.jsonSchema': true,
  imageOutput: false,
  audioOutput: false,
  'messages.name': false,
  imageInput: true,
  fileInput: true,
  audioInput: true,
  reasoning: true,
  signedReasoning: true,
  citations: true,
  cacheControl: true,
  embeddings: true,
};

export const featuresOf = (): Features => features;
