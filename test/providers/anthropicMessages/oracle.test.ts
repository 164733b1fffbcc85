import { createAnthropic } from '@ai-sdk/anthropic';
import { streamText } from 'ai';
import { describe, expect, it } from 'vitest';
import { createInterpreter } from '../../../src/providers/anthropicMessages/events.ts';
import { createAnswerReader } from '../../../src/providers/wire/answer.ts';
import { foldAnswer } from '../../support/foldAnswer.ts';
import { answers } from './fixtures.ts';

const streams = answers.filter(({ streamed }) => streamed);
const peer = { id: 'upstream' as never, name: 'Upstream' };

function read(body: Uint8Array) {
  const context = { peer, warnings: [], schemaTool: null, schemaMethod: null, toError: () => expect.unreachable() };
  const reader = createAnswerReader(createInterpreter(context), { peer, bodyType: 'events', streamed: true });
  reader.read(Buffer.from(body));
  reader.end();
  return foldAnswer(reader.take());
}

/** What the AI SDK's own adapter makes of the same bytes. */
async function readByOthers(body: Uint8Array) {
  const answer = async () => new Response(Buffer.from(body), { headers: { 'content-type': 'text/event-stream' } });
  const result = streamText({
    model: createAnthropic({ apiKey: 'key', fetch: answer })('claude-sonnet-4-5'),
    prompt: 'Hi',
    onError: () => {},
  });
  return { text: await result.text, reasoning: await result.reasoningText, calls: await result.toolCalls, usage: await result.usage };
}

describe('the AI SDK', () => {
  it.each(streams)('reads the same in $name', async ({ body }) => {
    const [ours, others] = [read(body), await readByOthers(body)];
    expect(ours.text).toBe(others.text);
    expect(ours.reasoning).toBe(others.reasoning ?? '');
    expect(ours.toolCalls.map(({ id, name }) => ({ id, name }))).toEqual(
      others.calls.map(({ toolCallId, toolName }) => ({ id: toolCallId, name: toolName })),
    );
    expect(ours.usage?.outputTokens).toBe(others.usage.outputTokens);
    expect(ours.usage?.inputTokens).toBe(others.usage.inputTokens);
  });
});
