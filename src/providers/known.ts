import { toId } from '../domain/id.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';

/** A provider that needs nothing but a key. */
export interface KnownProvider {
  readonly id: string;
  readonly name: string;
  /** The environment variable that the provider's own documentation puts the key in. */
  readonly variable: string;
  readonly format: string;
  readonly baseUrl: string;
  readonly kin: string;
}

/** A server that people run on their own machine, by the port it takes unless told otherwise. */
export interface LocalServer {
  readonly id: string;
  readonly name: string;
  readonly format: string;
  readonly baseUrl: string;
  readonly kin: string;
}

/** Addresses and variables as the linked pages name them, 2026-11-22. */
export const knownProviders: readonly KnownProvider[] = [
  // https://platform.openai.com/docs/api-reference/authentication
  known('openai', 'OpenAI', { variable: 'OPENAI_API_KEY', baseUrl: 'https://api.openai.com/v1' }),
  // https://docs.mistral.ai/api
  known('mistral', 'Mistral', { variable: 'MISTRAL_API_KEY', baseUrl: 'https://api.mistral.ai/v1' }),
  // https://console.groq.com/docs/openai
  known('groq', 'Groq', { variable: 'GROQ_API_KEY', baseUrl: 'https://api.groq.com/openai/v1' }),
  // https://api-docs.deepseek.com
  known('deepseek', 'DeepSeek', { variable: 'DEEPSEEK_API_KEY', baseUrl: 'https://api.deepseek.com/v1' }),
  // https://docs.x.ai/docs/api-reference
  known('xai', 'xAI', { variable: 'XAI_API_KEY', baseUrl: 'https://api.x.ai/v1' }),
  // https://docs.perplexity.ai/api-reference/chat-completions-post
  known('perplexity', 'Perplexity', { variable: 'PERPLEXITY_API_KEY', baseUrl: 'https://api.perplexity.ai' }),
  // https://openrouter.ai/docs/api-reference/overview
  known('openrouter', 'OpenRouter', { variable: 'OPENROUTER_API_KEY', baseUrl: 'https://openrouter.ai/api/v1' }),
  // https://docs.together.ai/docs/openai-api-compatibility
  known('together', 'Together', { variable: 'TOGETHER_API_KEY', baseUrl: 'https://api.together.xyz/v1' }),
  // https://docs.fireworks.ai/tools-sdks/openai-compatibility
  known('fireworks', 'Fireworks', { variable: 'FIREWORKS_API_KEY', baseUrl: 'https://api.fireworks.ai/inference/v1' }),
  // https://inference-docs.cerebras.ai/resources/openai
  known('cerebras', 'Cerebras', { variable: 'CEREBRAS_API_KEY', baseUrl: 'https://api.cerebras.ai/v1' }),
  // https://platform.moonshot.ai/docs/api/chat
  known('moonshot', 'Moonshot', { variable: 'MOONSHOT_API_KEY', baseUrl: 'https://api.moonshot.ai/v1' }),
];

export const localServers: readonly LocalServer[] = [
  // https://docs.ollama.com/api/openai-compatibility
  local('ollama', 'Ollama', { port: 11_434, kin: 'ollama' }),
  // https://lmstudio.ai/docs/developer/openai-compat
  local('lmstudio', 'LM Studio', { port: 1234, kin: 'lmstudio' }),
  // https://github.com/ggml-org/llama.cpp/tree/master/tools/server
  local('llama-server', 'llama-server', { port: 8080, kin: 'llamacpp' }),
  // https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
  local('vllm', 'vLLM', { port: 8000, kin: 'vllm' }),
];

function known(id: string, name: string, rest: Pick<KnownProvider, 'variable' | 'baseUrl'>): KnownProvider {
  return { id, name, format: 'openai-chat', kin: id, ...rest };
}

function local(id: string, name: string, { port, kin }: { readonly port: number; readonly kin: string }): LocalServer {
  return { id, name, format: 'openai-chat', baseUrl: `http://127.0.0.1:${port}/v1`, kin };
}

const nothingSaid = { headers: {}, extraBody: {}, region: null, dataPolicies: null, discover: true } as const;

export function knownProviderSettings(provider: KnownProvider, apiKey: string): ProviderSettings {
  const { id, name, format, baseUrl, kin } = provider;
  return { ...nothingSaid, id: toId(id), name, format, baseUrl, kin, apiKey, source: 'CONFIG' };
}

export function localServerSettings({ id, name, format, baseUrl, kin }: LocalServer): ProviderSettings {
  return { ...nothingSaid, id: toId(id), name, format, baseUrl, kin, apiKey: null, source: 'PROVIDER' };
}
