import type { JsonObject } from '../../domain/json.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';

/** What a caller can ask for beside messages, as the body's fields are named; null: the provider has no such field. */
export interface ParameterNames {
  readonly maxOutputTokens: 'max_tokens' | 'max_completion_tokens';
  readonly temperature: string | null;
  readonly topP: string | null;
  readonly topK: string | null;
  readonly frequencyPenalty: string | null;
  readonly presencePenalty: string | null;
  readonly seed: string | null;
  readonly stop: string | null;
  readonly topLogprobs: string | null;
  readonly reasoningEffort: string | null;
  readonly tools: string | null;
  readonly toolChoice: string | null;
  readonly parallelToolCalls: string | null;
  readonly jsonOutput: string | null;
  readonly jsonSchema: string | null;
  /** The caller's end user: a tag, not a wish, so a provider without it is sent none and nothing is said. */
  readonly endUser: string | null;
}

/** How a provider differs from what most of its kin do. */
export interface Quirks {
  readonly parameters: ParameterNames;
  readonly developerRole: 'developer' | 'system';
  /** Whether an assistant's refusal goes back in a field of its own; else it goes back as text. */
  readonly refusalField: boolean;
  /** The field in which an assistant's reasoning goes back; null: it does not, as most ask for. */
  readonly reasoningField: 'reasoning_content' | 'reasoning' | null;
  /** How usage is asked for in a stream; null: it comes unasked, and the field may be refused. */
  readonly streamOptions: JsonObject | null;
  /** Whether reasoning tokens are counted beside `completion_tokens` instead of inside. */
  readonly reasoningOutsideOutput: boolean;
  readonly toolChoiceRequired: 'required' | 'any';
  readonly embeddingEncoding: 'base64' | 'float';
  /** The header of the key, and what stands before it. */
  readonly keyHeader: { readonly name: string; readonly prefix: string };
  /** What stands between the base address and `/chat/completions`; `{model}` is the offer's. */
  readonly modelPath: string;
}

/** An unknown server that says it is compatible: llama.cpp, vLLM, LM Studio and the like understand all of this. */
const common: Quirks = {
  parameters: {
    maxOutputTokens: 'max_tokens',
    temperature: 'temperature',
    topP: 'top_p',
    topK: 'top_k',
    frequencyPenalty: 'frequency_penalty',
    presencePenalty: 'presence_penalty',
    seed: 'seed',
    stop: 'stop',
    topLogprobs: 'top_logprobs',
    reasoningEffort: 'reasoning_effort',
    tools: 'tools',
    toolChoice: 'tool_choice',
    parallelToolCalls: 'parallel_tool_calls',
    jsonOutput: 'response_format',
    jsonSchema: 'response_format',
    endUser: 'user',
  },
  developerRole: 'system',
  refusalField: false,
  reasoningField: null,
  streamOptions: { include_usage: true },
  reasoningOutsideOutput: false,
  toolChoiceRequired: 'required',
  embeddingEncoding: 'base64',
  keyHeader: { name: 'authorization', prefix: 'Bearer ' },
  modelPath: '',
};

/** OpenAI's own servers, wherever they stand. */
const original: Partial<Quirks> = {
  parameters: { ...common.parameters, maxOutputTokens: 'max_completion_tokens', topK: null },
  developerRole: 'developer',
  refusalField: true,
};

const azure: Partial<Quirks> = { ...original, keyHeader: { name: 'api-key', prefix: '' } };

/** By kin; what a row does not say is as above. The links are the public references that decide, as of 2026-11-22. */
export const kinQuirks = {
  // https://platform.openai.com/docs/api-reference/chat/create; obfuscation only fills the chunks up to hide their length.
  openai: { ...original, streamOptions: { include_usage: true, include_obfuscation: false } },
  // https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle: …/openai/v1, the deployment's name as the model.
  azure,
  // https://learn.microsoft.com/azure/ai-foundry/openai/reference: …/openai?api-version=…, the deployment's name in the path.
  'azure-deployments': { ...azure, modelPath: '/deployments/{model}' },
  // https://docs.mistral.ai/api/#tag/chat: unknown fields are refused with 422; usage comes with the last chunk.
  mistral: {
    parameters: { ...common.parameters, topK: null, seed: 'random_seed', topLogprobs: null, reasoningEffort: null, endUser: null },
    streamOptions: null,
    toolChoiceRequired: 'any',
    embeddingEncoding: 'float',
  },
  // https://console.groq.com/docs/openai ("Currently unsupported OpenAI features").
  groq: { parameters: { ...common.parameters, maxOutputTokens: 'max_completion_tokens', topK: null, topLogprobs: null } },
  // https://api-docs.deepseek.com/api/create-chat-completion; reasoning has to go back with tool calls: …/guides/thinking_mode.
  deepseek: {
    parameters: { ...common.parameters, topK: null, seed: null, parallelToolCalls: null, jsonSchema: null, endUser: null },
    reasoningField: 'reasoning_content',
  },
  // https://docs.x.ai/docs/api-reference#chat-completions.
  xai: {
    parameters: { ...common.parameters, maxOutputTokens: 'max_completion_tokens', topK: null },
    reasoningOutsideOutput: true,
  },
  // https://docs.perplexity.ai/api-reference/chat-completions-post: usage comes with every chunk.
  perplexity: {
    parameters: {
      ...common.parameters,
      seed: null,
      stop: null,
      topLogprobs: null,
      tools: null,
      toolChoice: null,
      parallelToolCalls: null,
      jsonOutput: null,
      endUser: null,
    },
    streamOptions: null,
  },
  // https://openrouter.ai/docs/api-reference/parameters; usage is always sent.
  openrouter: { reasoningField: 'reasoning', streamOptions: null },
  // https://docs.together.ai/reference/chat-completions-1
  together: { embeddingEncoding: 'float' },
  // https://docs.fireworks.ai/api-reference/post-chatcompletions
  fireworks: { embeddingEncoding: 'float' },
  // https://inference-docs.cerebras.ai/resources/openai: these fields are answered with 400.
  cerebras: {
    parameters: {
      ...common.parameters,
      maxOutputTokens: 'max_completion_tokens',
      topK: null,
      frequencyPenalty: null,
      presencePenalty: null,
      parallelToolCalls: null,
    },
  },
  // https://platform.moonshot.ai/docs/api/chat
  moonshot: {
    parameters: { ...common.parameters, topK: null, seed: null, topLogprobs: null, parallelToolCalls: null, endUser: null },
    reasoningField: 'reasoning_content',
  },
  // https://docs.ollama.com/api/openai-compatibility ("Supported request fields").
  ollama: { parameters: { ...common.parameters, topK: null, parallelToolCalls: null, endUser: null } },
  // https://lmstudio.ai/docs/developer/openai-compat/chat-completions
  lmstudio: {},
  // https://github.com/ggml-org/llama.cpp/tree/master/tools/server
  llamacpp: {},
  // https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
  vllm: {},
} as const satisfies Record<string, Partial<Quirks>>;

/** By the settings' kin, else by the provider's id, else what most do. */
export function quirksOf({ id, kin }: Pick<ProviderSettings, 'id' | 'kin'>): Quirks {
  const rows: Readonly<Record<string, Partial<Quirks>>> = kinQuirks;
  return { ...common, ...rows[kin ?? id] };
}
