import type { JsonObject } from './json.ts';
import type { Message, Modality, OutputFormat, Speech, Tool, ToolChoice } from './message.ts';

export type ReasoningEffort = 'NONE' | 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH';

/** How the next token is drawn; null leaves it to the provider. */
export interface Sampling {
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly topK: number | null;
  readonly frequencyPenalty: number | null;
  readonly presencePenalty: number | null;
  readonly seed: number | null;
}

/** What a provider is asked: the part of a request that does not depend on who asks or where it goes. */
export interface Prompt {
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice | null;
  readonly parallelToolCalls: boolean | null;
  readonly outputFormat: OutputFormat | null;
  readonly sampling: Sampling;
  readonly stop: readonly string[];
  readonly reasoningEffort: ReasoningEffort | null;
  /** How many alternatives a token is reported with; 0: the chosen token's own only; null: none. */
  readonly topLogprobs: number | null;
  /** How many answers are asked for, 1 or more. */
  readonly choices: number;
  /** In what the answer is given; null: text. */
  readonly modalities: readonly Modality[] | null;
  /** How a spoken answer is spoken; null where none is asked for. */
  readonly audio: Speech | null;
  /** Passed through, by provider id or format; unknown ones are ignored. */
  readonly providerOptions: JsonObject;
}

/** The bytes of everything a provider would read: the bound of its input tokens. */
export function promptBytes(prompt: Prompt): number {
  return bytesOf(prompt, Number.POSITIVE_INFINITY);
}

/** The same, but for images, files and sounds: these are read as far fewer tokens than their bytes would be as text. */
export function likelyBytes(prompt: Prompt): number {
  return bytesOf(prompt, likelyMediaBytes);
}

/** A picture, a file or a sound, as if it were text: about a thousand tokens. */
export const likelyMediaBytes = 4096;

function bytesOf(prompt: Prompt, mostMediaBytes: number): number {
  let bytes = 0;
  for (const message of prompt.messages) bytes += messageBytes(message, mostMediaBytes);
  for (const tool of prompt.tools) {
    bytes += utf8Bytes(tool.name) + utf8Bytes(tool.description ?? '') + utf8Bytes(JSON.stringify(tool.parameters)) + overheadBytes;
  }
  if (prompt.outputFormat?.type === 'jsonSchema') bytes += utf8Bytes(JSON.stringify(prompt.outputFormat.schema));
  return bytes;
}

/** What a chat template writes around a message or a tool, generously. */
const overheadBytes = 32;

function messageBytes(message: Message, mostMediaBytes: number): number {
  let bytes = overheadBytes + utf8Bytes(message.name ?? '');
  for (const part of message.parts) {
    switch (part.type) {
      case 'text':
      case 'reasoning':
      case 'refusal':
        bytes += utf8Bytes(part.text);
        break;
      case 'toolCall':
        bytes += utf8Bytes(part.name) + utf8Bytes(part.arguments) + utf8Bytes(part.id) + overheadBytes;
        break;
      case 'toolResult':
        bytes += utf8Bytes(part.toolCallId) + messageBytes({ role: 'TOOL', parts: part.parts, name: null }, mostMediaBytes);
        break;
      case 'image':
      case 'file':
      case 'audio':
        bytes += Math.min((part.url ?? part.data ?? '').length, mostMediaBytes);
        break;
      case 'cacheControl':
        break;
      default:
        part satisfies never;
    }
  }
  return bytes;
}

/** UTF-8 length without making the bytes: this runs over every prompt. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) bytes += unit > 0x7_ff && (unit < 0xd8_00 || unit > 0xdf_ff) ? 2 : 1;
  }
  return bytes;
}
