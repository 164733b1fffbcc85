import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { createGatewayUser } from '../support/gatewayUser.ts';

/**
 * Where the mock speaks each of our formats. What it gets wrong, tried with its version 1.43:
 * - openai-chat: `n` is ignored, and base64 vectors come as lists of numbers with a usage of 0.
 * - gemini: a tool call ends with FUNCTION_CALL, where Gemini says STOP; there is no `batchEmbedContents`.
 * - bedrock: it has no InvokeModel for vectors.
 * - ollama: usage is 0 whatever its fixture says; `/api/embed` answers in the shape of the older `/api/embeddings`.
 */
const formats = [
  { format: 'openai-chat', path: '/v1', toolCalls: 'TOOL_CALLS', counts: true, embeds: true },
  { format: 'openai-responses', path: '/v1', toolCalls: 'TOOL_CALLS', counts: true, embeds: false },
  { format: 'anthropic-messages', path: '/v1', toolCalls: 'TOOL_CALLS', counts: true, embeds: false },
  { format: 'gemini', path: '/v1beta', toolCalls: 'OTHER', counts: true, embeds: false },
  { format: 'bedrock', path: '', toolCalls: 'TOOL_CALLS', counts: true, embeds: false },
  { format: 'cohere', path: '/v2', toolCalls: 'TOOL_CALLS', counts: true, embeds: true },
  { format: 'ollama', path: '', toolCalls: 'TOOL_CALLS', counts: false, embeds: false },
] as const;

const said = 'Once upon a time there was a river — 日本 — and it ran to the sea.';
const usage = {
  prompt_tokens: 11,
  completion_tokens: 7,
  input_tokens: 11,
  output_tokens: 7,
  promptTokenCount: 11,
  candidatesTokenCount: 7,
};
const vector = [0.25, -0.5, 0.75];
const look = { name: 'look', parameters: { type: 'object', properties: { place: { type: 'string' } } } };

const whole = `mutation ($input: CompletionInput!) { createCompletion(input: $input, timeout: { totalMs: 5000 }) {
  text finishReason warnings toolCalls { name arguments } alternatives { text } usage { inputTokens outputTokens basis } cost { total }
} }`;
const embedded = 'mutation ($input: EmbeddingsInput!) { createEmbeddings(input: $input) { vectors dimensions usage { inputTokens } } }';

const mock = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent' });
let gateway: GatewayProcess;
let user: GatewayUser;

function inputOf(format: string, content: string, more: object = {}) {
  return { model: `own/${format}`, messages: [{ role: 'USER', content }], maxOutputTokens: 100, ...more };
}

beforeAll(async () => {
  mock.onMessage('a story', { content: said, usage });
  mock.onMessage('the river', { toolCalls: [{ name: 'look', arguments: '{"place":"river"}' }] });
  mock.onMessage('a wrong key', { error: { message: 'no', type: 'authentication_error', code: 'invalid_api_key' }, status: 401 });
  mock.onMessage('too often', {
    error: { message: 'no', type: 'rate_limit_error', code: 'rate_limit_exceeded' },
    status: 429,
    retryAfter: 60,
  });
  mock.onMessage('a fault', { error: { message: 'no', type: 'server_error' }, status: 500 });
  mock.onEmbedding(/./, { embedding: vector });
  const url = await mock.start();
  const providers = formats.map(({ format, path }) => [
    format,
    { format, baseUrl: `${url}${path}`, apiKey: 'mock', options: { region: 'eu-west-1' }, discover: false },
  ]);
  const price = { input: '1', output: '1' };
  const models = formats.flatMap(({ format, embeds }) => [
    [`own/${format}`, { offers: [{ provider: format, model: 'm', price, maxOutputTokens: 100 }] }],
    ...(embeds ? [[`own/${format}-embed`, { kind: 'EMBEDDING', offers: [{ provider: format, model: 'e', price }] }]] : []),
  ]);
  const config = { defaults: { backoffMs: 1 }, providers: Object.fromEntries(providers), models: Object.fromEntries(models) };
  gateway = await startGateway({ config });
  user = createGatewayUser(gateway);
});
afterAll(async () => {
  await user?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  await mock.stop();
});

describe.each(formats)('format $format', ({ format, toolCalls, counts }) => {
  const tokens = counts ? { inputTokens: 11, outputTokens: 7 } : { inputTokens: 0, outputTokens: 0 };
  const ended = { text: said, finishReason: 'STOP', usage: { ...tokens, basis: 'MEASURED' }, cost: { total: counts ? '0.000018' : '0' } };

  it('answers a text, whole and as a stream', async () => {
    expect((await user.get(whole, { input: inputOf(format, 'Tell a story') })).createCompletion).toMatchObject(ended);
    const events = await Array.fromAsync(user.completions(inputOf(format, 'Tell a story')));
    expect(events.map(({ text = '' }) => text).join('')).toBe(said);
    expect(events.at(-1)).toMatchObject({ __typename: 'CompletionFinished', completion: ended });
  });

  it('calls a tool', async () => {
    const input = inputOf(format, 'Look at the river', { tools: [look], toolChoice: { mode: 'REQUIRED' } });
    const { createCompletion } = await user.get(whole, { input });
    expect(createCompletion).toMatchObject({ finishReason: toolCalls, toolCalls: [{ name: 'look' }] });
    expect(JSON.parse(createCompletion.toolCalls[0].arguments)).toEqual({ place: 'river' });
  });

  it.each([
    ['a wrong key', 'UPSTREAM_REFUSED', null],
    ['too often', 'UPSTREAM_RATE_LIMITED', 60_000],
    ['a fault', 'UPSTREAM_UNAVAILABLE', null],
  ])('says what %s means', async (what, code, retryAfterMs) => {
    const { errors } = await user.ask(whole, { input: inputOf(format, `This is ${what}`) });
    expect(errors).toMatchObject([{ extensions: { code, retryAfterMs } }]);
  });

  it('says that it did not give as many answers as were asked for', async () => {
    const { createCompletion } = await user.get(whole, { input: inputOf(format, 'Tell a story', { n: 2 }) });
    expect(createCompletion).toMatchObject({ text: said, alternatives: [] });
    expect(createCompletion.warnings).toEqual([expect.stringMatching(/^n was left out|gave 1 of 2 answers/)]);
  });
});

it.each(formats.filter(({ embeds }) => embeds))('format $format makes vectors', async ({ format }) => {
  const { createEmbeddings } = await user.get(embedded, { input: { model: `own/${format}-embed`, inputs: ['a', 'b'] } });
  expect(createEmbeddings).toMatchObject({ vectors: [vector, vector], dimensions: 3 });
});
