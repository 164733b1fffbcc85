import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toId } from '../../src/domain/id.ts';
import type { Prompt } from '../../src/domain/prompt.ts';
import type { ProviderAdapter } from '../../src/ports/provider.ts';
import type { ProviderSettings } from '../../src/ports/providerSettings.ts';
import { localServers } from '../../src/providers/known.ts';
import { probeLocalServers } from '../../src/providers/probe.ts';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import { collect, errorOf, neverAborted } from '../support/collect.ts';
import { foldAnswer } from '../support/foldAnswer.ts';
import { httpAnswer } from '../support/httpBytes.ts';
import type { LlamaServer } from '../support/llamaServer.ts';
import { hasLlamaServer, startLlamaServer } from '../support/llamaServer.ts';
import { callOf, offerOf, promptOf, settingsOf } from '../support/providerCall.ts';
import { startReplayServer } from '../support/replayServer.ts';

const tools = { clock: createClock() };
const coldest = { temperature: 0, topP: null, topK: null, frequencyPenalty: null, presencePenalty: null, seed: 1 };
const story = ', there was a little girl named Lily. She';

function provider(server: LlamaServer, more: Partial<ProviderSettings> = {}): ProviderAdapter {
  return createProvider(settingsOf({ baseUrl: server.url, kin: 'llamacpp', ...more }), tools);
}

describe.skipIf(!hasLlamaServer)('llama-server, chatting', () => {
  let server: LlamaServer;
  let adapter: ProviderAdapter;
  beforeAll(async () => {
    server = await startLlamaServer('chat');
    adapter = provider(server);
  });
  afterAll(async () => {
    await adapter[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  const complete = async (streamed: boolean, prompt: Partial<Prompt> = {}) =>
    foldAnswer(
      await collect(
        adapter.complete(callOf({ streamed, maxOutputTokens: 12, prompt: promptOf({ sampling: coldest, ...prompt }) }), neverAborted),
      ),
    );

  it.each([true, false])('tells a story and what it cost (streamed: %s)', async (streamed) => {
    expect(await complete(streamed)).toMatchObject({ text: story, reason: 'LENGTH', usage: { inputTokens: 5, outputTokens: 12 } });
  });

  it.each(['anthropic-messages', 'openai-responses'].flatMap((format) => [true, false].map((streamed) => ({ format, streamed }))))(
    'tells it in the format $format, too (streamed: $streamed)',
    async ({ format, streamed }) => {
      await using other = provider(server, { format });
      const call = callOf({ streamed, maxOutputTokens: 12, prompt: promptOf({ sampling: coldest }) });
      const answer = foldAnswer(await collect(other.complete(call, neverAborted)));
      expect(answer).toMatchObject({ reason: 'LENGTH', usage: { inputTokens: expect.any(Number), outputTokens: 12 } });
      expect(answer.text.length).toBeGreaterThan(10);
    },
  );

  it('hands the first words on before the last are made', async () => {
    const call = callOf({
      maxOutputTokens: 200,
      prompt: promptOf({ sampling: coldest, providerOptions: { 'openai-chat': { ignore_eos: true } } }),
    });
    const batches = await Array.fromAsync(adapter.complete(call, neverAborted));
    expect(batches.length).toBeGreaterThan(2);
    expect(foldAnswer(batches.flat())).toMatchObject({ reason: 'LENGTH', usage: { outputTokens: 200 } });
  });

  it('reports how likely its words were', async () => {
    expect((await complete(true, { topLogprobs: 2 })).tokens.join('')).toBe(story);
  });

  it('writes JSON by a schema', async () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'integer', minimum: 0, maximum: 9 } },
      required: ['a'],
      additionalProperties: false,
    };
    const prompt = promptOf({ sampling: coldest, outputFormat: { type: 'jsonSchema', name: 'a', schema, strict: true } });
    const { text } = foldAnswer(await collect(adapter.complete(callOf({ maxOutputTokens: 100, prompt }), neverAborted)));
    expect(JSON.parse(text)).toEqual({ a: expect.any(Number) });
  });

  it.each(['abort', 'return'] as const)('stops computing when the reader leaves by %s', async (way) => {
    const abort = new AbortController();
    const endless = promptOf({ providerOptions: { 'openai-chat': { ignore_eos: true } } });
    const iterator = adapter.complete(callOf({ maxOutputTokens: -1, prompt: endless }), abort.signal)[Symbol.asyncIterator]();
    for (let reads = 0; reads < 3; reads++) await iterator.next();
    expect(await server.busy()).toBe(true);
    const waiting = errorOf(
      (async () => {
        for (;;) if ((await iterator.next()).done === true) return;
      })(),
    );
    if (way === 'abort') abort.abort(new Error('gone'));
    else await iterator.return?.();
    await waiting;
    while (await server.busy());
  });

  it('lists its model', async () => {
    expect(await adapter.listModels(neverAborted)).toEqual([
      { providerModel: 'stories260k', kind: null, contextWindow: expect.any(Number), maxOutputTokens: null },
    ]);
  });

  it('is found by the probe, and what is silent or no such server is not', async () => {
    await using silent = await startReplayServer();
    await using page = await startReplayServer();
    page.play({ pieces: [httpAnswer({ body: '<html></html>' })], then: 'end' });
    const urls = [server.url, silent.url, page.url, 'http://127.0.0.1:9/v1', 'http://192.0.2.1:8080/v1'];
    const found = await probeLocalServers(
      tools,
      urls.flatMap((baseUrl) => localServers.slice(0, 1).map((row) => ({ ...row, baseUrl }))),
    );
    expect(found.map(({ server: { baseUrl }, models }) => [baseUrl, models.length])).toEqual([[server.url, 1]]);
  });
});

