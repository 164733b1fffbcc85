import { describe, expect, it } from 'vitest';
import type { Message, MessagePart, Role } from '../../../src/domain/message.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import { mostTexts, readEmbeddings, toBatch, toPrediction } from '../../../src/providers/gemini/embeddings.ts';
import { toRequest } from '../../../src/providers/gemini/request.ts';
import { callOf, offerOf, promptOf, settingsOf } from '../../support/providerCall.ts';
import { jsonFixture } from './fixtures.ts';

const settings = settingsOf({ format: 'gemini' });
const request = (call: Partial<ProviderCall>) => toRequest(callOf(call), settings);
const ask = (prompt: Partial<Prompt>) => request({ prompt: promptOf(prompt) });
const message = (role: Role, ...parts: readonly MessagePart[]): Message => ({ role, parts, name: null });
const text = (words: string): MessagePart => ({ type: 'text', text: words });
const say = (...messages: readonly Message[]) => ask({ messages }).body['contents'];
const tool = { name: 'weather', description: 'Looks out.', parameters: { type: 'object' }, strict: null };
const schema = { type: 'object', required: ['city'] };

describe('a request', () => {
  it('is as short as what was asked', () => {
    expect(request({}).body).toEqual({ contents: [{ role: 'user', parts: [{ text: 'Once upon a time' }] }] });
  });

  it('carries all parameters by their names', () => {
    const prompt = promptOf({
      sampling: { temperature: 0, topP: 0.9, topK: 40, frequencyPenalty: 1, presencePenalty: -1, seed: 7 },
      stop: ['.'],
      topLogprobs: 2,
      choices: 3,
      outputFormat: { type: 'jsonSchema', name: 'place', schema, strict: true },
      tools: [tool],
      toolChoice: { type: 'tool', name: 'weather' },
    });
    const asked = request({ prompt, maxOutputTokens: 9, requireParameters: true });
    expect(asked).toMatchObject({ schemaMethod: 'NATIVE', warnings: [] });
    expect(asked.body).toMatchObject({
      generationConfig: {
        temperature: 0,
        topP: 0.9,
        topK: 40,
        frequencyPenalty: 1,
        presencePenalty: -1,
        seed: 7,
        stopSequences: ['.'],
        responseLogprobs: true,
        logprobs: 2,
        candidateCount: 3,
        maxOutputTokens: 9,
        responseMimeType: 'application/json',
        responseJsonSchema: schema,
      },
      tools: [{ functionDeclarations: [{ name: 'weather', description: 'Looks out.', parametersJsonSchema: { type: 'object' } }] }],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['weather'] } },
    });
  });

  it.each([
    ['gemini-2.5-flash', { thinkingBudget: 1024, includeThoughts: true }],
    ['gemini-3-pro-preview', { thinkingLevel: 'low', includeThoughts: true }],
  ])('asks %s to think a little', (model, thinkingConfig) => {
    const call = { offer: offerOf(model), prompt: promptOf({ reasoningEffort: 'LOW' }) };
    expect(request(call).body).toMatchObject({ generationConfig: { thinkingConfig } });
  });

  it('asks for pictures and speech', () => {
    expect(ask({ modalities: ['TEXT', 'AUDIO'], audio: { voice: 'Kore', format: null } }).body).toMatchObject({
      generationConfig: {
        responseModalities: ['TEXT', 'AUDIO'],
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
      },
    });
  });

  it('lets nobody replace what the gateway’s promises hang on', () => {
    const generationConfig = { maxOutputTokens: 1e6, candidateCount: 8, mediaResolution: 'LOW' };
    const prompt = promptOf({ providerOptions: { gemini: { generationConfig, safetySettings: [], contents: [] } } });
    const { body, warnings } = request({ prompt, maxOutputTokens: 5 });
    expect(body).toMatchObject({ generationConfig: { maxOutputTokens: 5, mediaResolution: 'LOW' }, safetySettings: [] });
    expect(body['generationConfig']).not.toHaveProperty('candidateCount');
    expect(warnings).toEqual([expect.stringContaining('providerOptions.contents')]);
  });
});

