import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { OutputFormat, SchemaMethod, Tool, ToolChoice } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import type { ParameterNames, Quirks } from './quirks.ts';
import type { WireTool } from './wire.ts';

/** The body's fields for what was asked for, and what had to be left out, in sentences for the caller. */
export interface Parameters {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
  readonly schemaMethod: SchemaMethod | null;
}

interface Wish {
  readonly parameter: keyof ParameterNames;
  /** What the caller knows it by. */
  readonly title: string;
  /** Null: not asked for. */
  readonly value: unknown;
  /** Fields that go with it. */
  readonly beside?: JsonObject;
  /** What is asked for where the provider lacks it. */
  readonly instead?: { readonly fields: JsonObject; readonly what: string };
}

/** Throws UNSUPPORTED_PARAMETER for what the provider lacks, where the call requires all of it. */
export function toParameters(call: ProviderCall, quirks: Quirks): Parameters {
  const fields: Record<string, unknown> = {};
  const warnings: string[] = [];
  for (const wish of wishes(call, quirks)) {
    if (wish.value === null) continue;
    const name = quirks.parameters[wish.parameter];
    if (name !== null) {
      Object.assign(fields, { [name]: wish.value }, wish.beside);
      continue;
    }
    if (call.requireParameters) throw unsupported(call, wish.title);
    Object.assign(fields, wish.instead?.fields);
    warnings.push(wish.instead?.what ?? leftOut(call, wish.title));
  }
  if (!quirks.messageNames && call.prompt.messages.some(({ name }) => name !== null)) {
    if (call.requireParameters) throw unsupported(call, 'messages.name');
    warnings.push(leftOut(call, 'messages.name'));
  }
  if (call.endUser !== null && quirks.parameters.endUser !== null) fields[quirks.parameters.endUser] = call.endUser;
  return { fields, warnings, schemaMethod: schemaMethodOf(call.prompt, quirks) };
}

function schemaMethodOf({ outputFormat }: Prompt, { parameters }: Quirks): SchemaMethod | null {
  if (outputFormat?.type !== 'jsonSchema') return null;
  return parameters.jsonSchema === null ? 'PROMPT' : 'NATIVE';
}

function leftOut({ offer }: ProviderCall, title: string): string {
  return `${title} was left out: ${offer.provider} does not have it.`;
}

function unsupported(call: ProviderCall, title: string): GatewayError {
  return new GatewayError('UNSUPPORTED_PARAMETER', `${call.offer.provider} does not have ${title}, which this call requires.`, {
    details: { parameter: title, provider: call.offer.provider },
  });
}

function wishes(call: ProviderCall, quirks: Quirks): readonly Wish[] {
  const { prompt } = call;
  const { sampling } = prompt;
  return [
    { parameter: 'maxOutputTokens', title: 'maxOutputTokens', value: call.maxOutputTokens },
    { parameter: 'temperature', title: 'temperature', value: sampling.temperature },
    { parameter: 'topP', title: 'topP', value: sampling.topP },
    { parameter: 'topK', title: 'topK', value: sampling.topK },
    { parameter: 'frequencyPenalty', title: 'frequencyPenalty', value: sampling.frequencyPenalty },
    { parameter: 'presencePenalty', title: 'presencePenalty', value: sampling.presencePenalty },
    { parameter: 'seed', title: 'seed', value: sampling.seed },
    { parameter: 'stop', title: 'stop', value: prompt.stop.length > 0 ? prompt.stop : null },
    { parameter: 'reasoningEffort', title: 'reasoningEffort', value: prompt.reasoningEffort?.toLowerCase() ?? null },
    { parameter: 'topLogprobs', title: 'topLogprobs', value: prompt.topLogprobs, beside: { logprobs: true } },
    { parameter: 'choices', title: 'n', value: prompt.choices > 1 ? prompt.choices : null },
    { parameter: 'modalities', title: 'modalities', value: prompt.modalities?.map((modality) => modality.toLowerCase()) ?? null },
    { parameter: 'audio', title: 'audio', value: toSpeech(call) },
    ...toolWishes(prompt),
    ...formatWishes(prompt.outputFormat, quirks),
  ];
}

/** Speech needs a voice; a stream's sound is PCM and nothing else: https://platform.openai.com/docs/guides/audio */
function toSpeech({ prompt: { modalities, audio }, streamed }: ProviderCall): JsonObject | null {
  if (modalities?.includes('AUDIO') !== true) return null;
  return { voice: audio?.voice ?? usualVoice, format: streamed ? 'pcm16' : (audio?.format ?? 'wav') };
}

const usualVoice = 'alloy';

/** A choice among no tools is an error to some providers and means nothing to all. */
function toolWishes(prompt: Prompt): readonly Wish[] {
  if (prompt.tools.length === 0) return [];
  return [
    { parameter: 'tools', title: 'tools', value: prompt.tools.map(toTool) },
    { parameter: 'toolChoice', title: 'toolChoice', value: prompt.toolChoice === null ? null : toToolChoice(prompt.toolChoice) },
    { parameter: 'parallelToolCalls', title: 'parallelToolCalls', value: prompt.parallelToolCalls },
  ];
}

function toTool({ name, description, parameters, strict }: Tool): WireTool {
  const about = { ...(description === null ? {} : { description }), ...(strict === null ? {} : { strict }) };
  return { type: 'function', function: { name, parameters, ...about } };
}

function toToolChoice(choice: ToolChoice): JsonValue {
  switch (choice.type) {
    case 'auto':
    case 'none':
    case 'required':
      return choice.type;
    case 'tool':
      return { type: 'function', function: { name: choice.name } };
    default:
      return choice satisfies never;
  }
}

const jsonObject = { type: 'json_object' } as const;

function formatWishes(format: OutputFormat | null, { parameters }: Quirks): readonly Wish[] {
  if (format === null || format.type === 'text') return [];
  if (format.type === 'json') return [{ parameter: 'jsonOutput', title: 'outputFormat.json', value: jsonObject }];
  const strict = format.strict === null ? {} : { strict: format.strict };
  return [
    {
      parameter: 'jsonSchema',
      title: 'outputFormat.jsonSchema',
      value: { type: 'json_schema', json_schema: { name: format.name, schema: format.schema, ...strict } },
      instead: {
        fields: parameters.jsonOutput === null ? {} : { [parameters.jsonOutput]: jsonObject },
        what: 'The provider does not have JSON schemas: the schema was put into words, and the answer is checked against it.',
      },
    },
  ];
}
