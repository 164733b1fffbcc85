import type { Features } from '../wire/features.ts';

/** The format's own fields: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export const features: Features = {
  maxOutputTokens: true,
  temperature: true,
  topP: true,
  topK: false,
  frequencyPenalty: false,
  presencePenalty: false,
  seed: false,
  stop: true,
  n: false,
  topLogprobs: false,
  reasoningEffort: false,
  tools: true,
  toolChoice: true,
  parallelToolCalls: false,
  'outputFormat.json': false,
  'outputFormat.jsonSchema': 'TOOL',
  imageOutput: false,
  audioOutput: false,
  'messages.name': false,
  imageInput: true,
  fileInput: true,
  audioInput: false,
  reasoning: true,
  signedReasoning: true,
  citations: false,
  cacheControl: true,
  embeddings: true,
};

export const featuresOf = (): Features => features;
