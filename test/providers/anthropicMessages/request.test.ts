import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Message, MessagePart, Role } from '../../../src/domain/message.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import type { ProviderSettings } from '../../../src/ports/providerSettings.ts';
import { featuresOf } from '../../../src/providers/anthropicMessages/features.ts';
import { toRequest } from '../../../src/providers/anthropicMessages/request.ts';
import { callOf, offerOf, promptOf, settingsOf } from '../../support/providerCall.ts';

function request(call: Partial<ProviderCall>, settings: Partial<ProviderSettings> = {}) {
  const whole = settingsOf({ format: 'anthropic-messages', ...settings });
  return toRequest(callOf(call), featuresOf(whole), whole);
}

const ask = (prompt: Partial<Prompt>, kin: string | null = 'anthropic') => request({ prompt: promptOf(prompt) }, { kin });
const message = (role: Role, ...parts: readonly MessagePart[]): Message => ({ role, parts, name: null });
const text = (words: string): MessagePart => ({ type: 'text', text: words });
const say = (...messages: readonly Message[]): JsonObject => ask({ messages }).body;
const media = { url: null, data: 'AAAA', mediaType: 'image/png' };
const tool = { name: 'weather', description: null, parameters: { type: 'object' }, strict: null };
const schema = { type: 'object', required: ['city'] };
const outputFormat = { type: 'jsonSchema', name: 'place', schema, strict: true } as const;
const cold = { temperature: 0, topP: 0.9, topK: 40, frequencyPenalty: null, presencePenalty: null, seed: null };

