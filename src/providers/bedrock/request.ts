import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { Tool, ToolChoice } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';
import { grantWishes, schemaMethodOf } from '../wire/features.ts';
import type { Omissions } from '../wire/omissions.ts';
import { createOmissions } from '../wire/omissions.ts';
import { toBody } from '../wire/options.ts';
import { features } from './features.ts';
import { toConversation } from './messages.ts';
import type { Request } from './wire.ts';
import { format, schemaToolName } from './wire.ts';

/** See `BodyParts.own`. */
const ownFields = ['messages', 'system', 'inferenceConfig'];

/** Throws UNSUPPORTED_PARAMETER or INVALID_REQUEST. */
export function toRequest(call: ProviderCall, settings: ProviderSettings): Request {
  const { prompt } = call;
  const omissions = createOmissions(call);
  grantWishes(call, features, omissions);
  const schemaMethod = schemaMethodOf(prompt, features);
  const { system, messages } = toConversation(prompt.messages);
  const config = toConfig(call, omissions);
  const fields = {
    messages,
    ...(system.length === 0 ? {} : { system }),
    ...(Object.keys(config).length === 0 ? {} : { inferenceConfig: config }),
    ...(schemaMethod === 'TOOL' && prompt.outputFormat?.type === 'jsonSchema'
      ? toSchemaTool(prompt.outputFormat.schema, prompt)
      : toTools(prompt, omissions)),
  };
  const body = toBody({ call, settings, format, fields, own: ownFields, omissions });
  return { body, warnings: omissions.warnings, schemaMethod };
}

function toConfig({ prompt, maxOutputTokens }: ProviderCall, omissions: Omissions): JsonObject {
  const { temperature, topP } = prompt.sampling;
  if (temperature !== null && temperature > 1) omissions.note('temperature was lowered to 1, the highest that the provider takes.');
  return {
    ...(maxOutputTokens === null ? {} : { maxTokens: maxOutputTokens }),
    ...(temperature === null ? {} : { temperature: Math.min(temperature, 1) }),
    ...(topP === null ? {} : { topP }),
    ...(prompt.stop.length === 0 ? {} : { stopSequences: [...prompt.stop] }),
  };
}

/** That no tool is called can only be had by offering none, which the service refuses where the conversation has calls already. */
function toTools({ tools, toolChoice, messages }: Prompt, omissions: Omissions): JsonObject {
  if (tools.length === 0) return {};
  if (toolChoice?.type !== 'none') {
    const choice = toolChoice === null ? {} : { toolChoice: toChoice(toolChoice) };
    return { toolConfig: { tools: tools.map(toTool), ...choice } };
  }
  if (!messages.some(({ parts }) => parts.some(({ type }) => type === 'toolCall' || type === 'toolResult'))) return {};
  omissions.add('toolChoice', 'toolChoice none was left out: the provider has no word for it, and the conversation has tool calls.');
  return { toolConfig: { tools: tools.map(toTool) } };
}

/** The answer's tool beside the caller's own, one of which has to be called. */
function toSchemaTool(schema: JsonValue, { tools, toolChoice }: Prompt): JsonObject {
  const description = 'Gives the answer. Call it exactly once, with the whole answer.';
  const answer = { toolSpec: { name: schemaToolName, description, inputSchema: { json: schema } } };
  const others = toolChoice?.type === 'none' ? [] : tools;
  if (others.length === 0) return { toolConfig: { tools: [answer], toolChoice: { tool: { name: schemaToolName } } } };
  const choice = toolChoice?.type === 'tool' ? { tool: { name: toolChoice.name } } : { any: {} };
  return { toolConfig: { tools: [...others.map(toTool), answer], toolChoice: choice } };
}

function toTool({ name, description, parameters }: Tool): JsonObject {
  return { toolSpec: { name, ...(description === null ? {} : { description }), inputSchema: { json: parameters } } };
}

function toChoice(choice: Exclude<ToolChoice, { readonly type: 'none' }>): JsonObject {
  if (choice.type === 'tool') return { tool: { name: choice.name } };
  return choice.type === 'required' ? { any: {} } : { auto: {} };
}
