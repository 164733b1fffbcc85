import type { FoldedAnswer } from '../../support/foldAnswer.ts';

/** A recorded stream of the provider, one event's JSON a line, and what it says. */
export interface Recording {
  readonly file: string;
  readonly says: Partial<FoldedAnswer>;
  readonly textLength: number;
}

const measured = { basis: 'MEASURED', reasoningTokens: null, cachedInputTokens: 0, cacheWriteTokens: 0 } as const;

export const recordings: readonly Recording[] = [
  { file: 'anthropic__anthropic-text', textLength: 108, says: { reason: 'STOP' } },
  {
    file: 'anthropic__anthropic-tool-no-args',
    textLength: 35,
    says: {
      reason: 'TOOL_CALLS',
      toolCalls: [{ id: 'toolu_01QE1WLsSVp5hy5Q3GmGTmjP', name: 'updateIssueList', arguments: '{}' }],
      usage: { ...measured, inputTokens: 565, outputTokens: 48 },
    },
  },
  {
    file: 'anthropic__anthropic-refusal',
    textLength: 0,
    says: { reason: 'REFUSAL', usage: { ...measured, inputTokens: 18, outputTokens: 5 } },
  },
  {
    file: 'anthropic__anthropic-message-delta-input-tokens',
    textLength: 4,
    says: {
      text: 'pong',
      reason: 'STOP',
      usage: { ...measured, cachedInputTokens: null, cacheWriteTokens: null, inputTokens: 61, outputTokens: 2 },
    },
  },
  {
    file: 'anthropic__anthropic-json-tool.1',
    textLength: 0,
    says: {
      reason: 'TOOL_CALLS',
      toolCalls: [
        {
          id: 'toolu_01KFbKqPYSuAKujiL6mTfzYA',
          name: 'json',
          arguments: '{"elements": [{"location": "San Francisco", "temperature": 58, "condition": "sunny"}]}',
        },
      ],
      usage: { ...measured, inputTokens: 849, outputTokens: 47 },
    },
  },
  {
    file: 'anthropic__anthropic-clear-thinking.1',
    textLength: 13,
    says: { text: '925 ÷ 5 = 185', reason: 'STOP', usage: { ...measured, inputTokens: 69, outputTokens: 53 } },
  },
];
