import { createOpenAI } from '@ai-sdk/openai';
import { streamText } from 'ai';
import { describe, expect, it } from 'vitest';
import { createInterpreter } from '../../../src/providers/openaiResponses/events.ts';
import { createAnswerReader } from '../../../src/providers/wire/answer.ts';
import { foldAnswer } from '../../support/foldAnswer.ts';
import { answers } from './fixtures.ts';

const streams = answers.filter(({ streamed }) => streamed);
const peer = { id: 'upstream' as never, name: 'Upstream' };

function read(body: Uint8Array) {
  const context = {
    callId: 'x',
    peer,
    tools: new Set<string>(),
    warnings: [],
    schemaMethod: null,
    untoldCap: null,
    toError: () => expect.unreachable(),
  };
  const reader = createAnswerReader(createInterpreter(context), { peer, bodyType: 'events', streamed: true });
  reader.read(Buffer.from(body));
  reader.end();
  return foldAnswer(reader.take());
}

/** What the AI SDK's own adapter makes of the same bytes. */
async function readByOthers(body: Uint8Array) {
  const answer = async () => new Response(Buffer.from(body), { headers: { 'content-type': 'text/event-stream' } });
  const model = createOpenAI({ apiKey: 'key', fetch: answer }).responses('gpt-5-nano');
  const result = streamText({ model, prompt: 'Hi', onError: () => {} });
  return { text: await result.text, calls: await result.toolCalls, usage: await result.usage };
}

describe('the AI SDK', () => {
  // To it a refusal is text, and it joins the parts of a thought's summary without a word between them.
  it.each(streams)('reads the same in $name', async ({ body }) => {
    const [ours, others] = [read(body), await readByOthers(body)];
    expect(ours.text + ours.refusal).toBe(others.text);
    expect(ours.toolCalls.map(({ id, name }) => ({ id, name }))).toEqual(
      others.calls.map(({ toolCallId, toolName }) => ({ id: toolCallId, name: toolName })),
    );
    expect(ours.usage?.outputTokens).toBe(others.usage.outputTokens);
    expect(ours.usage?.inputTokens).toBe(others.usage.inputTokens);
  });
});
