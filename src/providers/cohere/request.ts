import type { JsonObject } from '../../domain/json.ts';
import type { OutputFormat, Tool, ToolChoice } from '../../domain/message.ts';
import type { Prompt, ReasoningEffort } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { grantWishes, schemaMethodOf } from '../wire/features.ts';
import type { Omissions } from '../wire/omissions.ts';
import { createOmissions } from '../wire/omissions.ts';
import { toBody } from '../wire/options.ts';
import { features } from './features.ts';
import { toMessages } from './messages.ts';
import type { Request } from './wire.ts';
import { format } from './wire.ts';

/** See `BodyParts.own`. */
const ownFields = ['model', 'messages', 'stream', 'max_tokens'];

/** Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST. */
export function toRequest(call: ProviderCall, settings: ProviderSettings): Request {
  const { prompt, offer, streamed, maxOutputTokens } = call;
  const omissions = createOmissions(call);
  grantWishes(call, features, omissions);
  const fields = {
    model: offer.providerModel,
    messages: toMessages(prompt.messages),
    stream: streamed,
    ...(maxOutputTokens === null ? {} : { max_tokens: maxOutputTokens }),
    ...toSampling(prompt, omissions),
    ...toFormat(prompt.outputFormat),
    ...toTools(prompt, omissions),
    ...(prompt.reasoningEffort === null ? {} : { thinking: toThinking(prompt.reasoningEffort) }),
  };
  const body = toBody({ call, settings, format, fields, own: ownFields, omissions });
  return { body, warnings: omissions.warnings, schemaMethod: schemaMethodOf(prompt, features) };
}

function toSampling({ sampling, stop, topLogprobs }: Prompt, omissions: Omissions): JsonObject {
  const { temperature, topP, topK, frequencyPenalty, presencePenalty, seed } = sampling;
  if ((topLogprobs ?? 0) > 0)
    omissions.note('Of topLogprobs only the chosen tokens’ own probabilities are reported: the provider has no alternatives.');
  return {
    ...(temperature === null ? {} : { temperature }),
    ...(topP === null ? {} : { p: topP }),
    ...(topK === null ? {} : { k: topK }),
    ...(frequencyPenalty === null ? {} : { frequency_penalty: frequencyPenalty }),
    ...(presencePenalty === null ? {} : { presence_penalty: presencePenalty }),
    ...(seed === null ? {} : { seed }),
    ...(stop.length === 0 ? {} : { stop_sequences: [...stop] }),
    ...(topLogprobs === null ? {} : { logprobs: true }),
  };
}

function toFormat(format: OutputFormat | null): JsonObject {
  if (format === null || format.type === 'text') return {};
  return { response_format: { type: 'json_object', ...(format.type === 'json' ? {} : { json_schema: format.schema }) } };
}

function toTools({ tools, toolChoice }: Prompt, omissions: Omissions): JsonObject {
  if (tools.length === 0) return {};
  const choice = toChoice(toolChoice, tools, omissions);
  const strict = tools.some((tool) => tool.strict === true);
  return {
    tools: choice.tools.map(toTool),
    ...(choice.word === null ? {} : { tool_choice: choice.word }),
    ...(strict ? { strict_tools: true } : {}),
  };
}

/** The format has no way to name one tool: the others are left out. */
function toChoice(
  choice: ToolChoice | null,
  tools: readonly Tool[],
  omissions: Omissions,
): { readonly word: 'REQUIRED' | 'NONE' | null; readonly tools: readonly Tool[] } {
  if (choice === null || choice.type === 'auto') return { word: null, tools };
  if (choice.type === 'none') return { word: 'NONE', tools };
  if (choice.type === 'required') return { word: 'REQUIRED', tools };
  if (tools.length > 1) omissions.note(`Of the tools only ${choice.name} was offered: the provider has no way to demand one of several.`);
  return { word: 'REQUIRED', tools: tools.filter(({ name }) => name === choice.name) };
}

function toTool({ name, description, parameters }: Tool): JsonObject {
  return { type: 'function', function: { name, parameters, ...(description === null ? {} : { description }) } };
}

/** https://docs.cohere.com/docs/reasoning: on, off, or on within a budget. */
const budgets: Readonly<Record<Exclude<ReasoningEffort, 'NONE'>, number | null>> = { MINIMAL: 256, LOW: 1024, MEDIUM: 4096, HIGH: null };

function toThinking(effort: ReasoningEffort): JsonObject {
  if (effort === 'NONE') return { type: 'disabled' };
  const budget = budgets[effort];
  return { type: 'enabled', ...(budget === null ? {} : { token_budget: budget }) };
}
