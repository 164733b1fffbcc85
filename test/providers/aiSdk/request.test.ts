import { describe, expect, it } from 'vitest';
import type { MessagePart } from '../../../src/domain/message.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import { readSupportedUrls } from '../../../src/providers/aiSdk/dialect.ts';
import { toRequest } from '../../../src/providers/aiSdk/request.ts';
import { seal } from '../../../src/providers/aiSdk/seal.ts';
import type { Request, Specification } from '../../../src/providers/aiSdk/wire.ts';
import { neverAborted } from '../../support/collect.ts';
import { callOf, promptOf, settingsOf } from '../../support/providerCall.ts';

const takesUrl = readSupportedUrls({ 'application/pdf': [/^https:/], 'image/*': [/^https:\/\/pictures\./] });

function requestOf(prompt: Parameters<typeof promptOf>[0], more: Partial<ProviderCall> = {}, version: Specification = 'v4'): Request {
  const call = callOf({ prompt: promptOf(prompt), ...more });
  return toRequest(call, { dialect: { packageName: 'p', version, takesUrl }, settings: settingsOf(), signal: neverAborted });
}

function said(parts: readonly MessagePart[], role: 'USER' | 'ASSISTANT' | 'TOOL' | 'SYSTEM' = 'USER', version: Specification = 'v4') {
  const call = { role: 'ASSISTANT', name: null, parts: [{ type: 'toolCall', id: 'c', name: 'look', arguments: '{"a":1}' }] } as const;
  return requestOf({ messages: [call, { role, parts, name: null }] }, {}, version).options.prompt.slice(1);
}

const picture = { type: 'image', url: null, data: 'AA==', mediaType: 'image/png', detail: null } as const;
const text = { type: 'text', text: 'Hi' } as const;
const hint = { type: 'cacheControl', lifetime: 'ONE_HOUR' } as const;
const cached = { anthropic: { cacheControl: { type: 'ephemeral', ttl: '1h' } } };

describe('messages', () => {
  it('are what the specification calls them', () => {
    expect(said([text, hint], 'SYSTEM')).toEqual([{ role: 'system', content: 'Hi', providerOptions: cached }]);
    expect(said([text, hint])).toEqual([{ role: 'user', content: [{ type: 'text', text: 'Hi', providerOptions: cached }] }]);
    expect(said([{ type: 'text', text: '' }])).toEqual([]);
  });

  it.each([
    ['v4', { type: 'data', data: 'AA==' }, { type: 'url', url: new URL('https://a.example/b.pdf') }],
    ['v3', 'AA==', new URL('https://a.example/b.pdf')],
    ['v2', 'AA==', new URL('https://a.example/b.pdf')],
  ] as const)('have media in the form of %s', (version, data, url) => {
    const file = { type: 'file', url: 'https://a.example/b.pdf', data: null, mediaType: 'application/pdf', filename: 'b.pdf' } as const;
    const sound = { type: 'audio', url: null, data: 'AA==', mediaType: null, format: 'mp3' } as const;
    expect(said([picture, file, sound], 'USER', version)).toEqual([
      {
        role: 'user',
        content: [
          { type: 'file', mediaType: 'image/png', data },
          { type: 'file', mediaType: 'application/pdf', data: url, filename: 'b.pdf' },
          { type: 'file', mediaType: 'audio/mpeg', data },
        ],
      },
    ]);
  });

  it.each([
    ['v4', { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AA==' } }],
    ['v3', { type: 'image-data', data: 'AA==', mediaType: 'image/png' }],
    ['v2', { type: 'media', data: 'AA==', mediaType: 'image/png' }],
  ] as const)('have results of tools in the form of %s', (version, file) => {
    const result = (parts: readonly MessagePart[], isError = false) => ({ type: 'toolResult', toolCallId: 'c', parts, isError }) as const;
    const output = (value: unknown) => [
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'c', toolName: 'look', output: value }] },
    ];
    expect(said([result([text])], 'TOOL', version)).toEqual(output({ type: 'text', value: 'Hi' }));
    expect(said([result([text], true)], 'TOOL', version)).toEqual(output({ type: 'error-text', value: 'Hi' }));
    expect(said([result([text, picture])], 'TOOL', version)).toEqual(output({ type: 'content', value: [text, file] }));
  });

  it('carry what the package sealed of each part, and nothing that others did', () => {
    const sealed = (of: 'thought' | 'text' | 'call', key: string, id?: string) =>
      ({
        type: 'reasoning',
        text: of === 'thought' ? 'Hm.' : '',
        signature: seal('p', { of, ...(id === undefined ? {} : { id }), options: { v: { key } } }),
      }) as const;
    const call = { type: 'toolCall', id: 'd', name: 'look', arguments: '' } as const;
    const foreign = { type: 'reasoning', text: 'No', signature: 'ai-sdk:q:{"of":"thought","options":{}}' } as const;
    const open = { type: 'reasoning', text: 'No', signature: null } as const;
    const broken = { type: 'reasoning', text: 'No', signature: 'ai-sdk:p:{"of"' } as const;
    expect(
      said([sealed('thought', 't'), sealed('text', 'x'), sealed('call', 'c', 'd'), foreign, open, broken, text, call], 'ASSISTANT'),
    ).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.', providerOptions: { v: { key: 't' } } },
          { type: 'text', text: 'Hi', providerOptions: { v: { key: 'x' } } },
          { type: 'tool-call', toolCallId: 'd', toolName: 'look', input: {}, providerOptions: { v: { key: 'c' } } },
        ],
      },
    ]);
  });

  it.each([
    [[picture], 'SYSTEM'],
    [[text], 'TOOL'],
    [[{ type: 'toolCall', id: 'x', name: 'look', arguments: '{}' }], 'USER'],
    [[{ type: 'toolCall', id: 'x', name: 'look', arguments: '[1]' }], 'ASSISTANT'],
    [[{ type: 'toolResult', toolCallId: 'nobody', parts: [], isError: false }], 'TOOL'],
    [[{ ...picture, url: 'nowhere', data: null }], 'USER'],
  ] as const)('that make no sense are refused: %o of %s', (parts, role) => {
    expect(() => said(parts, role)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});

describe('addresses', () => {
  it('are passed on where the package takes them, and fetched by nobody', () => {
    expect(takesUrl('image/png', 'HTTPS://Pictures.example/a')).toBe(true);
    expect(takesUrl('image/png', 'https://other.example/a')).toBe(false);
    expect(takesUrl('video/mp4', 'https://pictures.example/a')).toBe(false);
    expect(readSupportedUrls({ '*': [/./] })('video/mp4', 'a')).toBe(true);
    expect(readSupportedUrls({ '*/*': [/./] })('video/mp4', 'a')).toBe(true);
    expect(readSupportedUrls(undefined)('image/png', 'a')).toBe(false);
    expect(() => said([{ ...picture, data: null, url: 'http://169.254.169.254/' }])).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER', details: { parameter: 'image.url' } }),
    );
  });
});

