import { createCohere } from '@ai-sdk/cohere';
import { streamText } from 'ai';
import { describe, expect, it } from 'vitest';
import { createInterpreter } from '../../../src/providers/cohere/events.ts';
import { createAnswerReader } from '../../../src/providers/wire/answer.ts';
import { foldAnswer } from '../../support/foldAnswer.ts';
import { answers } from './fixtures.ts';

const streams = answers.filter(({ streamed }) => streamed);
const peer = { id: 'upstream' as never, name: 'Upstream' };

function read(body: Uint8Array) {
  const reader = createAnswerReader(createInterpreter({ peer, warnings: [], schemaMethod: null }), {
    peer,
    bodyType: 'events',
    streamed: true,
  });
  reader.read(Buffer.from(body));
  reader.end();
  return foldAnswer(reader.take());
}

/** What the AI SDK's own adapter makes of the same bytes. */
async function readByOthers(body: Uint8Array) {
  const answer = async () => new Response(Buffer.from(body), { headers: { 'content-type': 'text/event-stream' } });
  const result = streamText({
    model: createCohere({ apiKey: 'key', fetch: answer })('command-a-03-2025'),
    prompt: 'Hi',
    onError: () => {},
  });
  return { text: await result.text, calls: await result.toolCalls };
}

describe('the AI SDK', () => {
  // Its usage is of `tokens`, which are not what is billed.
  it.each(streams)('reads the same in $name', async ({ body }) => {
    const [ours, others] = [read(body), await readByOthers(body)];
    expect(ours.text).toBe(others.text);
    expect(ours.toolCalls.map(({ id, name }) => ({ id, name }))).toEqual(
      others.calls.map(({ toolCallId, toolName }) => ({ id: toolCallId, name: toolName })),
    );
  });
});
