import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { AnswerEvent } from '../../domain/providerEvent.ts';
import { readCount, readList, readObject, readText } from '../wire/json.ts';
import { readLogprobs } from '../wire/logprobs.ts';
import { readAnnotation } from './content.ts';
import { sealThought } from './thought.ts';
import type { ToolCallSettings } from './toolCalls.ts';
import { createToolCalls } from './toolCalls.ts';

/** What was said so far. */
export interface Spoken {
  readonly toolCalls: number;
  readonly text: boolean;
  readonly refusal: boolean;
}

/** The items of a response: what was said, thought and called, in pieces or whole. */
export interface Output {
  /** An event of a stream; those that only repeat what came in pieces, and what the format may get later, say nothing. */
  read(event: JsonObject): void;
  /** An item of a response that came as one body. */
  readWhole(item: JsonObject, place: number): void;
  /** The response has ended, and all its items with it. */
  end(): void;
  readonly spoken: Spoken;
}

export function createOutput(settings: Omit<ToolCallSettings, 'add'>, add: (event: AnswerEvent) => void): Output {
  const calls = createToolCalls({ ...settings, add });
  const spoken = { text: false, refusal: false };

  const say = (type: 'text' | 'refusal', text: string): void => {
    if (text === '') return;
    spoken[type] = true;
    add({ type, text });
  };
  const think = (text: string, signature: string | null): void => {
    if (text !== '' || signature !== null) add({ type: 'reasoning', text, signature });
  };
  const tellLogprobs = (value: unknown): void => {
    const tokens = readLogprobs(value);
    if (tokens.length > 0) add({ type: 'logprobs', tokens });
  };
  const cite = (annotation: unknown): void => {
    for (const citation of readAnnotation(annotation)) add({ type: 'citation', citation });
  };
  const readContent = (part: JsonObject): void => {
    say('text', readText(part['text']) ?? '');
    say('refusal', readText(part['refusal']) ?? '');
    readList(part['annotations']).forEach(cite);
    tellLogprobs(part['logprobs']);
  };
  const beginThought = (index: number): void => think(index > 0 ? '\n\n' : '', null);
  const openItem = (item: JsonObject, place: number): void => {
    if (item['type'] === 'function_call') calls.open(item, place);
  };
  const closeItem = (item: JsonObject, place: number): void => {
    if (item['type'] === 'function_call') calls.close(item, place);
    if (item['type'] === 'reasoning') think('', sealThought(item));
  };

  return {
    get spoken() {
      return { ...spoken, toolCalls: calls.count };
    },
    read(event) {
      const place = readCount(event['output_index']) ?? 0;
      switch (event['type']) {
        case 'response.output_text.delta':
          say('text', readText(event['delta']) ?? '');
          return tellLogprobs(event['logprobs']);
        case 'response.refusal.delta':
          return say('refusal', readText(event['delta']) ?? '');
        case 'response.reasoning_summary_text.delta':
        case 'response.reasoning_text.delta':
          return think(readText(event['delta']) ?? '', null);
        case 'response.reasoning_summary_part.added':
          return beginThought(readCount(event['summary_index']) ?? 0);
        case 'response.output_text.annotation.added':
          return cite(event['annotation']);
        case 'response.function_call_arguments.delta':
          return calls.add(readText(event['delta']) ?? '', place);
        case 'response.output_item.added':
          return openItem(readObject(event['item']) ?? {}, place);
        case 'response.output_item.done':
          return closeItem(readObject(event['item']) ?? {}, place);
        default:
          return;
      }
    },
    readWhole(item, place) {
      if (item['type'] === 'message') readList(item['content']).filter(isJsonObject).forEach(readContent);
      openItem(item, place);
      if (item['type'] === 'reasoning') {
        const thoughts = [...readList(item['summary']), ...readList(item['content'])];
        think(thoughts.map((part) => readText(readObject(part)?.['text']) ?? '').join('\n\n'), null);
      }
      closeItem(item, place);
    },
    end: () => calls.end(),
  };
}
