import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { OutputFormat, Tool, ToolChoice } from '../../domain/message.ts';
import type { Prompt, ReasoningEffort } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { grantWishes, schemaMethodOf } from '../wire/features.ts';
import { createOmissions } from '../wire/omissions.ts';
import { ownOptions, toBody } from '../wire/options.ts';
import { toConversation, traitsOf } from './contents.ts';
import { features } from './features.ts';
import type { Request } from './wire.ts';
import { format } from './wire.ts';

/** See `BodyParts.own`. */
const ownFields = ['contents', 'systemInstruction', 'generationConfig'];

/** Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST. */
export function toRequest(call: ProviderCall, settings: ProviderSettings): Request {
  const { prompt } = call;
  const omissions = createOmissions(call);
  grantWishes(call, features, omissions);
  const { system, contents } = toConversation(prompt.messages, traitsOf(call.offer.providerModel));
  const config = { ...optionsOf(call, settings), ...toConfig(call) };
  const fields = {
    contents,
    ...(system.length === 0 ? {} : { systemInstruction: { parts: system } }),
    ...(prompt.tools.length === 0 ? {} : { tools: [{ functionDeclarations: prompt.tools.map(toDeclaration) }] }),
    ...(prompt.tools.length === 0 || prompt.toolChoice === null
      ? {}
      : { toolConfig: { functionCallingConfig: toChoice(prompt.toolChoice) } }),
    ...(Object.keys(config).length === 0 ? {} : { generationConfig: config }),
  };
  // The caller's options for `generationConfig` were joined with what the call says; they are no replacement for it.
  const { generationConfig: _, ...options } = ownOptions(prompt.providerOptions, format, settings.id);
  const asked = { ...call, prompt: { ...prompt, providerOptions: { [format]: options } } };
  const body = toBody({ call: asked, settings, format, fields, own: ownFields, omissions });
  return { body, warnings: omissions.warnings, schemaMethod: schemaMethodOf(prompt, features) };
}

function optionsOf({ prompt }: ProviderCall, { id }: ProviderSettings): JsonObject {
  const options = ownOptions(prompt.providerOptions, format, id)['generationConfig'];
  // The cap of a budget, and how many answers it is for.
  const { maxOutputTokens: _, candidateCount: __, ...rest } = isJsonObject(options) ? options : {};
  return rest;
}

function toConfig({ prompt, maxOutputTokens, offer }: ProviderCall): JsonObject {
  const { sampling, stop, topLogprobs, choices, reasoningEffort, outputFormat } = prompt;
  const { temperature, topP, topK, frequencyPenalty, presencePenalty, seed } = sampling;
  const config: Record<string, unknown> = {
    maxOutputTokens,
    temperature,
    topP,
    topK,
    frequencyPenalty,
    presencePenalty,
    seed,
    stopSequences: stop.length === 0 ? null : stop,
    candidateCount: choices > 1 ? choices : null,
    responseLogprobs: topLogprobs === null ? null : true,
    logprobs: topLogprobs === null || topLogprobs === 0 ? null : topLogprobs,
    thinkingConfig: reasoningEffort === null ? null : toThinking(reasoningEffort, offer.providerModel),
    ...toFormat(outputFormat),
    ...toModalities(prompt),
  };
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null)) as JsonObject;
}

/** Before Gemini 3 a budget of tokens, since then a level: https://ai.google.dev/gemini-api/docs/thinking */
const budgets: Readonly<Record<ReasoningEffort, number>> = { NONE: 0, MINIMAL: 512, LOW: 1024, MEDIUM: 8192, HIGH: 24_576 };
/** Gemini 2.5 Pro cannot be kept from thinking. */
const leastOfPro = 128;

/** Which of these a model has, it says by refusing the others. */
const levels: Readonly<Record<ReasoningEffort, string>> = {
  NONE: 'minimal',
  MINIMAL: 'minimal',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
};

function toThinking(effort: ReasoningEffort, model: string): JsonObject {
  const includeThoughts = effort !== 'NONE';
  return /gemini-[12]\b/.test(model)
    ? { thinkingBudget: Math.max(budgets[effort], model.includes('gemini-2.5-pro') ? leastOfPro : 0), includeThoughts }
    : { thinkingLevel: levels[effort], includeThoughts };
}

function toFormat(format: OutputFormat | null): JsonObject {
  if (format === null || format.type === 'text') return {};
  const json = { responseMimeType: 'application/json' };
  return format.type === 'json' ? json : { ...json, responseJsonSchema: format.schema };
}

function toModalities({ modalities, audio }: Prompt): JsonObject {
  if (modalities === null) return {};
  const voice = audio?.voice ?? null;
  return {
    responseModalities: [...modalities],
    ...(voice === null ? {} : { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice } } } }),
  };
}

function toDeclaration({ name, description, parameters }: Tool): JsonObject {
  return { name, ...(description === null ? {} : { description }), parametersJsonSchema: parameters };
}

function toChoice(choice: ToolChoice): JsonObject {
  switch (choice.type) {
    case 'auto':
      return { mode: 'AUTO' };
    case 'none':
      return { mode: 'NONE' };
    case 'required':
      return { mode: 'ANY' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] };
    default:
      return choice satisfies never;
  }
}
