import type { FoldedAnswer } from '../../support/foldAnswer.ts';

/** A recorded stream of a real provider, one chunk's JSON a line, and what it says. */
export interface Recording {
  readonly file: string;
  /** The row of quirks it is read with. */
  readonly kin: string;
  /** As the provider separates lines. */
  readonly lineEnd: '\n' | '\r\n';
  readonly says: Partial<FoldedAnswer>;
  readonly textLength: number;
}

const weather = { name: 'weather', arguments: '{"location": "San Francisco"}' };
const measured = { basis: 'MEASURED', cacheWriteTokens: null } as const;

export const recordings: readonly Recording[] = [
  {
    file: 'openai_chat__openai-text',
    kin: 'openai',
    lineEnd: '\n',
    says: { reason: 'STOP', usage: { ...measured, inputTokens: 16, cachedInputTokens: 0, outputTokens: 300, reasoningTokens: 0 } },
    textLength: 1724,
  },
  {
    file: 'openai_chat__azure-model-router.1',
    kin: 'azure',
    lineEnd: '\n',
    says: {
      reason: 'STOP',
      providerModel: 'gpt-5-nano-2025-08-07',
      usage: { ...measured, inputTokens: 15, cachedInputTokens: 0, outputTokens: 78, reasoningTokens: 64 },
    },
    textLength: 19,
  },
  {
    file: 'groq__groq-text',
    kin: 'groq',
    lineEnd: '\n',
    says: { reason: 'STOP', usage: { ...measured, inputTokens: 45, cachedInputTokens: null, outputTokens: 662, reasoningTokens: null } },
    textLength: 3189,
  },
  {
    file: 'groq__groq-tool-call',
    kin: 'groq',
    lineEnd: '\n',
    says: { reason: 'TOOL_CALLS', toolCalls: [{ id: 'tk85n1k4m', name: 'weather', arguments: '{}' }] },
    textLength: 0,
  },
  {
    file: 'deepseek_chat__deepseek-text',
    kin: 'deepseek',
    lineEnd: '\n',
    says: { reason: 'LENGTH', usage: { ...measured, inputTokens: 13, cachedInputTokens: 0, outputTokens: 400, reasoningTokens: null } },
    textLength: 1855,
  },
  {
    file: 'deepseek_chat__deepseek-reasoning',
    kin: 'deepseek',
    lineEnd: '\n',
    says: { reason: 'STOP', usage: { ...measured, inputTokens: 18, cachedInputTokens: 0, outputTokens: 219, reasoningTokens: 205 } },
    textLength: 42,
  },
  {
    file: 'mistral__mistral-text',
    kin: 'mistral',
    lineEnd: '\n',
    says: {
      reason: 'STOP',
      text: 'Hello, world! This is a test response.',
      usage: { ...measured, inputTokens: 13, cachedInputTokens: null, outputTokens: 8, reasoningTokens: null },
    },
    textLength: 38,
  },
  {
    file: 'mistral__mistral-tool-call',
    kin: 'mistral',
    lineEnd: '\n',
    says: { reason: 'TOOL_CALLS', toolCalls: [{ id: 'gSIMJiOkT', ...weather }] },
    textLength: 0,
  },
  {
    file: 'mistral__mistral-incremental-tool-call',
    kin: 'mistral',
    lineEnd: '\n',
    says: {
      reason: 'TOOL_CALLS',
      toolCalls: [{ id: 'chatcmpl-tool-9f149c74c42f265b', name: 'webSearchTool', arguments: '{"query": "current Berlin weather"}' }],
      usage: { ...measured, inputTokens: 171, cachedInputTokens: 128, outputTokens: 14, reasoningTokens: null },
    },
    textLength: 0,
  },
  {
    file: 'openai-compatible_chat__xai-text',
    kin: 'xai',
    lineEnd: '\n',
    // 2 tokens of words and 340 of thoughts, which xAI counts beside them.
    says: {
      reason: 'STOP',
      text: 'Grok',
      usage: { ...measured, inputTokens: 12, cachedInputTokens: 11, outputTokens: 342, reasoningTokens: 340 },
    },
    textLength: 4,
  },
  {
    file: 'openai-compatible_chat__xai-tool-call',
    kin: 'xai',
    lineEnd: '\n',
    says: {
      reason: 'TOOL_CALLS',
      toolCalls: [{ id: 'call_79382389', name: 'weather', arguments: '{"location":"San Francisco"}' }],
      usage: { ...measured, inputTokens: 307, cachedInputTokens: 306, outputTokens: 253, reasoningTokens: 227 },
    },
    textLength: 0,
  },
  {
    file: 'xai__xai-text',
    kin: 'xai',
    lineEnd: '\n',
    says: { reason: 'STOP', usage: { ...measured, inputTokens: 12, cachedInputTokens: 11, outputTokens: 291, reasoningTokens: 290 } },
    textLength: 5,
  },
  {
    file: 'perplexity__perplexity-text',
    kin: 'perplexity',
    lineEnd: '\r\n',
    says: { reason: 'STOP', usage: { ...measured, inputTokens: 11, cachedInputTokens: null, outputTokens: 434, reasoningTokens: null } },
    textLength: 22,
  },
];
