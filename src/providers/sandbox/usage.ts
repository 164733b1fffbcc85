import { GatewayError } from '../../domain/errors.ts';
import type { MessagePart } from '../../domain/message.ts';
import type { Prompt } from '../../domain/prompt.ts';
import { promptBytes, utf8Bytes } from '../../domain/prompt.ts';
import type { TokenUsage } from '../../domain/usage.ts';

const bytesPerToken = 4;

/** An image, a file or a sound is read as 256 tokens at most, however many bytes carry it. */
const mostMediaBytes = 256 * bytesPerToken;

/** One token for every four bytes of the prompt, rounded up; media by the rule above. */
export function inputTokensOf(prompt: Prompt): number {
  const excess = prompt.messages.flatMap((message) => message.parts).reduce((sum, part) => sum + excessBytes(part), 0);
  return Math.ceil((promptBytes(prompt) - excess) / bytesPerToken);
}

/** One token for every four bytes, rounded up, and one at least. */
export function textTokensOf(text: string): number {
  return Math.max(1, Math.ceil(utf8Bytes(text) / bytesPerToken));
}

/** Throws CONTEXT_TOO_LONG when the tokens do not fit. */
export function checkContext(inputTokens: number, contextWindow: number): void {
  if (inputTokens <= contextWindow) return;
  const sentence = `The prompt has ${inputTokens} tokens; the context window of the sandbox holds ${contextWindow}.`;
  throw new GatewayError('CONTEXT_TOO_LONG', sentence, { details: { inputTokens, contextWindow } });
}

/** The sandbox counts everything itself and caches nothing. */
export function measuredUsage(inputTokens: number, outputTokens: number, reasoningTokens: number): TokenUsage {
  return { inputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens, reasoningTokens, basis: 'MEASURED' };
}

function excessBytes(part: MessagePart): number {
  if (part.type === 'toolResult') return part.parts.reduce((sum, inner) => sum + excessBytes(inner), 0);
  if (part.type !== 'image' && part.type !== 'file' && part.type !== 'audio') return 0;
  return Math.max(0, (part.url ?? part.data ?? '').length - mostMediaBytes);
}
