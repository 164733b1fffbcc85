import { describe, expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Message, MessagePart, Role } from '../../../src/domain/message.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import type { ProviderSettings } from '../../../src/ports/providerSettings.ts';
import { toHeaders } from '../../../src/providers/openaiChat/address.ts';
import { quirksOf } from '../../../src/providers/openaiChat/quirks.ts';
import { toRequest } from '../../../src/providers/openaiChat/request.ts';
import { callOf, promptOf, settingsOf } from '../../support/providerCall.ts';

function request(call: Partial<ProviderCall>, settings: Partial<ProviderSettings> = {}) {
  const whole = settingsOf(settings);
  return toRequest(callOf(call), quirksOf(whole), whole);
}

const ask = (prompt: Partial<Prompt>, kin: string | null = null) => request({ prompt: promptOf(prompt) }, { kin });
const sampling = { temperature: 0.5, topP: 0.9, topK: 40, frequencyPenalty: 1, presencePenalty: -1, seed: 7 };
const message = (role: Role, ...parts: readonly MessagePart[]): Message => ({ role, parts, name: null });
const text = (words: string): MessagePart => ({ type: 'text', text: words });
const media = { url: null, data: 'AAAA', mediaType: 'image/png' };
const say = (parts: readonly Message[], kin: string | null = null) => ask({ messages: parts }, kin).body.messages;

