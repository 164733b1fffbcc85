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
  readonly choices: string | null;
  readonly modalities: string | null;
  readonly audio: string | null;
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
  /** Whether messages have a `name`. */
  readonly messageNames: boolean;
  /** How parts of messages take `cache_control`: with the lifetime as Anthropic's models know it, or without; null: not, because they cache by themselves. */
  readonly cacheControl: 'timed' | 'untimed' | null;
  /** Whether reasoning tokens are counted beside `completion_tokens` instead of inside. */
  readonly reasoningOutsideOutput: boolean;
  readonly embeddingEncoding: 'base64' | 'float';
  readonly embeddingDimensions: 'dimensions' | 'output_dimension';
  /** The header of the key, and what stands before it. */
  readonly keyHeader: { readonly name: string; readonly prefix: string };
  /** What stands between the base address and `/chat/completions`; `{model}` is the offer's. */
  readonly modelPath: string;
}

/** An unknown server that says it is compatible: llama.cpp and vLLM have a field for all of this. */
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
    choices: 'n',
    modalities: null,
    audio: null,
    endUser: 'user',
  },
  developerRole: 'system',
  refusalField: false,
  reasoningField: null,
  streamOptions: { include_usage: true },
  messageNames: true,
  cacheControl: null,
  reasoningOutsideOutput: false,
  embeddingEncoding: 'base64',
  embeddingDimensions: 'dimensions',
  keyHeader: { name: 'authorization', prefix: 'Bearer ' },
  modelPath: '',
};

/**
 * OpenAI's own servers, wherever they stand: `max_tokens` is deprecated and not for reasoning models, there is no `top_k`, and an assistant has a
 * refusal (https://github.com/openai/openai-node/blob/master/src/resources/chat/completions/completions.ts).
 */
const original: Partial<Quirks> = {
  parameters: {
    ...common.parameters,
    maxOutputTokens: 'max_completion_tokens',
    topK: null,
    modalities: 'modalities',
    audio: 'audio',
  },
  developerRole: 'developer',
  refusalField: true,
};

// https://github.com/openai/openai-node/blob/master/src/azure.ts
const azure: Partial<Quirks> = { ...original, keyHeader: { name: 'api-key', prefix: '' } };

/**
 * By kin; what a row does not say is as above. Beside each row is what was read for it on 2026-11-22: the provider's documentation, or its own
 * client library, whose list of fields is taken for the provider's. A field that only some of a provider's models refuse is not missing here.
 * `n` stands in the lists of Mistral and Moonshot (up to 5, for some models); that Together, Fireworks and xAI take it is unconfirmed.
 */
