import { describe, expect, it } from 'vitest';
import type { Message, MessagePart, Role } from '../../../src/domain/message.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import { mostTexts, readInvocation, toInvocation } from '../../../src/providers/bedrock/embeddings.ts';
import { toRequest } from '../../../src/providers/bedrock/request.ts';
import { callOf, offerOf, promptOf, settingsOf } from '../../support/providerCall.ts';

const settings = settingsOf({ format: 'bedrock' });
const request = (call: Partial<ProviderCall>) => toRequest(callOf(call), settings);
const ask = (prompt: Partial<Prompt>) => request({ prompt: promptOf(prompt) });
const message = (role: Role, ...parts: readonly MessagePart[]): Message => ({ role, parts, name: null });
const text = (words: string): MessagePart => ({ type: 'text', text: words });
const tool = { name: 'weather', description: 'Looks out.', parameters: { type: 'object' }, strict: null };
const sampling = { temperature: 0.5, topP: 0.9, topK: null, frequencyPenalty: null, presencePenalty: null, seed: null };

describe('a request', () => {
  it('is as short as what was asked', () => {
    expect(request({}).body).toEqual({ messages: [{ role: 'user', content: [{ text: 'Once upon a time' }] }] });
  });

  it('carries all parameters by their names', () => {
    const prompt = promptOf({ sampling, stop: ['.'], tools: [tool], toolChoice: { type: 'tool', name: 'weather' } });
    expect(request({ prompt, maxOutputTokens: 9, requireParameters: true }).body).toMatchObject({
      inferenceConfig: { temperature: 0.5, topP: 0.9, stopSequences: ['.'], maxTokens: 9 },
      toolConfig: {
        tools: [{ toolSpec: { name: 'weather', description: 'Looks out.', inputSchema: { json: { type: 'object' } } } }],
        toolChoice: { tool: { name: 'weather' } },
      },
    });
  });

  it('asks for a schema by the one tool that must be called', () => {
    const schema = { type: 'object' };
    const asked = ask({ outputFormat: { type: 'jsonSchema', name: 'place', schema, strict: null }, tools: [tool] });
    expect(asked.schemaMethod).toBe('TOOL');
    expect(asked.body).toMatchObject({
      toolConfig: {
        tools: [{ toolSpec: { name: 'weather' } }, { toolSpec: { name: 'answer', inputSchema: { json: schema } } }],
        toolChoice: { any: {} },
      },
    });
    expect(ask({ outputFormat: { type: 'jsonSchema', name: 'place', schema, strict: null } }).body).toMatchObject({
      toolConfig: { toolChoice: { tool: { name: 'answer' } } },
    });
  });

  it('offers no tools where none may be called, unless the conversation has calls already', () => {
    const none = { tools: [tool], toolChoice: { type: 'none' } } as const;
    expect(ask(none)).toMatchObject({ body: expect.not.objectContaining({ toolConfig: expect.anything() }), warnings: [] });
    const call: MessagePart = { type: 'toolCall', id: 'a', name: 'weather', arguments: '{}' };
    const result: MessagePart = { type: 'toolResult', toolCallId: 'a', parts: [text('rain')], isError: false };
    const messages = [message('ASSISTANT', call), message('TOOL', result)];
    expect(ask({ ...none, messages })).toMatchObject({
      body: { toolConfig: { tools: [{ toolSpec: { name: 'weather' } }] } },
      warnings: [expect.stringContaining('toolChoice')],
    });
  });

  it('lets nobody replace what the gateway’s promises hang on', () => {
    const providerOptions = { bedrock: { inferenceConfig: { maxTokens: 1e6 }, additionalModelRequestFields: { top_k: 40 } } };
    const { body, warnings } = request({ prompt: promptOf({ providerOptions }), maxOutputTokens: 5 });
    expect(body).toMatchObject({ inferenceConfig: { maxTokens: 5 }, additionalModelRequestFields: { top_k: 40 } });
    expect(warnings).toHaveLength(1);
  });
});

