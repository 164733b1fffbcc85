import { GatewayError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { ProviderAdapter } from '../ports/provider.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';
import { createAiSdk } from './aiSdk/adapter.ts';
import { createAnthropicMessages } from './anthropicMessages/adapter.ts';
import { createBedrock } from './bedrock/adapter.ts';
import { createCohere } from './cohere/adapter.ts';
import type { FormatName } from './formatNames.ts';
import { formatNames } from './formatNames.ts';
import { createGemini } from './gemini/adapter.ts';
import { createOllama } from './ollama/adapter.ts';
import { createOpenaiChat } from './openaiChat/adapter.ts';
import { createOpenaiResponses } from './openaiResponses/adapter.ts';

export interface ProviderTools {
  readonly clock: Clock;
}

type ProviderMaker = (settings: ProviderSettings, tools: ProviderTools) => ProviderAdapter;

/** The wire formats that settings can name. The sandbox is none: it speaks to nobody, so `app.ts` makes it. */
const formats: Readonly<Record<FormatName, ProviderMaker>> = {
  'openai-chat': createOpenaiChat,
  'openai-responses': createOpenaiResponses,
  'anthropic-messages': createAnthropicMessages,
  gemini: createGemini,
  bedrock: createBedrock,
  cohere: createCohere,
  ollama: createOllama,
  'ai-sdk': createAiSdk,
};

/** Opens no connection before the first call. Throws INVALID_REQUEST where the format is not known. */
export function createProvider(settings: ProviderSettings, tools: ProviderTools): ProviderAdapter {
  const format = formatNames.find((name) => name === settings.format);
  if (format !== undefined) return formats[format](settings, tools);
  const known = formatNames.join(', ');
  throw new GatewayError('INVALID_REQUEST', `Provider ${settings.id} has the unknown format ${settings.format}; known are: ${known}.`, {
    details: { provider: settings.id, formats: formatNames },
  });
}
