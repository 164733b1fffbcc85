import { expect } from 'vitest';
import type { FormatAnswer, FormatRefusal } from '../../conformance/format.ts';
import type { FoldedAnswer } from '../../support/foldAnswer.ts';
import { answers as anthropicAnswers } from '../anthropicMessages/fixtures.ts';
import { answers as chatAnswers, refusals as chatRefusals } from '../openaiChat/fixtures.ts';
import { answers as responsesAnswers } from '../openaiResponses/fixtures.ts';

/** What a package reads another way than our own adapter does. Null: it does not read this answer at all. */
type Difference = Partial<FoldedAnswer> | null;

function differ(answers: readonly FormatAnswer[], differences: Readonly<Record<string, Difference>>): readonly FormatAnswer[] {
  return answers.flatMap((answer) => {
    const difference = differences[answer.name];
    return difference === null ? [] : [{ ...answer, says: { ...answer.says, ...difference } }];
  });
}

const measured = { basis: 'MEASURED' } as const;

function sealed(vendor: 'anthropic' | 'openai', fields: Readonly<Record<string, string>>, of = 'thought'): string {
  return `ai-sdk:@ai-sdk/${vendor}:${JSON.stringify({ of, options: { [vendor]: fields } })}`;
}

const thought = sealed('openai', { itemId: 'rs_1', reasoningEncryptedContent: 'gAAAAAlast' });

/** Read through `@ai-sdk/openai`, by its chat completions. */
export const answers = differ(chatAnswers, {
  // A count that is not reported is 0 to the package.
  'text.sse': {
    usage: { ...measured, inputTokens: 5, cachedInputTokens: 4, cacheWriteTokens: null, outputTokens: 12, reasoningTokens: 0 },
  },
  // The specification has no place for them; the package has, in its own metadata.
  'logprobs.sse': { tokens: [], text: ', there was' },
  // Told as text, and by the reason alone.
  'refusal.sse': { text: "I'm sorry, I can't help.", refusal: '', reason: 'CONTENT_FILTER' },
  // Kin of the format have packages of their own: this one refuses what OpenAI does not send.
  'azure.sse': null,
  'mistralContent.sse': null,
});

export const refusals: readonly FormatRefusal[] = chatRefusals.map((refusal) => {
  // The package looks for a stream in it and finds none.
  if (refusal.name === 'an error under status 200') return { ...refusal, code: 'UPSTREAM_MALFORMED', details: { provider: 'upstream' } };
  // The package tells the finish reason, and keeps the error beside it to itself.
  return refusal.name === 'an error in the middle of a stream' ? { ...refusal, details: { provider: 'upstream' } } : refusal;
});

/** Read through `@ai-sdk/anthropic`. */
export const anthropicSays = differ(anthropicAnswers, {
  'thinking.sse': {
    seals: [sealed('anthropic', { signature: 'EqQBCgIYAhIM' }), sealed('anthropic', { redactedData: 'EmwKAhgBEgy3va3p' })],
    metadata: { anthropic: expect.objectContaining({ stopSequence: 'END' }) },
  },
});

/** Read through `@ai-sdk/openai`, by its Responses. */
export const responsesSays = differ(responsesAnswers, {
  // Each paragraph is a thought to the package, all of one item.
  'thinking.sse': {
    reasoning: 'Hm.Yes.',
    seals: [thought, thought, sealed('openai', { itemId: 'msg_1' }, 'text')],
  },
  'refusal.sse': { text: "I'm sorry, I can't help.", refusal: '', reason: 'CONTENT_FILTER' },
  // The package does not tell the place.
  'cited.sse': { citations: [{ url: 'https://example.com/a', title: 'There', quote: null, start: null, end: null }] },
});
