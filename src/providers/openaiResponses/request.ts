import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { OutputFormat, Tool, ToolChoice } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Wish } from '../wire/features.ts';
import { grantWishes, schemaMethodOf } from '../wire/features.ts';
import { createOmissions } from '../wire/omissions.ts';
import { toBody } from '../wire/options.ts';
import { features } from './features.ts';
import { toItems } from './items.ts';
import type { Request } from './wire.ts';
import { format } from './wire.ts';

/** See `BodyParts.own`. `store`: what is asked is kept nowhere unless the operator says so. */
const ownFields = ['model', 'input', 'stream', 'stream_options', 'max_output_tokens', 'previous_response_id', 'conversation', 'background'];

/** Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST. */
export function toRequest(call: ProviderCall, settings: ProviderSettings): Request {
  const { prompt, offer, streamed, maxOutputTokens } = call;
  const omissions = createOmissions(call);
  const granted = grantWishes(call, features, omissions);
  const { temperature, topP } = prompt.sampling;
  const fields = {
    model: offer.providerModel,
    input: toItems(prompt.messages),
    stream: streamed,
    // Obfuscation only costs bandwidth to who trusts the network.
    ...(streamed && settings.kin !== 'llamacpp' ? { stream_options: { include_obfuscation: false } } : {}),
    store: false,
    ...toIncludes(call),
    ...(maxOutputTokens === null ? {} : { max_output_tokens: maxOutputTokens }),
    ...(temperature === null ? {} : { temperature }),
    ...(topP === null ? {} : { top_p: topP }),
    ...(prompt.topLogprobs === null ? {} : { top_logprobs: prompt.topLogprobs }),
    ...toReasoning(prompt),
    ...toFormat(prompt.outputFormat),
    ...toTools(prompt, granted),
    ...(call.endUser === null ? {} : { safety_identifier: call.endUser }),
  };
  const body = toBody({ call, settings, format, fields, own: ownFields, omissions });
  return { body, warnings: omissions.warnings, schemaMethod: schemaMethodOf(prompt, features) };
}

/** Models that do not think refuse to be asked for encrypted thoughts: https://github.com/pydantic/pydantic-ai/issues/2865 */
const thoughtless = /^(?:ft:)?(?:gpt-[34]|chatgpt-|gpt-5(?:\.\d+)?-chat)/;

/** Since nothing is stored, thoughts have to come along to go back. */
function toIncludes({ prompt, offer }: ProviderCall): JsonObject {
  const thinks = offer.capabilities?.includes('REASONING') ?? !thoughtless.test(offer.providerModel);
  const include = [
    ...(thinks ? ['reasoning.encrypted_content'] : []),
    ...(prompt.topLogprobs === null ? [] : ['message.output_text.logprobs']),
  ];
  return include.length === 0 ? {} : { include };
}

/** A summary is all of a thought that is ever shown. */
function toReasoning({ reasoningEffort }: Prompt): JsonObject {
  if (reasoningEffort === null) return {};
  const effort = reasoningEffort.toLowerCase();
  return { reasoning: reasoningEffort === 'NONE' ? { effort } : { effort, summary: 'auto' } };
}

function toFormat(format: OutputFormat | null): JsonObject {
  if (format === null || format.type === 'text') return {};
  if (format.type === 'json') return { text: { format: { type: 'json_object' } } };
  const { name, schema, strict } = format;
  return { text: { format: { type: 'json_schema', name, schema, ...(strict === null ? {} : { strict }) } } };
}

function toTools({ tools, toolChoice, parallelToolCalls }: Prompt, granted: ReadonlySet<Wish>): JsonObject {
  if (!granted.has('tools')) return {};
  return {
    tools: tools.map(toTool),
    ...(toolChoice === null ? {} : { tool_choice: toToolChoice(toolChoice) }),
    ...(parallelToolCalls === null ? {} : { parallel_tool_calls: parallelToolCalls }),
  };
}

/** Unlike in chat completions, tools are strict unless they say that they are not. */
function toTool({ name, description, parameters, strict }: Tool): JsonObject {
  return { type: 'function', name, parameters, strict: strict ?? false, ...(description === null ? {} : { description }) };
}

function toToolChoice(choice: ToolChoice): JsonValue {
  return choice.type === 'tool' ? { type: 'function', name: choice.name } : choice.type;
}
