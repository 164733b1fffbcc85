import type { Message } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import { hashText } from './random.ts';

/** The words of a message, without what is not text. */
export function textOf(message: Message): string {
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** What the user said last; empty when no user spoke. */
export function lastUserText(prompt: Prompt): string {
  const message = prompt.messages.findLast(({ role }) => role === 'USER');
  return message === undefined ? '' : textOf(message);
}

/** The seed of an answer: the same for the same seed and the same question, whichever sandbox is asked. */
export function answerSeed(prompt: Prompt, seed: number): number {
  const { messages, tools, toolChoice, outputFormat } = prompt;
  return hashText(JSON.stringify([messages, tools, toolChoice, outputFormat]), seed);
}
