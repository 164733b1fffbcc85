import type { OutputFormat, Tool, ToolChoice } from '../../domain/message.ts';
import type { Prompt, Sampling } from '../../domain/prompt.ts';
import type { CompletionInput, OutputFormatInput, ToolChoiceInput, ToolInput } from '../generated/schemaTypes.ts';
import { invalid, readList, readNumber, readObject, readText } from './check.ts';
import { toMessage } from './message.ts';

const mostChoices = 8;
const noArguments = { type: 'object', properties: {} };

/** The part of a call that a provider reads. Throws INVALID_REQUEST, naming the path. */
export function toPrompt(input: CompletionInput, path: string): Prompt {
  const messages = readList(input.messages, `${path}.messages`, { least: 1 });
  const tools = toTools(input.tools ?? [], `${path}.tools`);
  return {
    messages: messages.map((message, index) => toMessage(message, `${path}.messages[${index}]`)),
    tools,
    toolChoice: toToolChoice(input.toolChoice, tools, `${path}.toolChoice`),
    parallelToolCalls: input.parallelToolCalls ?? null,
    outputFormat: toOutputFormat(input.outputFormat, `${path}.outputFormat`),
    sampling: toSampling(input, path),
    stop: readList(input.stop ?? [], `${path}.stop`, { most: 16 }).map(
      (text, index) => readText(text, `${path}.stop[${index}]`, 1000) ?? '',
    ),
    reasoningEffort: input.reasoningEffort ?? null,
    topLogprobs: readNumber(input.topLogprobs, `${path}.topLogprobs`, { least: 0, most: 20 }),
    choices: readNumber(input.n, `${path}.n`, { least: 1, most: mostChoices }) ?? 1,
    modalities: toModalities(input.modalities, `${path}.modalities`),
    audio: toSpeech(input.audio),
    providerOptions: readObject(input.providerOptions, `${path}.providerOptions`),
  };
}

/** Null where only text is asked for: it is what every model gives. */
function toModalities(modalities: CompletionInput['modalities'], path: string): Prompt['modalities'] {
  if (modalities === null || modalities === undefined) return null;
  const asked = [...new Set(readList(modalities, path, { least: 1 }))];
  return asked.length === 1 && asked[0] === 'TEXT' ? null : asked;
}

function toSpeech(audio: CompletionInput['audio']): Prompt['audio'] {
  return audio === null || audio === undefined ? null : { voice: audio.voice ?? null, format: audio.format ?? null };
}

function toSampling(input: CompletionInput, path: string): Sampling {
  return {
    temperature: readNumber(input.temperature, `${path}.temperature`, { least: 0, most: 2 }),
    topP: readNumber(input.topP, `${path}.topP`, { least: 0, most: 1 }),
    topK: readNumber(input.topK, `${path}.topK`, { least: 1 }),
    frequencyPenalty: readNumber(input.frequencyPenalty, `${path}.frequencyPenalty`, { least: -2, most: 2 }),
    presencePenalty: readNumber(input.presencePenalty, `${path}.presencePenalty`, { least: -2, most: 2 }),
    seed: input.seed ?? null,
  };
}

function toTools(inputs: readonly ToolInput[], path: string): readonly Tool[] {
  const names = new Set<string>();
  return readList(inputs, path, { most: 128 }).map((input, index) => {
    const { name } = input;
    if (!/^[a-zA-Z0-9_.-]{1,128}$/.test(name))
      throw invalid(`${path}[${index}].name`, 'must be 1 to 128 letters, digits, "_", "." or "-".');
    if (names.has(name)) throw invalid(`${path}[${index}].name`, 'two tools have this name.');
    names.add(name);
    const given = input.parameters ?? noArguments;
    return {
      name,
      description: input.description ?? null,
      parameters: readObject(given, `${path}[${index}].parameters`),
      strict: input.strict ?? null,
    };
  });
}

function toToolChoice(input: ToolChoiceInput | null | undefined, tools: readonly Tool[], path: string): ToolChoice | null {
  if (input === null || input === undefined) return null;
  if (input.mode === 'NONE') return { type: 'none' };
  if (tools.length === 0) throw invalid(path, 'there are no tools to choose from.');
  if (input.mode !== undefined) return { type: input.mode === 'AUTO' ? 'auto' : 'required' };
  const name = input.tool;
  if (!tools.some((tool) => tool.name === name)) throw invalid(`${path}.tool`, 'no tool has this name.');
  return { type: 'tool', name };
}

function toOutputFormat(input: OutputFormatInput | null | undefined, path: string): OutputFormat | null {
  if (input === null || input === undefined) return null;
  if (input.mode !== undefined) return { type: input.mode === 'JSON' ? 'json' : 'text' };
  const { name, schema, strict } = input.jsonSchema;
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) throw invalid(`${path}.jsonSchema.name`, 'must be 1 to 64 letters, digits, "_" or "-".');
  return { type: 'jsonSchema', name, schema: readObject(schema, `${path}.jsonSchema.schema`), strict: strict ?? null };
}
