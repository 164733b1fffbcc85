import { describe, expect, it } from 'vitest';
import type { Message, MessagePart, Role } from '../../../src/domain/message.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import { readEmbeddings, toEmbeddingRequest } from '../../../src/providers/ollama/embeddings.ts';
import { toRequest } from '../../../src/providers/ollama/request.ts';
import { callOf, offerOf, promptOf, settingsOf } from '../../support/providerCall.ts';
import { jsonFixture } from './fixtures.ts';

const settings = settingsOf({ format: 'ollama' });
const request = (call: Partial<ProviderCall>) => toRequest(callOf(call), settings);
const ask = (prompt: Partial<Prompt>) => request({ prompt: promptOf(prompt) });
const message = (role: Role, ...parts: readonly MessagePart[]): Message => ({ role, parts, name: null });
const text = (words: string): MessagePart => ({ type: 'text', text: words });
const say = (...messages: readonly Message[]) => ask({ messages }).body['messages'];
const tool = { name: 'weather', description: 'Looks out.', parameters: { type: 'object' }, strict: null };

describe('a request', () => {
  it('is as short as what was asked', () => {
    expect(request({}).body).toEqual({ model: 'stories260k', messages: [{ role: 'user', content: 'Once upon a time' }], stream: true });
  });

  it('carries all parameters by their names', () => {
    const schema = { type: 'object' };
    const prompt = promptOf({
      sampling: { temperature: 0, topP: 0.9, topK: 40, frequencyPenalty: 1, presencePenalty: -1, seed: 7 },
      stop: ['.'],
      topLogprobs: 2,
      reasoningEffort: 'MINIMAL',
      outputFormat: { type: 'jsonSchema', name: 'place', schema, strict: null },
      tools: [tool],
      providerOptions: { ollama: { keep_alive: '1h', options: { num_ctx: 8192, num_predict: -1 } } },
    });
    expect(request({ prompt, maxOutputTokens: 9, requireParameters: true })).toMatchObject({
      warnings: [],
      schemaMethod: 'NATIVE',
      body: {
        options: {
          num_predict: 9,
          temperature: 0,
          top_p: 0.9,
          top_k: 40,
          frequency_penalty: 1,
          presence_penalty: -1,
          seed: 7,
          stop: ['.'],
          num_ctx: 8192,
        },
        format: schema,
        think: true,
        logprobs: true,
        top_logprobs: 2,
        keep_alive: '1h',
        tools: [{ type: 'function', function: { name: 'weather', description: 'Looks out.', parameters: { type: 'object' } } }],
      },
    });
  });

  it('has no way to demand a tool, and says so', () => {
    expect(ask({ tools: [tool], toolChoice: { type: 'required' } }).warnings).toEqual([expect.stringContaining('toolChoice')]);
    expect(ask({ tools: [tool], toolChoice: { type: 'none' } }).body).not.toHaveProperty('tools');
  });
});

describe('a conversation', () => {
  it('goes on with thoughts, calls and their results', () => {
    const call: MessagePart = { type: 'toolCall', id: 'call_a', name: 'weather', arguments: '{"city":"Zürich"}' };
    const thought: MessagePart = { type: 'reasoning', text: 'Hm.', signature: null };
    const result: MessagePart = { type: 'toolResult', toolCallId: 'call_a', parts: [text('rain')], isError: false };
    expect(say(message('ASSISTANT', thought, call), message('TOOL', result))).toEqual([
      { role: 'assistant', content: '', thinking: 'Hm.', tool_calls: [{ function: { name: 'weather', arguments: { city: 'Zürich' } } }] },
      { role: 'tool', content: 'rain', tool_name: 'weather' },
    ]);
  });

  it('carries the data of pictures, and refuses their addresses', () => {
    const image: MessagePart = { type: 'image', url: null, data: 'AAAA', mediaType: 'image/png', detail: null };
    expect(say(message('USER', text('See.'), image))).toEqual([{ role: 'user', content: 'See.', images: ['AAAA'] }]);
    expect(() => say(message('USER', { ...image, data: null, url: 'https://example.com/a.png' }))).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER' }),
    );
  });
});

it('makes embeddings', () => {
  const call = { ...callOf(), offer: offerOf('all-minilm'), inputs: ['a', 'b'], dimensions: 2, providerOptions: {} };
  expect(toEmbeddingRequest(call, settings)).toEqual({ model: 'all-minilm', input: ['a', 'b'], dimensions: 2 });
  const peer = { id: 'upstream' as never, name: 'Upstream' };
  const vectors = [Float32Array.of(0.5, -0.25), Float32Array.of(1, 0)];
  expect(readEmbeddings(jsonFixture('embeddings.json'), 2, peer)).toMatchObject({ vectors, usage: { inputTokens: 7, outputTokens: 0 } });
});
