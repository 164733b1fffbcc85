import { toId } from '../domain/id.ts';
import type { ProviderSettings } from '../ports/providerSettings.ts';

/** A provider that needs nothing but a key. */
export interface KnownProvider {
  readonly id: string;
  readonly name: string;
  /** The environment variable that the provider's own documentation or client library takes the key from. */
  readonly variable: string;
  readonly format: string;
  /** `{name}` stands for an option. */
  readonly baseUrl: string;
  readonly kin: string | null;
  /** The variables of a key's further parts, and of settings, by the format's names of them. One with `?` may be unset. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, string>>;
}

/** A server that people run on their own machine, by the port it takes unless told otherwise. */
export interface LocalServer {
  readonly id: string;
  readonly name: string;
  readonly format: string;
  readonly baseUrl: string;
  readonly kin: string;
}

/**
 * Addresses and variables as the linked pages, or the provider's own client library, name them: read on 2026-11-22. Addresses are not taken from
 * the environment. Perplexity is not here: it supported chat completions only until 2026-09-27
 * (https://github.com/vercel/ai/releases/tag/@ai-sdk%2Fperplexity@3.1.0).
 */
export const knownProviders: readonly KnownProvider[] = [
  // https://github.com/openai/openai-node/blob/master/src/client.ts, the organization and the project of the account included
  {
    ...known('openai', 'OpenAI', { variable: 'OPENAI_API_KEY', baseUrl: 'https://api.openai.com/v1' }),
    options: { organization: 'OPENAI_ORG_ID?', project: 'OPENAI_PROJECT_ID?' },
  },
  // https://github.com/anthropics/anthropic-sdk-typescript/blob/main/src/client.ts
  {
    ...known('anthropic', 'Anthropic', { variable: 'ANTHROPIC_API_KEY', baseUrl: 'https://api.anthropic.com/v1' }),
    format: 'anthropic-messages',
    kin: null,
  },
  // https://ai.google.dev/gemini-api/docs/api-key
  {
    ...known('gemini', 'Google Gemini', { variable: 'GEMINI_API_KEY', baseUrl: 'https://generativelanguage.googleapis.com/v1beta' }),
    format: 'gemini',
    kin: null,
  },
  // https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html, and the region of the service's own tools
  {
    ...known('bedrock', 'Amazon Bedrock', {
      variable: 'AWS_BEARER_TOKEN_BEDROCK',
      baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
    }),
    format: 'bedrock',
    kin: null,
    options: { region: 'AWS_REGION' },
  },
  // https://docs.cohere.com/reference/about, https://github.com/cohere-ai/cohere-typescript
  { ...known('cohere', 'Cohere', { variable: 'CO_API_KEY', baseUrl: 'https://api.cohere.com/v2' }), format: 'cohere', kin: null },
  // https://github.com/mistralai/client-ts (README.md for the key, src/lib/config.ts for the address)
  known('mistral', 'Mistral', { variable: 'MISTRAL_API_KEY', baseUrl: 'https://api.mistral.ai/v1' }),
  // https://console.groq.com/docs/openai
  known('groq', 'Groq', { variable: 'GROQ_API_KEY', baseUrl: 'https://api.groq.com/openai/v1' }),
  // https://api-docs.deepseek.com/quick_start/your_first_api_call.md
  known('deepseek', 'DeepSeek', { variable: 'DEEPSEEK_API_KEY', baseUrl: 'https://api.deepseek.com' }),
  // https://docs.x.ai/api/integrations
  known('xai', 'xAI', { variable: 'XAI_API_KEY', baseUrl: 'https://api.x.ai/v1' }),
  // https://github.com/OpenRouterTeam/typescript-sdk (README.md for the key, src/lib/config.ts for the address)
  known('openrouter', 'OpenRouter', { variable: 'OPENROUTER_API_KEY', baseUrl: 'https://openrouter.ai/api/v1' }),
  // https://docs.together.ai/docs/inference/openai-compatibility
  known('together', 'Together', { variable: 'TOGETHER_API_KEY', baseUrl: 'https://api.together.ai/v1' }),
  // https://docs.fireworks.ai/tools-sdks/openai-compatibility, https://github.com/fw-ai-external/python-sdk/blob/main/src/fireworks/_client.py
  known('fireworks', 'Fireworks', { variable: 'FIREWORKS_API_KEY', baseUrl: 'https://api.fireworks.ai/inference/v1' }),
  // https://inference-docs.cerebras.ai/resources/openai
  known('cerebras', 'Cerebras', { variable: 'CEREBRAS_API_KEY', baseUrl: 'https://api.cerebras.ai/v1' }),
  // https://platform.kimi.ai/docs/api/quickstart
  known('moonshot', 'Moonshot', { variable: 'MOONSHOT_API_KEY', baseUrl: 'https://api.moonshot.ai/v1' }),
  // https://docs.qwencloud.com/api-reference/chat/openai-chat; other regions, and a workspace's own address, by `baseUrl`.
  known('alibaba', 'Alibaba Cloud', { variable: 'DASHSCOPE_API_KEY', baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' }),
];

/** Ports as the linked pages name them: read on 2026-11-22. */
export const localServers: readonly LocalServer[] = [
  // https://docs.ollama.com/api/openai-compatibility
  local('ollama', 'Ollama', { port: 11_434, kin: 'ollama' }),
  // https://lmstudio.ai/docs/developer
  local('lmstudio', 'LM Studio', { port: 1234, kin: 'lmstudio' }),
  // https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
  local('llama-server', 'llama-server', { port: 9931, kin: 'llamacpp' }),
  // Its port before: https://github.com/ggml-org/llama.cpp/pull/26508
  local('llama-server-8080', 'llama-server (port 8080)', { port: 8080, kin: 'llamacpp' }),
  // https://docs.vllm.ai/en/stable/serving/openai_compatible_server/
  local('vllm', 'vLLM', { port: 8000, kin: 'vllm' }),
];

function known(id: string, name: string, rest: Pick<KnownProvider, 'variable' | 'baseUrl'>): KnownProvider {
  return { id, name, format: 'openai-chat', kin: id, ...rest };
}

function local(id: string, name: string, { port, kin }: { readonly port: number; readonly kin: string }): LocalServer {
  return { id, name, format: 'openai-chat', baseUrl: `http://127.0.0.1:${port}/v1`, kin };
}

const nothingSaid = {
  headers: {},
  extraBody: {},
  region: null,
  dataPolicies: null,
  discover: true,
  credentials: {},
  options: {},
  proxyUrl: null,
  connectTimeoutMs: 10_000,
} as const;

/** What the environment says for a known provider. */
export interface KnownKey {
  readonly apiKey: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
}

export function knownProviderSettings(provider: KnownProvider, key: KnownKey): ProviderSettings {
  const { id, name, format, kin, variable } = provider;
  const baseUrl = fillAddress(provider.baseUrl, key.options);
  return { ...nothingSaid, ...key, id: toId(id), name, format, baseUrl, kin, keyName: variable, source: 'CONFIG' };
}

/** An address with the options that stand in it. */
export function fillAddress(address: string, options: Readonly<Record<string, string>>): string {
  return address.replaceAll(/\{(\w+)\}/g, (whole, name: string) => options[name] ?? whole);
}

export function localServerSettings({ id, name, format, baseUrl, kin }: LocalServer): ProviderSettings {
  return { ...nothingSaid, id: toId(id), name, format, baseUrl, kin, apiKey: null, keyName: null, source: 'PROVIDER' };
}
