import { GatewayError } from '../../domain/errors.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Tool } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import { instanceOfSchema } from './jsonBySchema.ts';
import { textOf } from './promptText.ts';
import type { Random } from './random.ts';
import { toTokens } from './words.ts';

/**
 * The tools that the answer calls; none: it answers with text. After a tool's result it always answers with text, so that every
 * conversation with tools comes to an end. Else the option `toolCall` decides; then the tool choice; then, where the choice is free,
 * the last message: a user calls for a tool by writing its name. Several are called in parallel, unless the prompt forbids it.
 */
export function calledTools(prompt: Prompt, wanted: readonly string[] | null): readonly Tool[] {
  const last = prompt.messages.at(-1);
  if (prompt.tools.length === 0 || last?.role === 'TOOL' || prompt.toolChoice?.type === 'none') return [];
  if (wanted !== null) return inParallel(prompt, findTools(prompt, wanted, 'providerOptions.sandbox.toolCall'));
  if (prompt.toolChoice?.type === 'tool') return findTools(prompt, [prompt.toolChoice.name], 'toolChoice');
  const text = last?.role === 'USER' ? textOf(last).toLowerCase() : '';
  const named = prompt.tools.filter((tool) => text.includes(tool.name.toLowerCase()));
  if (named.length === 0 && prompt.toolChoice?.type === 'required') return prompt.tools.slice(0, 1);
  return inParallel(prompt, named);
}

/** The tokens of the calls: each call's id and name first, then its arguments, made by the tool's schema, in fragments. */
export function toolCallTokens(tools: readonly Tool[], random: Random): readonly ProviderEvent[] {
  return tools.flatMap((tool, index): readonly ProviderEvent[] => {
    const id = `call_${random.integer(0, 0xff_ff_ff_ff).toString(16).padStart(8, '0')}_${index}`;
    const fragments = toTokens(JSON.stringify(argumentsOf(tool, random)));
    return [
      { type: 'toolCall', index, id, name: tool.name, arguments: '' },
      ...fragments.map((text): ProviderEvent => ({ type: 'toolCall', index, id: null, name: null, arguments: text })),
    ];
  });
}

function argumentsOf(tool: Tool, random: Random): unknown {
  if (!isJsonObject(tool.parameters)) return {};
  const made = instanceOfSchema({ type: 'object', ...tool.parameters }, random);
  return isJsonObject(made) ? made : {};
}

function inParallel(prompt: Prompt, tools: readonly Tool[]): readonly Tool[] {
  return prompt.parallelToolCalls === false ? tools.slice(0, 1) : tools;
}

function findTools(prompt: Prompt, names: readonly string[], field: string): readonly Tool[] {
  return names.map((name) => {
    const tool = prompt.tools.find((candidate) => candidate.name === name);
    if (tool === undefined)
      throw new GatewayError('INVALID_REQUEST', `${field} must name one of the call's tools.`, { details: { field } });
    return tool;
  });
}