describe('parameters', () => {
  const tools = [{ name: 'look', description: null, parameters: { type: 'object' }, strict: true }];

  it('have their places', () => {
    const sampling = { temperature: 0, topP: 0.5, topK: null, frequencyPenalty: null, presencePenalty: null, seed: 7 };
    const outputFormat = { type: 'jsonSchema', name: 'a', schema: { type: 'object' }, strict: null } as const;
    const { options, schemaMethod, warnings } = requestOf(
      { sampling, stop: ['x'], tools, toolChoice: { type: 'tool', name: 'look' }, outputFormat, reasoningEffort: 'LOW' },
      { maxOutputTokens: 5 },
    );
    expect(options).toMatchObject({
      temperature: 0,
      topP: 0.5,
      seed: 7,
      stopSequences: ['x'],
      maxOutputTokens: 5,
      reasoning: 'low',
      tools: [{ type: 'function', name: 'look', inputSchema: { type: 'object' }, strict: true }],
      toolChoice: { type: 'tool', toolName: 'look' },
      responseFormat: { type: 'json', name: 'a', schema: { type: 'object' } },
      abortSignal: neverAborted,
    });
    expect(options).not.toHaveProperty('topK');
    expect({ schemaMethod, warnings }).toEqual({ schemaMethod: 'NATIVE', warnings: [] });
  });

  it('that a version lacks are told, or refused', () => {
    expect(requestOf({ reasoningEffort: 'LOW' }, {}, 'v3').warnings).toEqual(['reasoningEffort was left out: upstream does not have it.']);
    expect(() => requestOf({ choices: 2 }, { requireParameters: true })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_PARAMETER' }),
    );
    expect(requestOf({ tools }, {}, 'v2').options['tools']).toEqual([{ type: 'function', name: 'look', inputSchema: { type: 'object' } }]);
  });

  it('of a package go to it by its own name, but for those that the gateway sets', () => {
    const own = { openai: { store: false, max_output_tokens: 9, maxCompletionTokens: 9, model: 'other', n: 5 }, odd: 3 };
    const { options, warnings } = requestOf({ providerOptions: { upstream: own, other: { x: {} } } });
    expect(options['providerOptions']).toEqual({ openai: { store: false } });
    expect(warnings).toHaveLength(4);
  });
});
