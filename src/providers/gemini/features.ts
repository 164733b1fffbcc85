import type { Features } from '../wire/features.ts';

/** The format's own fields: https://ai.google.dev/api/generate-content#generationconfig */
export const features: Features = {
  maxOutputTokens: true,
  temperature: true,
  topP: true,
  topK: true,
  frequencyPenalty: true,
  presencePenalty: true,
  seed: true,
  stop: true,
  n: true,
  topLogprobs: true,
  reasoningEffort: true,
  tools: true,
  toolChoice: true,
  parallelToolCalls: false,
  'outputFormat.json': true,
  'outputFormat.jsonSchema': true,
  imageOutput: true,
  audioOutput: true,
  'messages.name': false,
  imageInput: true,
  fileInput: true,
  audioInput: true,
  reasoning: true,
  signedReasoning: true,
  citations: true,
  cacheControl: false,
  embeddings: true,
};

export const featuresOf = (): Features => features;