describe('a conversation', () => {
  it('goes on with calls, their signatures and their results', () => {
    const thought = (signature: string): MessagePart => ({ type: 'reasoning', text: 'Hm.', signature });
    const call: MessagePart = { type: 'toolCall', id: 'fc_a', name: 'weather', arguments: '{"city":"Zürich"}' };
    const result = (words: string, isError = false): MessagePart => ({
      type: 'toolResult',
      toolCallId: 'fc_a',
      parts: [text(words)],
      isError,
    });
    const said = [
      thought('gemini:call:fc_a:c2ln'),
      thought('gemini:text:dGV4'),
      thought('anthropic-messages:x'),
      text('Let me see.'),
      call,
    ];
    expect(say(message('ASSISTANT', ...said), message('TOOL', result('{"sky":"rain"}'), result('12'), result('no', true)))).toEqual([
      {
        role: 'model',
        parts: [
          { text: 'Let me see.', thoughtSignature: 'dGV4' },
          { functionCall: { id: 'fc_a', name: 'weather', args: { city: 'Zürich' } }, thoughtSignature: 'c2ln' },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: 'fc_a', name: 'weather', response: { sky: 'rain' } } },
          { functionResponse: { id: 'fc_a', name: 'weather', response: { output: 12 } } },
          { functionResponse: { id: 'fc_a', name: 'weather', response: { error: 'no' } } },
        ],
      },
    ]);
  });

  it('has its instructions apart, and carries pictures, files and sounds', () => {
    const media = { url: null, data: 'AAAA', mediaType: 'image/png' };
    const parts: readonly MessagePart[] = [
      { type: 'image', ...media, detail: null },
      { type: 'file', url: 'https://example.com/a.pdf', data: null, mediaType: null, filename: null },
      { type: 'audio', ...media, mediaType: null, format: 'wav' },
    ];
    expect(ask({ messages: [message('SYSTEM', text('Be brief.')), message('USER', ...parts)] }).body).toEqual({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
            { fileData: { mimeType: 'application/pdf', fileUri: 'https://example.com/a.pdf' } },
            { inlineData: { mimeType: 'audio/wav', data: 'AAAA' } },
          ],
        },
      ],
    });
  });

  it('refuses a result of a call that is not there', () => {
    const result: MessagePart = { type: 'toolResult', toolCallId: 'x', parts: [text('rain')], isError: false };
    expect(() => say(message('TOOL', result))).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});

describe('a call of a tool that another model made', () => {
  const call = (id: string): MessagePart => ({ type: 'toolCall', id, name: 'weather', arguments: '{}' });
  const said = (model: string, ...parts: readonly MessagePart[]) =>
    request({ offer: offerOf(model), prompt: promptOf({ messages: [message('ASSISTANT', ...parts)] }) }).body['contents'];

  it('goes to newer models with the mark that stands for a signature, the first of several calls', () => {
    expect(said('gemini-3.5-flash', call('a'), call('b'))).toEqual([
      {
        role: 'model',
        parts: [
          { functionCall: { id: 'a', name: 'weather', args: {} }, thoughtSignature: 'skip_thought_signature_validator' },
          { functionCall: { id: 'b', name: 'weather', args: {} } },
        ],
      },
    ]);
    const own: MessagePart = { type: 'reasoning', text: '', signature: 'gemini:call:a:c2ln' };
    expect(JSON.stringify(said('gemini-3.5-flash', own, call('a'), call('b')))).not.toContain('skip_thought');
  });

  it('goes to older models without an id, which they do not know', () => {
    expect(said('gemini-2.5-flash', call('a'))).toEqual([{ role: 'model', parts: [{ functionCall: { name: 'weather', args: {} } }] }]);
  });
});

describe('embeddings', () => {
  const peer = { id: 'upstream' as never, name: 'Upstream' };
  const call = { ...callOf(), offer: offerOf('gemini-embedding-001'), inputs: ['a', 'b'], dimensions: 2, providerOptions: {} };

  it('are asked for in the form of either address', () => {
    const one = { model: 'models/gemini-embedding-001', outputDimensionality: 2 };
    expect(toBatch(call, settings)).toEqual({
      requests: [
        { ...one, content: { parts: [{ text: 'a' }] } },
        { ...one, content: { parts: [{ text: 'b' }] } },
      ],
    });
    const asked = { ...call, providerOptions: { gemini: { task_type: 'RETRIEVAL_QUERY', parameters: { autoTruncate: false } } } };
    expect(toPrediction(asked, settings)).toEqual({
      instances: [
        { content: 'a', task_type: 'RETRIEVAL_QUERY' },
        { content: 'b', task_type: 'RETRIEVAL_QUERY' },
      ],
      parameters: { outputDimensionality: 2, autoTruncate: false },
    });
    expect([
      mostTexts(true, 'gemini-embedding-001'),
      mostTexts(true, 'text-embedding-005'),
      mostTexts(false, 'gemini-embedding-001'),
    ]).toEqual([1, 250, 100]);
  });

  it('are read in the form of either address', () => {
    const vectors = [Float32Array.of(0.5, -0.25), Float32Array.of(1, 0)];
    expect(readEmbeddings(jsonFixture('embeddings.json'), 2, peer)).toMatchObject({
      vectors,
      usage: { inputTokens: null, outputTokens: 0 },
    });
    expect(readEmbeddings(jsonFixture('predictions.json'), 2, peer)).toMatchObject({ vectors, usage: { inputTokens: 7 } });
    expect(() => readEmbeddings(jsonFixture('embeddings.json'), 3, peer)).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
  });
});
