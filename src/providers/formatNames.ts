/** The wire formats that settings can name. Apart from their adapters, so that reading a configuration does not load those. */
export const formatNames = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'bedrock',
  'cohere',
  'ollama',
  'ai-sdk',
] as const;

export type FormatName = (typeof formatNames)[number];
