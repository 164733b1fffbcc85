import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { OutputFormat, Tool } from '../../domain/message.ts';
import type { ReasoningEffort } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { grantWishes, schemaMethodOf } from '../wire/features.ts';
import { createOmissions } from '../wire/omissions.ts';
import { ownOptions, toBody } from '../wire/options.ts';
import { features } from './features.ts';
import { toMessages } from './messages.ts';
import type { Request } from './wire.ts';
import { format } from './wire.ts';

/** See `BodyParts.own`. */
const ownFields = ['model', 'messages', 'stream', 'options'];

/** Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST. */
export function toRequest(call: ProviderCall, settings: ProviderSettings): Request {
  const { prompt, offer, streamed } = call;
  const omissions = createOmissions(call);
  grantWishes(call, features, omissions);
  const options = { ...optionsOf(call, settings), ...toOptions(call) };
  const fields = {
    model: offer.providerModel,
    messages: toMessages(prompt.messages),
    stream: streamed,
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...toFormat(prompt.outputFormat),
    // That no tool is called can only be had by offering none.
    ...(prompt.tools.length === 0 || prompt.toolChoice?.type === 'none' ? {} : { tools: prompt.tools.map(toTool) }),
    ...(prompt.reasoningEffort === null ? {} : { think: toThinking(prompt.reasoningEffort, offer.providerModel) }),
    ...(prompt.topLogprobs === null ? {} : { logprobs: true, top_logprobs: prompt.topLogprobs }),
  };
  // The caller's `options` were joined with what the call says; they are no replacement for it.
  const { options: _, ...others } = ownOptions(prompt.providerOptions, format, settings.id);
  const asked = { ...call, prompt: { ...prompt, providerOptions: { [format]: others } } };
  const body = toBody({ call: asked, settings, format, fields, own: ownFields, omissions });
  return { body, warnings: omissions.warnings, schemaMethod: schemaMethodOf(prompt, features) };
}

function optionsOf({ prompt }: ProviderCall, { id }: ProviderSettings): JsonObject {
  const options = ownOptions(prompt.providerOptions, format, id)['options'];
  // The cap of a budget.
  const { num_predict: _, ...rest } = isJsonObject(options) ? options : {};
  return rest;
}

function toOptions({ prompt, maxOutputTokens }: ProviderCall): JsonObject {
  const { temperature, topP, topK, frequencyPenalty, presencePenalty, seed } = prompt.sampling;
  const options: Readonly<Record<string, JsonValue>> = {
    num_predict: maxOutputTokens,
    temperature,
    top_p: topP,
    top_k: topK,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    seed,
    stop: prompt.stop.length === 0 ? null : [...prompt.stop],
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
}

function toFormat(format: OutputFormat | null): JsonObject {
  if (format === null || format.type === 'text') return {};
  return { format: format.type === 'json' ? 'json' : format.schema };
}

function toTool({ name, description, parameters }: Tool): JsonObject {
  return { type: 'function', function: { name, parameters, ...(description === null ? {} : { description }) } };
}

/** On or off. Only gpt-oss has levels, which other models refuse: https://docs.ollama.com/capabilities/thinking */
function toThinking(effort: ReasoningEffort, model: string): boolean | string {
  if (effort === 'NONE') return false;
  if (!model.includes('gpt-oss')) return true;
  return effort === 'MINIMAL' ? 'low' : effort.toLowerCase();
}