export const kinQuirks = {
  // The same file: obfuscation only costs bandwidth to who trusts the network.
  openai: { ...original, streamOptions: { include_usage: true, include_obfuscation: false } },
  // https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle: …/openai/v1, the deployment's name as the model.
  azure,
  // The library's azure.ts: …/openai?api-version=…, the deployment's name in the path.
  'azure-deployments': { ...azure, modelPath: '/deployments/{model}' },
  // https://github.com/mistralai/client-ts/tree/main/src/models/components (chatcompletionstreamrequest.ts, embeddingrequest.ts) lists the fields;
  // others are refused with 422: https://github.com/mistralai/platform-docs-public/issues/7. In recorded streams usage comes with the last chunk,
  // and there is no `stream_options`. Its messages have no `name` (usermessage.ts). Vectors can be asked for in base64, but the library itself reads
  // numbers only.
  mistral: {
    parameters: { ...common.parameters, topK: null, seed: 'random_seed', topLogprobs: null, endUser: null },
    messageNames: false,
    streamOptions: null,
    embeddingEncoding: 'float',
    embeddingDimensions: 'output_dimension',
  },
  // https://console.groq.com/docs/openai: logprobs, `messages[].name` and `n` over 1 are refused with 400. By the client library groq-sdk 1.6.0 (src/resources/chat/completions.ts)
  // penalties are "not yet supported by any of our models", `max_tokens` is deprecated and there is no `top_k`.
  groq: {
    parameters: {
      ...common.parameters,
      maxOutputTokens: 'max_completion_tokens',
      topK: null,
      frequencyPenalty: null,
      presencePenalty: null,
      topLogprobs: null,
      choices: null,
    },
    messageNames: false,
  },
  // https://api-docs.deepseek.com/api/create-chat-completion, read in a copy (https://docs.hhw31.com/en/api/deepseek/create-chat-completion), lists
  // the fields; https://api-docs.deepseek.com/guides/json_mode.md knows JSON without a schema only; by
  // https://api-docs.deepseek.com/guides/thinking_mode.md reasoning has to go back with tool calls, and is ignored without them.
  deepseek: {
    parameters: { ...common.parameters, topK: null, seed: null, parallelToolCalls: null, jsonSchema: null, choices: null, endUser: null },
    reasoningField: 'reasoning_content',
  },
  // https://docs.x.ai/docs/api-reference, read in a copy (https://www.withone.ai/knowledge/x-ai/conn_mod_def%3A%3AGJ8XVadI5tM%3A%3ADPfbppXEQcykqfDIUoeNgw):
  // `max_tokens` is deprecated. In recorded streams the total is the sum of input, output and reasoning. That there is no `top_k` is unconfirmed:
  // the lists of fields that were read do not have it.
  xai: {
    parameters: { ...common.parameters, maxOutputTokens: 'max_completion_tokens', topK: null },
    reasoningOutsideOutput: true,
  },
  // The client library @perplexity-ai/perplexity_ai 0.38.5 (src/generated/api.ts) lists the fields; in a recorded stream each chunk has the usage.
  // Perplexity itself ended this format (see providers/known.ts): the row is for what still speaks like it.
  perplexity: {
    parameters: { ...common.parameters, seed: null, jsonOutput: null, choices: null, endUser: null },
    streamOptions: null,
  },
  // https://openrouter.ai/docs/client-sdks/typescript/models/chatstreamoptions: usage is always sent. By the client library @openrouter/sdk 1.3.19
  // (models/chatrequest, models/chatassistantmessage) `max_tokens` is deprecated and an assistant's message has `reasoning`; by its
  // models/anthropiccachecontroldirective parts have `cache_control`, with a lifetime of 5m or 1h. That there is no `n` is unconfirmed.
  openrouter: {
    parameters: { ...common.parameters, maxOutputTokens: 'max_completion_tokens', choices: null, modalities: 'modalities' },
    reasoningField: 'reasoning',
    streamOptions: null,
    cacheControl: 'timed',
  },
  // The client library together-ai 0.52.0 (src/resources/chat/completions.ts, src/resources/embeddings.ts) lists the fields: logprobs are asked for
  // by a number and come in a shape of their own, vectors come as numbers.
  together: {
    parameters: { ...common.parameters, topLogprobs: null, parallelToolCalls: null, endUser: null },
    embeddingEncoding: 'float',
  },
  // https://docs.fireworks.ai/tools-sdks/openai-compatibility: usage comes unasked with the last chunk. That vectors come in base64 is unconfirmed,
  // so numbers are asked for, which is the default of the format.
  fireworks: { streamOptions: null, embeddingEncoding: 'float' },
  // The client library @cerebras/cerebras_cloud_sdk 1.91.0 deprecates `max_tokens` and has no `top_k`. By https://inference-docs.cerebras.ai/resources/openai
  // penalties and `parallel_tool_calls` are refused with 400; unconfirmed, because the library lists them without saying so.
  cerebras: {
    parameters: {
      ...common.parameters,
      maxOutputTokens: 'max_completion_tokens',
      topK: null,
      frequencyPenalty: null,
      presencePenalty: null,
      parallelToolCalls: null,
      choices: null,
    },
  },
  // https://platform.kimi.ai/docs/api/chat; its list of fields was read in a copy
  // (https://github.com/api-evangelist/moonshot-ai/blob/main/openapi/moonshot-ai-chat-completions-api-openapi.yml).
  // Tool calls without their reasoning are refused: https://www.librechat.ai/docs/configuration/librechat_yaml/ai_endpoints/moonshot.
  moonshot: {
    parameters: {
      ...common.parameters,
      maxOutputTokens: 'max_completion_tokens',
      topK: null,
      seed: null,
      topLogprobs: null,
      parallelToolCalls: null,
      endUser: 'safety_identifier',
    },
    reasoningField: 'reasoning_content',
  },
  // https://docs.qwencloud.com/api-reference/chat/openai-chat for the format; the fields by the client library @ai-sdk/alibaba
  // (packages/alibaba/src/alibaba-chat-language-model.ts in https://github.com/vercel/ai), which has no `frequency_penalty`, thinks by
  // `enable_thinking` instead of an effort, and marks parts with `cache_control` without a lifetime. Unconfirmed, so left out: `n` (some models take
  // up to 4), logprobs, an end user, vectors in base64.
  alibaba: {
    parameters: {
      ...common.parameters,
      frequencyPenalty: null,
      topLogprobs: null,
      reasoningEffort: null,
      choices: null,
      endUser: null,
    },
    cacheControl: 'untimed',
    embeddingEncoding: 'float',
  },
  // https://docs.ollama.com/api/openai-compatibility ("Supported request fields"); base64 by https://github.com/ollama/ollama/blob/main/openai/openai.go.
  ollama: { parameters: { ...common.parameters, topK: null, parallelToolCalls: null, choices: null, endUser: null } },
  // https://lmstudio.ai/docs/developer/openai-compat/structured-output knows schemas; JSON without one is refused:
  // https://github.com/lmstudio-ai/lmstudio-bug-tracker/issues/189. Usage: https://lmstudio.ai/docs/developer/api-changelog (0.3.18).
  lmstudio: { parameters: { ...common.parameters, jsonOutput: null, choices: null } },
  // https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md, and tried against the server itself.
  llamacpp: {},
  // https://github.com/vllm-project/vllm/blob/main/vllm/entrypoints/openai/chat_completion/protocol.py; `user` is ignored.
  vllm: {},
} as const satisfies Record<string, Partial<Quirks>>;

/** By the settings' kin, else by the provider's id, else what most do. */
export function quirksOf({ id, kin }: Pick<ProviderSettings, 'id' | 'kin'>): Quirks {
  const rows: Readonly<Record<string, Partial<Quirks>>> = kinQuirks;
  return { ...common, ...rows[kin ?? id] };
}
