import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import type { CompletionInput, MessageInput } from '../../src/graphql/generated/schemaTypes.ts';
import { toCompletionRequest } from '../../src/graphql/input/completion.ts';
import { fakeDefaults } from '../support/fakeGateway.ts';

const hello: MessageInput = { role: 'USER', content: 'Hello' };

function read(input: Partial<CompletionInput>, options: Parameters<typeof toCompletionRequest>[1] | object = {}) {
  return toCompletionRequest({ model: 'sandbox/chat', messages: [hello], ...input }, { path: 'input', defaults: fakeDefaults, ...options });
}

function refusal(input: Partial<CompletionInput>, options = {}): string {
  try {
    read(input, options);
  } catch (thrown) {
    if (thrown instanceof GatewayError && thrown.code === 'INVALID_REQUEST') return thrown.message;
    throw thrown;
  }
  return 'was accepted';
}

describe('a call', () => {
  it('gets defaults for what it does not say', () => {
    expect(read({})).toMatchObject({
      maxOutputTokens: null,
      timeouts: fakeDefaults.timeouts,
      maxCost: null,
      tags: [],
      onReroute: 'CONTINUE_ONLY',
      coalesceMs: 0,
      prompt: { tools: [], toolChoice: null, outputFormat: null, stop: [], providerOptions: {}, messages: [{ role: 'USER', name: null }] },
    });
  });

  it.each<[string, Partial<CompletionInput>, object]>([
    ['cancels whoever goes', {}, { left: 'CANCEL', cut: 'CANCEL', graceMs: 30_000 }],
    ['waits for a cut client that can come back', { idempotencyKey: 'a' }, { left: 'CANCEL', cut: 'CONTINUE', graceMs: 30_000 }],
    [
      'runs on where that was asked for',
      { onDisconnect: { mode: 'CONTINUE', graceMs: 5 } },
      { left: 'CONTINUE', cut: 'CONTINUE', graceMs: 5 },
    ],
    [
      'cancels where that was asked for',
      { idempotencyKey: 'a', onDisconnect: { mode: 'CANCEL' } },
      { left: 'CANCEL', cut: 'CANCEL', graceMs: 30_000 },
    ],
  ])('%s', (_name, input, onDisconnect) => {
    expect(read(input).onDisconnect).toEqual(onDisconnect);
  });

  it('takes apart what may be in a message', () => {
    const { prompt } = read({
      messages: [
        { role: 'USER', parts: [{ text: 'What is this?' }, { image: { url: 'data:image/png;base64,AAAA', detail: 'LOW' } }] },
        { role: 'ASSISTANT', content: null, parts: [{ toolCall: { id: '1', name: 'look', arguments: '{}' } }] },
        { role: 'TOOL', parts: [{ toolResult: { toolCallId: '1', parts: [{ text: 'a river' }] } }] },
      ],
    });
    expect(prompt.messages.map(({ parts }) => parts)).toEqual([
      [
        { type: 'text', text: 'What is this?' },
        { type: 'image', url: null, data: 'AAAA', mediaType: 'image/png', detail: 'LOW' },
      ],
      [{ type: 'toolCall', id: '1', name: 'look', arguments: '{}' }],
      [{ type: 'toolResult', toolCallId: '1', parts: [{ type: 'text', text: 'a river' }], isError: false }],
    ]);
  });

  it.each<[string, Partial<CompletionInput>]>([
    ['input.messages: must not be empty.', { messages: [] }],
    ['input.messages[0]: give either `content` or `parts`, not both.', { messages: [{ ...hello, parts: [{ text: 'x' }] }] }],
    ['input.messages[0]: give `content` or `parts`.', { messages: [{ role: 'USER' }] }],
    ['input.messages[0].parts: must not be empty.', { messages: [{ role: 'USER', parts: [] }] }],
    [
      'input.messages[0]: a TOOL message has `parts` with a `toolResult`, which names the call it answers.',
      { messages: [{ role: 'TOOL', content: 'x' }] },
    ],
    ['input.messages[0].parts[0].image: give exactly one of `url` and `data`.', { messages: [{ role: 'USER', parts: [{ image: {} }] }] }],
    [
      'input.messages[0].parts[0].image.mediaType: is needed with `data`.',
      { messages: [{ role: 'USER', parts: [{ image: { data: 'AAAA' } }] }] },
    ],
    [
      'input.messages[0].parts[0].image: the bytes must be in base64.',
      { messages: [{ role: 'USER', parts: [{ image: { data: '?', mediaType: 'image/png' } }] }] },
    ],
    [
      'input.messages[0].parts[0].image.url: must be an `https:` address, or a `data:` address in base64.',
      { messages: [{ role: 'USER', parts: [{ image: { url: 'file:///etc/passwd' } }] }] },
    ],
    ['input.maxOutputTokens: must be at least 1.', { maxOutputTokens: 0 }],
    ['input.temperature: must be at least 0 and at most 2.', { temperature: -0.1 }],
    ['input.topP: must be at least 0 and at most 1.', { topP: 1.1 }],
    ['input.topLogprobs: must be at least 0 and at most 20.', { topLogprobs: 21 }],
    ['input.idempotencyKey: must have 1 to 255 characters.', { idempotencyKey: '' }],
    ['input.providerOptions: must be an object.', { providerOptions: 'x' }],
    ['input.tools[0].name: must be 1 to 128 letters, digits, "_", "." or "-".', { tools: [{ name: 'look up' }] }],
    ['input.tools[1].name: two tools have this name.', { tools: [{ name: 'look' }, { name: 'look' }] }],
    ['input.toolChoice: there are no tools to choose from.', { toolChoice: { mode: 'REQUIRED' } }],
    ['input.toolChoice.tool: no tool has this name.', { tools: [{ name: 'look' }], toolChoice: { tool: 'see' } }],
    ['input.outputFormat.jsonSchema.schema: must be an object.', { outputFormat: { jsonSchema: { name: 'a', schema: 1 } } }],
    ['input.onDisconnect.graceMs: must be at least 0 and at most 3600000.', { onDisconnect: { mode: 'CONTINUE', graceMs: -1 } }],
  ])('is refused: %s', (message, input) => {
    expect(refusal(input)).toBe(message);
  });

  it.each<[string, object]>([
    ['timeout.totalMs: must be at least 1 and at most 86400000.', { timeout: { totalMs: 0 } }],
    ['route.maxPrice.input: is finer than a picodollar a token.', { route: { maxPrice: { input: '0.00000001' } } }],
    ['maxCost: is finer than a nanodollar.', { maxCost: '0.0000000001' }],
    ['coalesceMs: must be at least 0 and at most 1000.', { coalesceMs: 1001 }],
  ])('is refused: %s', (message, options) => {
    expect(refusal({}, options)).toBe(message);
  });

  it('says in its errors nothing of what it was given', () => {
    expect(refusal({ messages: [{ role: 'USER', parts: [{ image: { data: 'a secret', mediaType: 'image/png' } }] }] })).not.toContain(
      'secret',
    );
  });
});