describe('a request', () => {
  it('is as short as what was asked, but for the cap that the format demands', () => {
    expect(request({}).body).toEqual({
      model: 'stories260k',
      max_tokens: 4096,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Once upon a time' }] }],
      stream: true,
    });
  });

  it('is capped by the call, else by the model', () => {
    const offer = { ...offerOf('claude'), maxOutputTokens: 64_000 };
    expect(request({ offer }).body).toMatchObject({ max_tokens: 64_000 });
    expect(request({ offer, maxOutputTokens: 9 }).body).toMatchObject({ max_tokens: 9 });
  });

  it('carries all parameters by their names', () => {
    const prompt = promptOf({ sampling: cold, stop: ['END'], reasoningEffort: 'MINIMAL' });
    expect(request({ prompt, endUser: 'u' }, { kin: 'anthropic' }).body).toMatchObject({
      temperature: 0,
      top_p: 0.9,
      top_k: 40,
      stop_sequences: ['END'],
      thinking: { type: 'adaptive' },
      output_config: { effort: 'low' },
      metadata: { user_id: 'u' },
    });
    expect(ask({ reasoningEffort: 'NONE' }).body).toMatchObject({ thinking: { type: 'disabled' } });
  });

  it('says what the provider lacks, and leaves it out; where all is required it is refused', () => {
    const prompt = promptOf({ sampling: { ...cold, temperature: 1.5, seed: 7 }, choices: 2, outputFormat: { type: 'json' } });
    const { body, warnings } = request({ prompt }, { kin: 'anthropic' });
    expect(body).not.toHaveProperty('seed');
    expect(body).toMatchObject({ temperature: 1 });
    expect(warnings).toEqual([
      expect.stringMatching(/^seed was left out/),
      expect.stringMatching(/^n was left out/),
      expect.stringMatching(/^outputFormat.json was left out/),
      expect.stringMatching(/^temperature was lowered to 1/),
    ]);
    expect(() => request({ prompt, requireParameters: true })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER', details: { parameter: 'seed', provider: 'upstream' } }),
    );
  });

  it('asks for a schema in its own field, or by the one tool that must be called', () => {
    const native = ask({ outputFormat });
    expect(native).toMatchObject({ schemaMethod: 'NATIVE', schemaTool: null });
    expect(native.body).toMatchObject({ output_config: { format: { type: 'json_schema', schema } } });
    const byTool = ask({ outputFormat, tools: [tool] }, null);
    expect(byTool).toMatchObject({ schemaMethod: 'TOOL', schemaTool: 'answer' });
    expect(byTool.body).toMatchObject({
      tools: [{ name: 'weather' }, { name: 'answer', input_schema: schema }],
      tool_choice: { type: 'any' },
    });
    expect(ask({ outputFormat, tools: [tool], toolChoice: { type: 'none' } }, null).body).toMatchObject({
      tools: [{ name: 'answer' }],
      tool_choice: { type: 'tool', name: 'answer' },
    });
  });

  it('asks older models for a schema by the tool, for they have no field for it', () => {
    const asked = request({ prompt: promptOf({ outputFormat }), offer: offerOf('claude-sonnet-4-20250514') }, { kin: 'anthropic' });
    expect(asked).toMatchObject({ schemaMethod: 'TOOL', body: expect.not.objectContaining({ output_config: expect.anything() }) });
    const prompt = promptOf({ outputFormat, reasoningEffort: 'LOW' });
    const thinking = request({ prompt, offer: offerOf('claude-sonnet-4-20250514') }, { kin: 'anthropic' });
    expect(thinking.warnings).toEqual([expect.stringContaining('reasoningEffort')]);
    expect(thinking.body).not.toHaveProperty('thinking');
  });

  it.each([
    {
      model: 'claude-opus-4-6',
      effort: 'MEDIUM',
      cap: 9000,
      fields: { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort: 'medium' } },
    },
    { model: 'claude-fable-5', effort: 'NONE', cap: 9000, fields: { output_config: { effort: 'low' } } },
    { model: 'claude-sonnet-4-6', effort: 'NONE', cap: 9000, fields: { thinking: { type: 'disabled' } } },
    { model: 'claude-haiku-4-5-20251001', effort: 'LOW', cap: 9000, fields: { thinking: { type: 'enabled', budget_tokens: 2048 } } },
    { model: 'claude-3-7-sonnet-20250219', effort: 'HIGH', cap: 9000, fields: { thinking: { type: 'enabled', budget_tokens: 4500 } } },
    { model: 'claude-sonnet-4-5', effort: 'HIGH', cap: 1024, fields: {} },
  ] as const)('asks $model to think with effort $effort within $cap tokens', ({ model, effort, cap, fields }) => {
    const call = { prompt: promptOf({ reasoningEffort: effort }), offer: offerOf(model), maxOutputTokens: cap };
    const { thinking, output_config: config } = request(call, { kin: 'anthropic' }).body;
    expect({ ...(thinking && { thinking }), ...(config && { output_config: config }) }).toEqual(fields);
  });

  it('has documents cited where the caller says so, and marks no thought for the cache', () => {
    const pdf: MessagePart = { type: 'file', url: null, data: 'AAAA', mediaType: 'application/pdf', filename: null };
    const providerOptions = { 'anthropic-messages': { citations: { enabled: true } } };
    const thought: MessagePart = { type: 'reasoning', text: 'Hm.', signature: 'anthropic-messages:c2ln' };
    const messages = [message('USER', pdf), message('ASSISTANT', text('So.'), thought, { type: 'cacheControl', lifetime: null })];
    const { body } = ask({ messages, providerOptions });
    expect(body).not.toHaveProperty('citations');
    expect(body).toMatchObject({
      messages: [
        { content: [{ type: 'document', citations: { enabled: true } }] },
        { content: [{ text: 'So.', cache_control: { type: 'ephemeral' } }, { type: 'thinking' }] },
      ],
    });
    expect(JSON.stringify(ask({ messages }).body)).not.toContain('citations');
  });

  it.each([
    [{ type: 'required' } as const, null, { type: 'any' }],
    [{ type: 'tool', name: 'weather' } as const, false, { type: 'tool', name: 'weather', disable_parallel_tool_use: true }],
    [{ type: 'none' } as const, false, { type: 'none' }],
    [null, false, { type: 'auto', disable_parallel_tool_use: true }],
    [{ type: 'auto' } as const, true, { type: 'auto' }],
  ])('says %j with parallel calls %s as %j', (toolChoice, parallelToolCalls, choice) => {
    expect(ask({ tools: [tool], toolChoice, parallelToolCalls }).body).toMatchObject({
      tools: [{ name: 'weather', input_schema: { type: 'object' } }],
      tool_choice: choice,
    });
  });

  it('lets nobody replace what the gateway’s promises hang on', () => {
    const providerOptions = { 'anthropic-messages': { max_tokens: 1e6, service_tier: 'auto' } };
    const call = { prompt: promptOf({ providerOptions }), maxOutputTokens: 5 };
    const { body, warnings } = request(call, { extraBody: { metadata: { user_id: 'house' } } });
    expect(body).toMatchObject({ max_tokens: 5, service_tier: 'auto', metadata: { user_id: 'house' } });
    expect(warnings).toEqual([expect.stringContaining('providerOptions.max_tokens')]);
  });
});

