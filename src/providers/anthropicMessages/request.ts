import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { SchemaMethod, Tool, ToolChoice } from '../../domain/message.ts';
import type { Prompt, ReasoningEffort } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import type { Features, Wish } from '../wire/features.ts';
import { grantWishes, schemaMethodOf } from '../wire/features.ts';
import type { Omissions } from '../wire/omissions.ts';
import { createOmissions } from '../wire/omissions.ts';
import { ownOptions, toBody } from '../wire/options.ts';
import { toConversation } from './messages.ts';
import { traitsOf } from './model.ts';
import { toThinking } from './thinking.ts';
import type { Request, WireTool } from './wire.ts';
import { format } from './wire.ts';

/** See `BodyParts.own`. */
const ownFields = ['model', 'messages', 'system', 'stream', 'max_tokens'];

/** The format demands a cap. What is sent where neither the caller, a budget nor the model's own limit gives one. */
const usualMaxTokens = 4096;

/** Stands for the answer's form where the provider has no field for schemas. */
const schemaToolName = 'answer';

const nothingThought = { fields: {}, config: {} };

/** Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST. */
export function toRequest(call: ProviderCall, features: Features, settings: ProviderSettings): Request {
  const { prompt, offer, streamed } = call;
  const omissions = createOmissions(call);
  const granted = grantWishes(call, features, omissions);
  const traits = traitsOf(offer.providerModel);
  const method = schemaMethodOf(prompt, features);
  const schemaMethod = method === 'NATIVE' && !traits.schema ? 'TOOL' : method;
  const schema = prompt.outputFormat?.type === 'jsonSchema' ? prompt.outputFormat.schema : null;
  const maxTokens = call.maxOutputTokens ?? offer.maxOutputTokens ?? usualMaxTokens;
  const { citations, ...options } = ownOptions(prompt.providerOptions, format, settings.id);
  const { system, messages } = toConversation(prompt.messages, citations);
  const effort = granted.has('reasoningEffort') ? effortOf(prompt, schemaMethod, omissions) : null;
  const thought = effort === null ? nothingThought : toThinking(effort, { traits, maxTokens, omissions });
  const config = { ...thought.config, ...(schemaMethod === 'NATIVE' ? { format: { type: 'json_schema', schema } } : {}) };
  const fields = {
    model: offer.providerModel,
    max_tokens: maxTokens,
    messages,
    ...(system.length === 0 ? {} : { system }),
    stream: streamed,
    ...toSampling(prompt, omissions),
    ...thought.fields,
    ...(Object.keys(config).length === 0 ? {} : { output_config: config }),
    ...(schemaMethod === 'TOOL' ? toSchemaTool(schema ?? {}, prompt) : toTools(prompt, granted)),
    ...(call.endUser === null ? {} : { metadata: { user_id: call.endUser } }),
  };
  // `citations` was for the documents of the conversation; the body has no such field.
  const asked = { ...call, prompt: { ...prompt, providerOptions: { [format]: options } } };
  const body = toBody({ call: asked, settings, format, fields, own: ownFields, omissions });
  return { body, warnings: omissions.warnings, schemaTool: schemaMethod === 'TOOL' ? schemaToolName : null, schemaMethod };
}

/** Who must call a tool may not think: https://platform.claude.com/docs/en/build-with-claude/extended-thinking#extended-thinking-with-tool-use */
function effortOf({ reasoningEffort }: Prompt, schemaMethod: SchemaMethod | null, omissions: Omissions): ReasoningEffort | null {
  if (schemaMethod !== 'TOOL' || reasoningEffort === null || reasoningEffort === 'NONE') return reasoningEffort;
  omissions.add(
    'reasoningEffort',
    'reasoningEffort was left out: a schema is asked for by a tool here, and who must call one may not think.',
  );
  return null;
}

function toSampling({ sampling, stop }: Prompt, omissions: Omissions): JsonObject {
  const { temperature, topP, topK } = sampling;
  if (temperature !== null && temperature > 1) omissions.note('temperature was lowered to 1, the highest that the provider takes.');
  return {
    ...(temperature === null ? {} : { temperature: Math.min(temperature, 1) }),
    ...(topP === null ? {} : { top_p: topP }),
    ...(topK === null ? {} : { top_k: topK }),
    ...(stop.length === 0 ? {} : { stop_sequences: [...stop] }),
  };
}

function toTools(prompt: Prompt, granted: ReadonlySet<Wish>): JsonObject {
  if (!granted.has('tools')) return {};
  const tools = prompt.tools.map(toTool);
  const choice = toToolChoice(prompt.toolChoice, prompt.parallelToolCalls);
  return choice === null ? { tools } : { tools, tool_choice: choice };
}

/** The answer's tool beside the caller's own, one of which has to be called. */
function toSchemaTool(schema: JsonValue, { tools, toolChoice, parallelToolCalls }: Prompt): JsonObject {
  const description = 'Gives the answer. Call it exactly once, with the whole answer.';
  const answer = { name: schemaToolName, description, input_schema: schema };
  const others = toolChoice?.type === 'none' ? [] : tools;
  if (others.length === 0) return { tools: [answer], tool_choice: { type: 'tool', name: schemaToolName } };
  const choice = toToolChoice(toolChoice?.type === 'tool' ? toolChoice : { type: 'required' }, parallelToolCalls);
  return { tools: [...others.map(toTool), answer], tool_choice: choice };
}

function toTool({ name, description, parameters, strict }: Tool): WireTool {
  return {
    name,
    ...(description === null ? {} : { description }),
    input_schema: parameters,
    ...(strict === null ? {} : { strict }),
  };
}

/** That several calls at once are unwanted stands inside the choice, so it makes one. */
function toToolChoice(choice: ToolChoice | null, parallel: boolean | null): JsonObject | null {
  if (choice === null && parallel === null) return null;
  const single = parallel === false && choice?.type !== 'none' ? { disable_parallel_tool_use: true } : {};
  if (choice === null) return { type: 'auto', ...single };
  switch (choice.type) {
    case 'auto':
      return { type: 'auto', ...single };
    case 'none':
      return { type: 'none' };
    case 'required':
      return { type: 'any', ...single };
    case 'tool':
      return { type: 'tool', name: choice.name, ...single };
    default:
      return choice satisfies never;
  }
}
