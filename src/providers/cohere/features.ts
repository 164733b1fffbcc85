import type { Features } from '../wire/features.ts';

/** The format's own fields: https://docs.cohere.com/reference/chat */
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
  // The chosen tokens' own probabilities, without alternatives.
  topLogprobs: true,
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
  fileInput: false,
  audioInput: false,
  reasoning: true,
  signedReasoning: false,
  citations: true,
  cacheControl: false,
  embeddings: true,
};

export const featuresOf = (): Features => features;
