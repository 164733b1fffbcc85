import type { Features } from '../wire/features.ts';

/** The format's own fields: https://platform.openai.com/docs/api-reference/responses/create */
export const features: Features = {
  maxOutputTokens: true,
  temperature: true,
  topP: true,
  topK: false,
  frequencyPenalty: false,
  presencePenalty: false,
  seed: false,
  stop: false,
  n: false,
  topLogprobs: true,
  reasoningEffort: true,
  tools: true,
  toolChoice: true,
  parallelToolCalls: true,
  'outputFormat.json': true,
  'outputFormat.jsonSchema': true,
  imageOutput: false,
  audioOutput: false,
  'messages.name': false,
  imageInput: true,
  fileInput: true,
  audioInput: false,
  reasoning: true,
  signedReasoning: true,
  citations: true,
  cacheControl: false,
  embeddings: false,
};

export const featuresOf = (): Features => features;
