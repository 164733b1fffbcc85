import { describe, expect, it } from 'vitest';
import type { MessagePart } from '../../src/domain/message.ts';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import { describeProvider } from '../conformance/provider.ts';
import { answers, anthropicSays, refusals, responsesSays } from '../providers/aiSdk/fixtures.ts';
import { collect, errorOf, neverAborted } from '../support/collect.ts';
import { foldAnswer } from '../support/foldAnswer.ts';
import { chunkedAnswer, chunkedHead, httpAnswer, httpChunk } from '../support/httpBytes.ts';
import { callOf, promptOf, settingsOf } from '../support/providerCall.ts';
import { startReplayServer } from '../support/replayServer.ts';

const options = { package: '@ai-sdk/openai', model: 'chat' };

describeProvider({
  folder: 'aiSdk',
  create: (baseUrl) => createProvider(settingsOf({ baseUrl, format: 'ai-sdk', apiKey: 'key', options }), { clock: createClock() }),
  answers,
  refusals,
  malformedEvent: 'data: {"choices":[\n\n',
  endlessEvent: 'data: {"choices":[{"delta":{"content":"',
});

describe.each([
  { name: '@ai-sdk/anthropic', options: { package: '@ai-sdk/anthropic' }, answers: anthropicSays },
  { name: '@ai-sdk/openai, Responses', options: { package: '@ai-sdk/openai', model: 'responses' }, answers: responsesSays },
])('the package $name', ({ options, answers }) => {
  it.each(answers)('reads $name', async ({ body, contentType, streamed, says }) => {
    await using server = await startReplayServer();
    await using adapter = createProvider(settingsOf({ baseUrl: server.url, format: 'ai-sdk', apiKey: 'key', options }), {
      clock: createClock(),
    });
    server.play({ pieces: [chunkedAnswer({ 'content-type': contentType }, [body])], then: 'keep' });
    expect(foldAnswer(await collect(adapter.complete(callOf({ streamed }), neverAborted)))).toMatchObject(says);
  });
});

/** What the package sends of a conversation that goes on with an answer of its own. */
async function sentBack(options: Readonly<Record<string, string>>, parts: readonly MessagePart[]): Promise<Record<string, unknown>> {
  await using server = await startReplayServer();
  await using adapter = createProvider(settingsOf({ baseUrl: server.url, format: 'ai-sdk', apiKey: 'key', options }), {
    clock: createClock(),
  });
  server.play({ pieces: [httpAnswer({ status: 503, body: '' })], then: 'keep' });
  const result = {
    role: 'TOOL',
    name: null,
    parts: [{ type: 'toolResult', toolCallId: 'c1', parts: [{ type: 'text', text: '7' }], isError: false }],
  } as const;
  const messages = [...promptOf().messages, { role: 'ASSISTANT', parts, name: null } as const, result];
  await errorOf(collect(adapter.complete(callOf({ prompt: promptOf({ messages }) }), neverAborted)));
  return JSON.parse(server.requests[0]?.body ?? '{}');
}

const call = { type: 'toolCall', id: 'c1', name: 'count', arguments: '{}' } as const;

describe('what a package sealed', () => {
  it('goes back as its provider wants it: thoughts with their signatures', async () => {
    const seals = anthropicSays.find(({ name }) => name === 'thinking.sse')?.says.seals ?? [];
    const thoughts = seals.map((signature, place) => ({ type: 'reasoning', text: place === 0 ? 'Hm.' : '', signature }) as const);
    const { messages } = await sentBack({ package: '@ai-sdk/anthropic' }, [...thoughts, call]);
    expect(messages).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'EqQBCgIYAhIM' },
          { type: 'redacted_thinking', data: 'EmwKAhgBEgy3va3p' },
          { type: 'tool_use', id: 'c1', name: 'count', input: {} },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: '7' }] },
    ]);
  });

  it('goes back as references to the items of an answer', async () => {
    const seals = responsesSays.find(({ name }) => name === 'thinking.sse')?.says.seals ?? [];
    const thoughts = seals.map((signature) => ({ type: 'reasoning', text: 'Hm.', signature }) as const);
    const { input } = await sentBack({ package: '@ai-sdk/openai', model: 'responses' }, [
      ...thoughts,
      { type: 'text', text: 'Grüezi' },
      call,
    ]);
    expect(input).toMatchObject([
      { role: 'user' },
      { type: 'item_reference', id: 'rs_1' },
      { type: 'item_reference', id: 'msg_1' },
      { type: 'function_call', call_id: 'c1' },
      { type: 'function_call_output', call_id: 'c1', output: '7' },
    ]);
  });

  it('stays away from another package', async () => {
    const signature = anthropicSays.find(({ name }) => name === 'thinking.sse')?.says.seals?.[0] ?? null;
    const { messages } = await sentBack({ package: '@ai-sdk/openai', model: 'chat' }, [
      { type: 'reasoning', text: 'Hm.', signature },
      call,
    ]);
    expect(JSON.stringify(messages)).not.toMatch(/Hm\.|EqQB/);
  });
});