describe('a request', () => {
  it('is as short as what was asked', () => {
    expect(request({}).body).toEqual({
      model: 'stories260k',
      messages: [{ role: 'user', content: 'Once upon a time' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(request({ streamed: false }).body).not.toHaveProperty('stream_options');
  });

  it('carries all parameters by their names', () => {
    expect(
      request({ prompt: promptOf({ sampling, stop: ['.'], reasoningEffort: 'LOW', topLogprobs: 2 }), maxOutputTokens: 9, endUser: 'u' })
        .body,
    ).toMatchObject({
      temperature: 0.5,
      top_p: 0.9,
      top_k: 40,
      frequency_penalty: 1,
      presence_penalty: -1,
      seed: 7,
      stop: ['.'],
      reasoning_effort: 'low',
      logprobs: true,
      top_logprobs: 2,
      max_tokens: 9,
      user: 'u',
    });
  });

  it('says what the provider lacks, and leaves it out', () => {
    const { body, warnings } = ask({ sampling }, 'mistral');
    expect(body).toMatchObject({ random_seed: 7, temperature: 0.5 });
    expect(body).not.toHaveProperty('top_k');
    expect(warnings).toEqual([expect.stringContaining('topK')]);
  });

  it('is refused where all of it is required', () => {
    const call = { prompt: promptOf({ sampling }), requireParameters: true };
    expect(() => request(call, { kin: 'mistral' })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER', details: { parameter: 'topK', provider: 'upstream' } }),
    );
  });

  it('names the cap as the provider does', () => {
    expect(request({ maxOutputTokens: 9 }, { kin: 'openai' }).body).toMatchObject({ max_completion_tokens: 9 });
  });

  it('is read with the quirks of its id where no kin is named', () => {
    expect(request({ maxOutputTokens: 9 }, { id: toId('groq') }).body).toMatchObject({ max_completion_tokens: 9 });
  });

  it('asks for usage only where that is not refused', () => {
    expect(request({}, { kin: 'mistral' }).body).not.toHaveProperty('stream_options');
  });

  it('asks for tools', () => {
    const tools = [{ name: 'f', description: null, parameters: { type: 'object' }, strict: true }];
    expect(ask({ tools, toolChoice: { type: 'tool', name: 'f' }, parallelToolCalls: false }).body).toMatchObject({
      tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' }, strict: true } }],
      tool_choice: { type: 'function', function: { name: 'f' } },
      parallel_tool_calls: false,
    });
    expect(ask({ tools, toolChoice: { type: 'required' } }).body).toMatchObject({ tool_choice: 'required' });
    expect(ask({ toolChoice: { type: 'required' } }).body).not.toHaveProperty('tool_choice');
  });

  it('asks for JSON, by a schema or else without', () => {
    const outputFormat = { type: 'jsonSchema', name: 'n', schema: { type: 'object' }, strict: true } as const;
    const jsonSchema = { name: 'n', schema: { type: 'object' }, strict: true };
    expect(ask({ outputFormat }).body).toMatchObject({ response_format: { type: 'json_schema', json_schema: jsonSchema } });
    const without = ask({ outputFormat }, 'deepseek');
    expect(without.body).toMatchObject({ response_format: { type: 'json_object' } });
    expect(without.warnings).toHaveLength(1);
  });

  it('asks for no JSON where only schemas are known', () => {
    const { body, warnings } = ask({ outputFormat: { type: 'json' } }, 'lmstudio');
    expect(body).not.toHaveProperty('response_format');
    expect(warnings).toEqual([expect.stringContaining('outputFormat.json')]);
  });

  it('names the end user as the provider does, and not at all where there is no such field', () => {
    expect(request({ endUser: 'u' }, { kin: 'moonshot' }).body).toMatchObject({ safety_identifier: 'u' });
    expect(Object.values(request({ endUser: 'u' }, { kin: 'mistral' }).body)).not.toContain('u');
  });

  it('takes options meant for it, but none that the promises of the gateway hang on', () => {
    const options: JsonObject = {
      'openai-chat': { min_p: 0.1, seed: 1 },
      upstream: { seed: 2, max_tokens: 99_999, n: 5 },
      other: { x: 1 },
    };
    const call = { prompt: promptOf({ providerOptions: options }), maxOutputTokens: 9 };
    const { body, warnings } = request(call, { extraBody: { store: false, min_p: 0.2, model: 'x' } });
    expect(body).toMatchObject({ min_p: 0.2, seed: 2, store: false, max_tokens: 9, model: 'stories260k' });
    expect(body).not.toHaveProperty('n');
    expect(body).not.toHaveProperty('x');
    expect(warnings).toHaveLength(2);
  });
});

describe('messages', () => {
  it('keep their roles, but that of a developer where it is not known', () => {
    const messages = [message('SYSTEM', text('a')), message('DEVELOPER', text('b')), { ...message('USER', text('c')), name: 'ann' }];
    expect(say(messages, 'openai')).toEqual([
      { role: 'system', content: 'a' },
      { role: 'developer', content: 'b' },
      { role: 'user', content: 'c', name: 'ann' },
    ]);
    expect(say(messages)[1]?.role).toBe('system');
  });

  it('carry images, files and sounds', () => {
    const parts: readonly MessagePart[] = [
      text('a'),
      { type: 'image', detail: 'LOW', ...media },
      { type: 'image', detail: null, url: 'https://example.org/a.png', data: null, mediaType: null },
      { type: 'file', filename: 'a.pdf', ...media, mediaType: 'application/pdf' },
      { type: 'audio', format: null, ...media, mediaType: 'audio/mpeg' },
    ];
    expect(say([message('USER', ...parts)])[0]?.content).toEqual([
      { type: 'text', text: 'a' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'https://example.org/a.png' } },
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
    ]);
  });

  it.each([
    ['the url of a file', { type: 'file', filename: null, ...media, url: 'https://example.org', data: null }, 'UNSUPPORTED_PARAMETER'],
    ['data of an unknown type', { type: 'image', detail: null, ...media, mediaType: null }, 'INVALID_REQUEST'],
    ['a sound of an unknown format', { type: 'audio', format: null, ...media, mediaType: null }, 'INVALID_REQUEST'],
    ['a tool call of a user', { type: 'toolCall', id: 'a', name: 'f', arguments: '{}' }, 'INVALID_REQUEST'],
  ] as const)('are refused with %s', (_name, part, code) => {
    expect(() => say([message('USER', part)])).toThrow(expect.objectContaining({ code }));
  });

  it('go round with tools', () => {
    const call: MessagePart = { type: 'toolCall', id: 'a', name: 'f', arguments: '{}' };
    const result = (id: string): MessagePart => ({ type: 'toolResult', toolCallId: id, parts: [text('ok')], isError: false });
    expect(say([message('ASSISTANT', call), message('TOOL', result('a'), result('b'))])).toEqual([
      { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'a', content: 'ok' },
      { role: 'tool', tool_call_id: 'b', content: 'ok' },
    ]);
    expect(() => say([message('TOOL', text('ok'))])).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });

  it('give back thoughts and refusals where the provider takes them', () => {
    const spoken = message('ASSISTANT', { type: 'reasoning', text: 'hm', signature: null }, { type: 'refusal', text: 'no' });
    expect(say([spoken])).toEqual([{ role: 'assistant', content: 'no' }]);
    expect(say([spoken], 'openai')).toEqual([{ role: 'assistant', content: null, refusal: 'no' }]);
    expect(say([spoken], 'deepseek')).toEqual([{ role: 'assistant', content: 'no', reasoning_content: 'hm' }]);
  });

  it('leave names out where they are refused, and say so', () => {
    const named = { messages: [{ ...message('USER', text('a')), name: 'ann' }] };
    for (const kin of ['groq', 'mistral']) {
      const { body, warnings } = ask(named, kin);
      expect(body.messages).toEqual([{ role: 'user', content: 'a' }]);
      expect(warnings).toEqual(['messages.name was left out: upstream does not have it.']);
    }
    const required = { prompt: promptOf(named), requireParameters: true };
    expect(() => request(required, { kin: 'groq' })).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER' }));
    expect(request(required, { kin: 'openai' }).warnings).toEqual([]);
  });

  const hint = (lifetime: 'FIVE_MINUTES' | 'ONE_HOUR' | null = null): MessagePart => ({ type: 'cacheControl', lifetime });

  it('mark what is worth caching where the provider takes such marks', () => {
    const messages = [
      message('SYSTEM', text('a'), hint('ONE_HOUR')),
      message('USER', hint(), text('b'), { type: 'image', detail: null, ...media }, hint(), text('c')),
    ];
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };
    const said = (ttl: object, mark: object) => [
      { role: 'system', content: [{ type: 'text', text: 'a', ...ttl }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'b' },
          { ...image, ...mark },
          { type: 'text', text: 'c' },
        ],
      },
    ];
    const ephemeral = { cache_control: { type: 'ephemeral' } };
    expect(say(messages, 'openrouter')).toEqual(said({ cache_control: { type: 'ephemeral', ttl: '1h' } }, ephemeral));
    expect(say(messages, 'alibaba')).toEqual(said(ephemeral, ephemeral));
    const [system, user] = said({}, {});
    expect(say(messages)).toEqual([{ ...system, content: 'a' }, user]);
  });

  it("mark a tool's result by the hint behind it", () => {
    const result: MessagePart = { type: 'toolResult', toolCallId: 'a', parts: [text('ok')], isError: false };
    const marked = [{ type: 'text', text: 'ok', cache_control: { type: 'ephemeral', ttl: '5m' } }];
    expect(say([message('TOOL', result, hint('FIVE_MINUTES'))], 'openrouter')).toEqual([
      { role: 'tool', tool_call_id: 'a', content: marked },
    ]);
    expect(say([message('TOOL', result, hint())])).toEqual([{ role: 'tool', tool_call_id: 'a', content: 'ok' }]);
  });
});

describe('the account', () => {
  it('is named by organization and project', () => {
    const settings = settingsOf({ apiKey: 'k', options: { organization: 'o', project: 'p' }, headers: { 'x-a': 'b' } });
    expect(toHeaders(settings, quirksOf(settings))).toEqual({
      authorization: 'Bearer k',
      'openai-organization': 'o',
      'openai-project': 'p',
      'x-a': 'b',
    });
    expect(toHeaders(settingsOf(), quirksOf(settings))).toEqual({});
  });
});
