import type { ProviderSettings } from '../ports/providerSettings.ts';
import { featuresOf as aiSdk } from './aiSdk/features.ts';
import { featuresOf as anthropicMessages } from './anthropicMessages/features.ts';
import { featuresOf as bedrock } from './bedrock/features.ts';
import { featuresOf as cohere } from './cohere/features.ts';
import type { FormatName } from './formatNames.ts';
import { featuresOf as gemini } from './gemini/features.ts';
import { featuresOf as ollama } from './ollama/features.ts';
import { featuresOf as openaiChat } from './openaiChat/features.ts';
import { quirksOf } from './openaiChat/quirks.ts';
import { featuresOf as openaiResponses } from './openaiResponses/features.ts';
import type { Features } from './wire/features.ts';

type FeatureSubject = Pick<ProviderSettings, 'id' | 'kin'>;

/** Each format's own word: `docs/providers.md` is made of it (`npm run providers:table`). */
export const featureTable: Readonly<Record<FormatName, (subject: FeatureSubject) => Features>> = {
  'openai-chat': (subject) => openaiChat(quirksOf(subject)),
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  bedrock,
  cohere,
  ollama,
  'ai-sdk': aiSdk,
};