describe('a package in its network', () => {
  it('tells all that one read brought in one batch', async () => {
    const chunk = (text: string) => `data: {"choices":[{"index":0,"delta":{"content":"${text}"}}]}\n\n`;
    await using server = await startReplayServer();
    await using adapter = createProvider(settingsOf({ baseUrl: server.url, format: 'ai-sdk', apiKey: 'key', options }), {
      clock: createClock(),
    });
    server.play({ pieces: [chunkedHead('text/event-stream'), httpChunk(Buffer.from(chunk('a').repeat(500)))], then: 'hold' });
    const iterator = adapter.complete(callOf(), neverAborted)[Symbol.asyncIterator]();
    const first = await iterator.next();
    expect(first.value).toMatchObject([{ type: 'started' }, { type: 'text', text: 'a'.repeat(500) }]);
    await iterator.return?.();
    await server.left();
  });

  it('sends the headers and the fields of the configuration, which nobody replaces', async () => {
    await using server = await startReplayServer();
    const settings = { headers: { 'x-team': 'red' }, extraBody: { store: false, user: 'gateway', max_tokens: 9000 } };
    await using adapter = createProvider(settingsOf({ ...settings, baseUrl: server.url, format: 'ai-sdk', apiKey: 'key', options }), {
      clock: createClock(),
    });
    server.play({ pieces: [httpAnswer({ status: 503, body: '' })], then: 'keep' });
    const providerOptions = { upstream: { openai: { store: true, maxCompletionTokens: 9000, logprobs: true } } };
    const heard: ProviderEvent[] = [];
    await errorOf(collect(adapter.complete(callOf({ maxOutputTokens: 5, prompt: promptOf({ providerOptions }) }), neverAborted), heard));
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ store: false, user: 'gateway', logprobs: true, max_tokens: 5 });
    expect(server.requests[0]?.body).not.toContain('9000');
    expect(server.requests[0]?.head).toMatch(/^x-team: red$/im);
    expect(server.requests[0]?.head).toMatch(/^authorization: Bearer key$/im);
  });

  it('makes vectors, and says what went wrong with them', async () => {
    const rows = [1, 2, 3].map((value, index) => ({ object: 'embedding', index, embedding: [value, 0.5] }));
    const body = JSON.stringify({ object: 'list', data: rows, model: 'm', usage: { prompt_tokens: 6, total_tokens: 6 } });
    await using server = await startReplayServer();
    await using adapter = createProvider(settingsOf({ baseUrl: server.url, format: 'ai-sdk', apiKey: 'key', options }), {
      clock: createClock(),
    });
    server.play({ pieces: [httpAnswer({ headers: { 'content-type': 'application/json' }, body })], then: 'keep' });
    const { offer, id } = callOf();
    const call = { id, offer, inputs: ['a', 'b', 'c'], dimensions: null, endUser: null, providerOptions: {} };
    const answer = await adapter.embed(call, neverAborted);
    expect(answer.vectors.map((vector) => [...vector])).toEqual([
      [1, 0.5],
      [2, 0.5],
      [3, 0.5],
    ]);
    expect(answer.usage).toMatchObject({ inputTokens: 6, outputTokens: 0, basis: 'MEASURED' });
    expect(await errorOf(adapter.embed({ ...call, dimensions: 7 }, neverAborted))).toMatchObject({ code: 'UNSUPPORTED_PARAMETER' });
    server.play({
      pieces: [httpAnswer({ status: 401, headers: { 'content-type': 'application/json' }, body: '{"error":{"message":"No"}}' })],
      then: 'keep',
    });
    expect(await errorOf(adapter.embed(call, neverAborted))).toMatchObject({
      code: 'UPSTREAM_REFUSED',
      details: { reason: 'KEY_REFUSED' },
    });
    server.play({ pieces: [], then: 'hold' });
    const abort = new AbortController();
    const asked = server.asked();
    const outcome = errorOf(adapter.embed(call, abort.signal));
    await asked;
    abort.abort(new Error('gone'));
    expect(await outcome).toBe(abort.signal.reason);
    await server.left();
  });

  it('lists no models', async () => {
    await using adapter = createProvider(settingsOf({ format: 'ai-sdk', options }), { clock: createClock() });
    expect(await adapter.listModels(neverAborted)).toEqual([]);
  });
});
