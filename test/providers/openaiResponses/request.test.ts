import { describe, expect, it } from 'vitest';
import type { Message, MessagePart, Role } from '../../../src/domain/message.ts';
import type { Prompt } from '../../../src/domain/prompt.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import { toRequest } from '../../../src/providers/openaiResponses/request.ts';
import { callOf, offerOf, promptOf, settingsOf } from '../../support/providerCall.ts';

const request = (call: Partial<ProviderCall>) => toRequest(callOf(call), settingsOf({ format: 'openai-responses' }));
const ask = (prompt: Partial<Prompt>) => request({ prompt: promptOf(prompt) });
const message = (role: Role, ...parts: readonly MessagePart[]): Message => ({ role, parts, name: null });
const text = (words: string): MessagePart => ({ type: 'text', text: words });
const say = (...messages: readonly Message[]) => ask({ messages }).body['input'];
const media = { url: null, data: 'AAAA', mediaType: 'image/png' };
const tool = { name: 'weather', description: 'Looks out.', parameters: { type: 'object' }, strict: null };
const sampling = { temperature: 0.5, topP: 0.9, topK: 40, frequencyPenalty: null, presencePenalty: null, seed: 7 };

describe('a request', () => {
  it('is as short as what was asked, and has nothing stored', () => {
    expect(request({}).body).toEqual({
      model: 'stories260k',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Once upon a time' }] }],
      stream: true,
      stream_options: { include_obfuscation: false },
      store: false,
      include: ['reasoning.encrypted_content'],
    });
  });

  it('asks for encrypted thoughts only of models that think', () => {
    const includes = (offer: ReturnType<typeof offerOf>) => request({ offer }).body['include'];
    expect(['gpt-4.1', 'gpt-4o-mini', 'chatgpt-4o-latest', 'gpt-5-chat-latest'].map((name) => includes(offerOf(name)))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(['o3', 'gpt-5.1', 'gpt-5-mini'].every((name) => includes(offerOf(name)) !== undefined)).toBe(true);
    expect(includes({ ...offerOf('my-deployment'), capabilities: ['TOOLS'] })).toBeUndefined();
    expect(includes({ ...offerOf('gpt-4-reasons'), capabilities: ['REASONING'] })).toEqual(['reasoning.encrypted_content']);
  });

  it('carries all parameters by their names', () => {
    const outputFormat = { type: 'jsonSchema', name: 'place', schema: { type: 'object' }, strict: true } as const;
    const prompt = promptOf({
      sampling: { ...sampling, topK: null, seed: null },
      topLogprobs: 2,
      reasoningEffort: 'LOW',
      outputFormat,
      tools: [tool],
      toolChoice: { type: 'tool', name: 'weather' },
      parallelToolCalls: false,
    });
    expect(request({ prompt, maxOutputTokens: 9, endUser: 'u', requireParameters: true }).body).toMatchObject({
      temperature: 0.5,
      top_p: 0.9,
      top_logprobs: 2,
      include: ['reasoning.encrypted_content', 'message.output_text.logprobs'],
      reasoning: { effort: 'low', summary: 'auto' },
      text: { format: { type: 'json_schema', name: 'place', schema: { type: 'object' }, strict: true } },
      tools: [{ type: 'function', name: 'weather', description: 'Looks out.', parameters: { type: 'object' }, strict: false }],
      tool_choice: { type: 'function', name: 'weather' },
      parallel_tool_calls: false,
      max_output_tokens: 9,
      safety_identifier: 'u',
    });
  });

  it('says what the provider lacks, and leaves it out', () => {
    const { body, warnings } = ask({ sampling, stop: ['.'] });
    expect(body).not.toHaveProperty('stop');
    expect(warnings).toEqual(['topK', 'seed', 'stop'].map((name) => expect.stringContaining(name)));
  });

  it('lets nobody replace what the gateway’s promises hang on', () => {
    const providerOptions = { 'openai-responses': { max_output_tokens: 1e6, background: true, service_tier: 'flex' } };
    const { body, warnings } = request({ prompt: promptOf({ providerOptions }), maxOutputTokens: 5 });
    expect(body).toMatchObject({ max_output_tokens: 5, service_tier: 'flex' });
    expect(warnings).toHaveLength(2);
  });
});

describe('a conversation', () => {
  it('is a list of what was said, thought, called and answered', () => {
    const parts: readonly MessagePart[] = [
      { type: 'reasoning', text: 'Hm.', signature: 'openai-responses:{"id":"rs_1","encrypted_content":"gA"}' },
      { type: 'reasoning', text: 'Not ours.', signature: 'anthropic-messages:x' },
      text('Let me see.'),
      { type: 'toolCall', id: 'call_a', name: 'weather', arguments: '{}' },
    ];
    const result: MessagePart = { type: 'toolResult', toolCallId: 'call_a', parts: [text('rain')], isError: false };
    expect(say(message('SYSTEM', text('Be brief.')), message('ASSISTANT', ...parts), message('TOOL', result))).toEqual([
      { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'Be brief.' }] },
      { type: 'reasoning', id: 'rs_1', encrypted_content: 'gA', summary: [{ type: 'summary_text', text: 'Hm.' }] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Let me see.' }] },
      { type: 'function_call', call_id: 'call_a', name: 'weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'call_a', output: 'rain' },
    ]);
  });

  it('carries pictures and files, and refuses sounds', () => {
    const image: MessagePart = { type: 'image', ...media, detail: 'LOW' };
    const pdf: MessagePart = { type: 'file', url: 'https://example.com/a.pdf', data: null, mediaType: null, filename: null };
    expect(say(message('USER', image, pdf))).toEqual([
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'low' },
          { type: 'input_file', file_url: 'https://example.com/a.pdf' },
        ],
      },
    ]);
    const sound: MessagePart = { type: 'audio', ...media, format: 'wav' };
    expect(() => say(message('USER', sound))).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER' }));
  });
});