describe('a conversation', () => {
  it('has its instructions apart, and its speakers take turns', () => {
    const body = say(
      message('SYSTEM', text('Be brief.')),
      message('DEVELOPER', text('Be kind.')),
      message('USER', text('Hi')),
      message('USER', text('!')),
    );
    expect(body).toMatchObject({
      system: [{ text: 'Be brief.' }, { text: 'Be kind.' }],
      messages: [{ role: 'user', content: [{ text: 'Hi' }, { text: '!' }] }],
    });
  });

  it('carries pictures, documents and what tools answered', () => {
    const image: MessagePart = { type: 'image', ...media, detail: null };
    const pdf: MessagePart = { type: 'file', url: 'https://example.com/a.pdf', data: null, mediaType: null, filename: 'a.pdf' };
    const note: MessagePart = {
      type: 'file',
      url: null,
      data: Buffer.from('Grüezi').toString('base64'),
      mediaType: 'text/plain',
      filename: null,
    };
    const result: MessagePart = { type: 'toolResult', toolCallId: 'toolu_a', parts: [text('rain'), image], isError: true };
    expect(say(message('USER', image, pdf, note), message('TOOL', result))['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' }, title: 'a.pdf' },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Grüezi' } },
          {
            type: 'tool_result',
            tool_use_id: 'toolu_a',
            content: [
              { type: 'text', text: 'rain' },
              { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
            ],
            is_error: true,
          },
        ],
      },
    ]);
  });

  it('marks the part before a cache hint', () => {
    const hint = (lifetime: 'ONE_HOUR' | null): MessagePart => ({ type: 'cacheControl', lifetime });
    expect(say(message('SYSTEM', text('Long.'), hint('ONE_HOUR')), message('USER', hint(null), text('Hi'), hint(null)))).toMatchObject({
      system: [{ text: 'Long.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [{ content: [{ text: 'Hi', cache_control: { type: 'ephemeral' } }] }],
    });
  });

  it('gives thoughts back under their own seal, and no other’s', () => {
    const thought = (signature: string | null): MessagePart => ({ type: 'reasoning', text: 'Hm.', signature });
    const parts = [thought('anthropic-messages:abc'), thought('anthropic-messages:redacted:xyz'), thought('gemini:abc'), thought(null)];
    expect(say(message('USER', text('Hi')), message('ASSISTANT', ...parts, text('Yes.')))['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'abc' },
          { type: 'redacted_thinking', data: 'xyz' },
          { type: 'text', text: 'Yes.' },
        ],
      },
    ]);
  });

  it('refuses what it cannot say', () => {
    const call: MessagePart = { type: 'toolCall', id: 'a', name: 'weather', arguments: '{"city":' };
    expect(() => say(message('ASSISTANT', call))).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
    expect(() => say(message('USER', { ...call, arguments: '{}' }))).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
    expect(() => say(message('USER', { type: 'audio', ...media, format: null }))).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER' }),
    );
  });
});