describe.skipIf(!hasLlamaServer)('llama-server, with tools and a key', () => {
  let server: LlamaServer;
  beforeAll(async () => {
    server = await startLlamaServer('tools', { LLAMA_API_KEY: 'sk-right' });
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string', maxLength: 5 } },
    required: ['city'],
    additionalProperties: false,
  };
  const weather = { name: 'weather', description: 'w', parameters, strict: null };

  it.each([true, false])('calls a tool (streamed: %s)', async (streamed) => {
    await using adapter = provider(server, { apiKey: 'sk-right' });
    const prompt = promptOf({ tools: [weather], toolChoice: { type: 'required' }, parallelToolCalls: false, sampling: coldest });
    const { toolCalls, reason } = foldAnswer(
      await collect(adapter.complete(callOf({ streamed, maxOutputTokens: 300, prompt }), neverAborted)),
    );
    expect(toolCalls).toHaveLength(1);
    expect(JSON.parse(toolCalls[0]?.arguments ?? '')).toEqual({ city: expect.any(String) });
    expect(reason).toBe('TOOL_CALLS');
  });

  it('refuses another key', async () => {
    await using adapter = provider(server, { apiKey: 'sk-wrong' });
    const error = await errorOf(collect(adapter.complete(callOf(), neverAborted)));
    expect(error).toMatchObject({ code: 'UPSTREAM_REFUSED', details: { provider: 'upstream', status: 401 } });
    expect(String(error)).not.toContain('sk-wrong');
  });

  it('refuses a prompt that is longer than its context', async () => {
    await using adapter = provider(server, { apiKey: 'sk-right' });
    const messages = [{ role: 'USER', parts: [{ type: 'text', text: 'word '.repeat(20_000) }], name: null }] as const;
    expect(await errorOf(collect(adapter.complete(callOf({ prompt: promptOf({ messages }) }), neverAborted)))).toMatchObject({
      code: 'CONTEXT_TOO_LONG',
    });
  });
});

describe.skipIf(!hasLlamaServer)('llama-server, embedding', () => {
  it.each(['llamacpp', 'mistral'])('gives a vector an input (read as %s)', async (kin) => {
    await using server = await startLlamaServer('embed');
    await using adapter = provider(server, { kin });
    const call = { id: toId<never>('x'), offer: offerOf('all-minilm-l6-v2'), dimensions: null, endUser: null, providerOptions: {} };
    const { vectors, usage } = await adapter.embed({ ...call, inputs: ['a cat', 'a kitten', 'the stock market'] }, neverAborted);
    const [cat = new Float32Array(), kitten = new Float32Array(), market = new Float32Array()] = vectors;
    expect(cat).toHaveLength(384);
    expect(likeness(cat, kitten)).toBeGreaterThan(likeness(cat, market));
    expect(usage.inputTokens).toBeGreaterThan(0);
  });
});

function likeness(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, number, index) => sum + number * (right[index] ?? 0), 0);
}
