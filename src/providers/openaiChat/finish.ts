import type { FinishReason } from '../../domain/providerEvent.ts';
import { lookUp } from '../wire/json.ts';

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'STOP',
  eos: 'STOP',
  end_turn: 'STOP',
  length: 'LENGTH',
  max_tokens: 'LENGTH',
  // Mistral: the model's context is full.
  model_length: 'LENGTH',
  tool_calls: 'TOOL_CALLS',
  function_call: 'TOOL_CALLS',
  content_filter: 'CONTENT_FILTER',
};

/** Words by which a provider says that it broke off: Mistral and OpenRouter, DeepSeek. */
export const failingReasons: ReadonlySet<string> = new Set(['error', 'insufficient_system_resource']);

export interface Spoken {
  readonly toolCalls: number;
  readonly text: boolean;
  readonly refusal: boolean;
}

/** OpenAI says `stop` after a call of a tool that was demanded by name, and after a refusal: what was said tells more. */
export function toFinishReason(providerReason: string, { toolCalls, text, refusal }: Spoken): FinishReason {
  const reason = lookUp(finishReasons, providerReason) ?? 'OTHER';
  if (reason !== 'STOP') return reason;
  if (toolCalls > 0) return 'TOOL_CALLS';
  return refusal && !text ? 'REFUSAL' : 'STOP';
}
