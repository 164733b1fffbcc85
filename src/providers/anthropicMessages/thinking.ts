import type { JsonObject } from '../../domain/json.ts';
import type { ReasoningEffort } from '../../domain/prompt.ts';
import type { Omissions } from '../wire/omissions.ts';
import type { ModelTraits } from './model.ts';

export interface Thinking {
  /** Fields of the body. */
  readonly fields: JsonObject;
  /** Fields of `output_config`. */
  readonly config: JsonObject;
}

export interface ThinkingSettings {
  readonly traits: ModelTraits;
  readonly maxTokens: number;
  readonly omissions: Omissions;
}

/** https://platform.claude.com/docs/en/build-with-claude/effort */
const efforts: Readonly<Record<Exclude<ReasoningEffort, 'NONE'>, string>> = {
  MINIMAL: 'low',
  LOW: 'low',
  MEDIUM: 'medium',
  HIGH: 'high',
};

/** https://platform.claude.com/docs/en/build-with-claude/extended-thinking: at least 1024, and less than `max_tokens`, which it is among. */
const budgets: Readonly<Record<Exclude<ReasoningEffort, 'NONE'>, number>> = { MINIMAL: 1024, LOW: 2048, MEDIUM: 8192, HIGH: 24_576 };
const leastBudget = 1024;

export function toThinking(effort: ReasoningEffort, { traits, maxTokens, omissions }: ThinkingSettings): Thinking {
  if (effort === 'NONE') {
    if (!traits.alwaysThinks) return { fields: { thinking: { type: 'disabled' } }, config: {} };
    omissions.note('reasoningEffort NONE became the lowest there is: this model always thinks.');
    return { fields: {}, config: { effort: 'low' } };
  }
  // Newer models leave thoughts out of the answer unless they are asked for a summary.
  if (traits.adaptive) return { fields: { thinking: { type: 'adaptive', display: 'summarized' } }, config: { effort: efforts[effort] } };
  // At most half of the cap, so that an answer follows.
  const budget = Math.min(budgets[effort], Math.floor(maxTokens / 2));
  if (budget >= leastBudget) return { fields: { thinking: { type: 'enabled', budget_tokens: budget } }, config: {} };
  omissions.add(
    'reasoningEffort',
    `reasoningEffort was left out: this model thinks within ${leastBudget} tokens or more, which the cap does not leave.`,
  );
  return { fields: {}, config: {} };
}
