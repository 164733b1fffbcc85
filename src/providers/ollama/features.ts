import type { Features } from '../wire/features.ts';

/** The format's own fields: https://docs.ollama.com/api/chat, https://docs.ollama.com/modelfile#parameter */
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
  topLogprobs: true,
  reasoningEffort: true,
  tools: true,
  toolChoice: false,
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
  citations: false,
  cacheControl: false,
  embeddings: true,
};

export const featuresOf = (): Features => features;