describe('a conversation', () => {
  it('goes on with thoughts, calls and their results', () => {
    const thought = (signature: string): MessagePart => ({ type: 'reasoning', text: 'Hm.', signature });
    const call: MessagePart = { type: 'toolCall', id: 'tooluse_a', name: 'weather', arguments: '{"city":"Zürich"}' };
    const result: MessagePart = { type: 'toolResult', toolCallId: 'tooluse_a', parts: [text('rain')], isError: true };
    const said = [thought('bedrock:c2ln'), thought('bedrock:redacted:eHl6'), thought('gemini:x'), text('Let me see.'), call];
    expect(ask({ messages: [message('SYSTEM', text('Be brief.')), message('ASSISTANT', ...said), message('TOOL', result)] }).body).toEqual({
      system: [{ text: 'Be brief.' }],
      messages: [
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'c2ln' } } },
            { reasoningContent: { redactedContent: 'eHl6' } },
            { text: 'Let me see.' },
            { toolUse: { toolUseId: 'tooluse_a', name: 'weather', input: { city: 'Zürich' } } },
          ],
        },
        { role: 'user', content: [{ toolResult: { toolUseId: 'tooluse_a', content: [{ text: 'rain' }], status: 'error' } }] },
      ],
    });
  });

  it('carries pictures, documents and cache hints', () => {
    const image: MessagePart = { type: 'image', url: null, data: 'AAAA', mediaType: 'image/png', detail: null };
    const pdf: MessagePart = { type: 'file', url: null, data: 'AAAA', mediaType: 'application/pdf', filename: 'Q3/report.pdf' };
    expect(ask({ messages: [message('USER', image, pdf, { type: 'cacheControl', lifetime: 'ONE_HOUR' })] }).body['messages']).toEqual([
      {
        role: 'user',
        content: [
          { image: { format: 'png', source: { bytes: 'AAAA' } } },
          { document: { format: 'pdf', name: 'Q3 report pdf', source: { bytes: 'AAAA' } } },
          { cachePoint: { type: 'default', ttl: '1h' } },
        ],
      },
    ]);
    const linked: MessagePart = { ...image, data: null, url: 'https://example.com/a.png' };
    expect(() => ask({ messages: [message('USER', linked)] })).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER' }));
  });
});

describe('embeddings', () => {
  const peer = { id: 'upstream' as never, name: 'Upstream' };
  const call = (model: string) => ({ ...callOf(), offer: offerOf(model), inputs: ['a', 'b'], dimensions: 256, providerOptions: {} });
  const vectors = [Float32Array.of(0.5, -0.25), Float32Array.of(1, 0)];

  it('take one text at a time from Titan, and many from Cohere', () => {
    expect(mostTexts('amazon.titan-embed-text-v2:0')).toBe(1);
    expect(toInvocation({ ...call('amazon.titan-embed-text-v2:0'), inputs: ['a'] }, settings)).toEqual({ inputText: 'a', dimensions: 256 });
    expect(mostTexts('us.cohere.embed-v4:0')).toBe(96);
    expect(toInvocation(call('cohere.embed-v4:0'), settings)).toMatchObject({ texts: ['a', 'b'], output_dimension: 256 });
  });

  it('are read in either form', () => {
    const titan = { embedding: [0.5, -0.25], inputTextTokenCount: 3 };
    const one = { ...call('amazon.titan-embed-text-v2:0'), inputs: ['a'] };
    expect(readInvocation(titan, one, peer)).toMatchObject({ vectors: vectors.slice(0, 1), usage: { inputTokens: 3 } });
    const rows = [
      [0.5, -0.25],
      [1, 0],
    ];
    for (const embeddings of [rows, { float: rows }]) {
      expect(readInvocation({ embeddings }, call('cohere.embed-v4:0'), peer)).toMatchObject({ vectors, usage: { inputTokens: null } });
    }
    expect(() => readInvocation(titan, call('amazon.titan-embed-text-v2:0'), peer)).toThrow(
      expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }),
    );
  });
});
