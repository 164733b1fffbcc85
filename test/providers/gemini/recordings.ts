import type { FoldedAnswer } from '../../support/foldAnswer.ts';

/** A recorded stream of the provider, one chunk's JSON a line, and what it says. */
export interface Recording {
  readonly file: string;
  readonly says: Partial<FoldedAnswer>;
}

const measured = { basis: 'MEASURED', cachedInputTokens: null, cacheWriteTokens: null } as const;

export const recordings: readonly Recording[] = [
  {
    file: 'google__google-text',
    says: {
      text: 'There are **3** "r"s in strawberry.\n\nst**r**awbe**rr**y',
      reason: 'STOP',
      providerModel: 'gemini-3-pro-preview',
      usage: { ...measured, inputTokens: 9, outputTokens: 208, reasoningTokens: 185 },
    },
  },
  {
    file: 'google__google-reasoning',
    says: { reason: 'STOP', usage: { ...measured, inputTokens: 9, outputTokens: 285, reasoningTokens: 256 } },
  },
  {
    file: 'google__google-tool-call',
    says: {
      text: '',
      toolCalls: [{ id: 'call_0198a000-0000-7000-8000-000000000001_0', name: 'weather', arguments: '{"location":"San Francisco"}' }],
      reason: 'TOOL_CALLS',
      usage: { ...measured, inputTokens: 29, outputTokens: 60, reasoningTokens: 45 },
    },
  },
];
