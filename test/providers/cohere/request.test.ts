import { describe, expect, it } from 'vitest';
import type { Message, MessagePart, Role } from '../../../src/domain/message.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import { readEmbeddings, toEmbeddingRequest } from '../../../src/providers/cohere/embeddings.ts';
import { toRequest } from '../../../src/providers/cohere/request.ts';
import { callOf, offerOf, promptOf, settingsOf } from '../../support/providerCall.ts';
import { jsonFixture } from './fixtures.ts';

const settings = settingsOf({ format: 'cohere' });
const request = (call: Partial<ProviderCall>) => toRequest(callOf(call), settings);
const ask = (prompt: Partial<Prompt>) => request({ prompt: promptOf(prompt) });
const message = (role: Role, ...parts: readonly MessagePart[]): Message => ({ role, parts, name: null });
const text = (words: string): MessagePart => ({ type: 'text', text: words });
const say = (...messages: readonly Message[]) => ask({ messages }).body['messages'];
const tools = ['weather', 'time'].map((name) => ({ name, description: null, parameters: { type: 'object' }, strict: null }));

describe('a request', () => {
  it('is as short as what was asked', () => {
    expect(request({}).body).toEqual({ model: 'stories260k', messages: [{ role: 'user', content: 'Once upon a time' }], stream: true });
  });

  it('carries all parameters by their names', () => {
    const schema = { type: 'object' };
    const prompt = promptOf({
      sampling: { temperature: 0, topP: 0.9, topK: 40, frequencyPenalty: 1, presencePenalty: 0, seed: 7 },
      stop: ['.'],
      topLogprobs: 0,
      reasoningEffort: 'LOW',
      outputFormat: { type: 'jsonSchema', name: 'place', schema, strict: null },
    });
    expect(request({ prompt, maxOutputTokens: 9, requireParameters: true })).toMatchObject({
      warnings: [],
      schemaMethod: 'NATIVE',
      body: {
        temperature: 0,
        p: 0.9,
        k: 40,
        frequency_penalty: 1,
        presence_penalty: 0,
        seed: 7,
        stop_sequences: ['.'],
        logprobs: true,
        max_tokens: 9,
        thinking: { type: 'enabled', token_budget: 1024 },
        response_format: { type: 'json_object', json_schema: schema },
      },
    });
  });

  it('demands one tool by offering no other, and says so', () => {
    const { body, warnings } = ask({ tools, toolChoice: { type: 'tool', name: 'weather' } });
    expect(body).toMatchObject({ tools: [{ type: 'function', function: { name: 'weather' } }], tool_choice: 'REQUIRED' });
    expect(warnings).toEqual([expect.stringContaining('weather')]);
  });
});

describe('a conversation', () => {
  it('goes on with plans, calls and their results', () => {
    const call: MessagePart = { type: 'toolCall', id: 'weather_a', name: 'weather', arguments: '{}' };
    const plan: MessagePart = { type: 'reasoning', text: 'I will look.', signature: 'cohere:plan' };
    const result: MessagePart = { type: 'toolResult', toolCallId: 'weather_a', parts: [text('rain')], isError: false };
    const other: MessagePart = { type: 'reasoning', text: 'Hm.', signature: null };
    expect(say(message('DEVELOPER', text('Be brief.')), message('ASSISTANT', plan, other, call), message('TOOL', result))).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'assistant',
        tool_plan: 'I will look.',
        tool_calls: [{ id: 'weather_a', type: 'function', function: { name: 'weather', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'weather_a', content: 'rain' },
    ]);
  });

  it('carries pictures, and refuses files', () => {
    const image: MessagePart = { type: 'image', url: null, data: 'AAAA', mediaType: 'image/png', detail: 'HIGH' };
    expect(say(message('USER', text('See.'), image))).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See.' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'high' } },
        ],
      },
    ]);
    const file: MessagePart = { type: 'file', url: null, data: 'AAAA', mediaType: 'application/pdf', filename: null };
    expect(() => say(message('USER', file))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER' }));
  });
});

it('makes embeddings for documents unless told otherwise', () => {
  const call = { ...callOf(), offer: offerOf('embed-v4.0'), inputs: ['a', 'b'], dimensions: 256, providerOptions: {} };
  expect(toEmbeddingRequest(call, settings)).toEqual({
    model: 'embed-v4.0',
    texts: ['a', 'b'],
    input_type: 'search_document',
    embedding_types: ['float'],
    output_dimension: 256,
  });
  expect(toEmbeddingRequest({ ...call, providerOptions: { cohere: { input_type: 'search_query' } } }, settings)).toMatchObject({
    input_type: 'search_query',
  });
  const peer = { id: 'upstream' as never, name: 'Upstream' };
  const vectors = [Float32Array.of(0.5, -0.25), Float32Array.of(1, 0)];
  expect(readEmbeddings(jsonFixture('embeddings.json'), 2, peer)).toMatchObject({ vectors, usage: { inputTokens: 7, outputTokens: 0 } });
});
