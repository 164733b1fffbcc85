import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser } from '../support/gatewayUser.ts';
import { completed, createGatewayUser, usageOf } from '../support/gatewayUser.ts';
import type { LlamaServer } from '../support/llamaServer.ts';
import { hasLlamaServer, startLlamaServer } from '../support/llamaServer.ts';
import { until } from '../support/until.ts';

/** What an operator writes for a server of their own. */
const threeLines = (id: string, { url }: LlamaServer) => `providers:\n  ${id}:\n    baseUrl: ${url}\n`;
const story = ', there was a little girl named Lily. She';
const coldest = { temperature: 0, seed: 1 };
const once = { role: 'USER', content: 'Once upon a time' };

/** llama-server lists a model for embeddings like any other. */
const forEmbeddings = 'models:\n  llama/minilm:\n    kind: EMBEDDING\n    offers: [{ provider: llama, model: all-minilm-l6-v2 }]\n';

/** A gateway whose configuration names one server, and what that server's one model is called in the graph. */
interface Served extends AsyncDisposable {
  readonly server: LlamaServer;
  readonly gateway: GatewayProcess;
  readonly user: GatewayUser;
  readonly model: string;
}

async function serve(mode: 'chat' | 'tools' | 'embed', more = ''): Promise<Served> {
  const server = await startLlamaServer(mode);
  const gateway = await startGateway({ config: `${threeLines('llama', server)}${more}` });
  const user = createGatewayUser(gateway);
  const find = async () => {
    const { models } = await user.get('{ models(filter: { provider: "llama" }) { nodes { slug simulated } } }');
    return models.nodes[0] ?? null;
  };
  const { slug, simulated } = await until('the server lists its model', find);
  expect([slug, simulated]).toEqual([expect.stringMatching(/^llama\//), false]);
  return {
    server,
    gateway,
    user,
    model: slug,
    async [Symbol.asyncDispose]() {
      await user[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe.skipIf(!hasLlamaServer)('llama-server, named by three lines', () => {
  let served: Served;
  let user: GatewayUser;
  let model: string;
  beforeAll(async () => {
    served = await serve('chat');
    ({ user, model } = served);
  });
  afterAll(() => served?.[Symbol.asyncDispose]());

  it('completes, and streams the same words', async () => {
    const input = { model, messages: [once], maxOutputTokens: 12, ...coldest };
    const { createCompletion } = await user.get(completed, { input });
    expect(createCompletion).toMatchObject({ text: story, finishReason: 'LENGTH', cost: null });
    expect(createCompletion.usage).toEqual({ inputTokens: 5, outputTokens: 12, basis: 'MEASURED' });
    const events = await Array.fromAsync(user.completions(input));
    expect(events.map(({ text }) => text ?? '').join('')).toBe(story);
    expect(events.at(-1)).toMatchObject({ __typename: 'CompletionFinished', completion: { text: story, usage: createCompletion.usage } });
  });

  it('computes no more for a client that has left, whose use is booked as an estimate', async () => {
    const endless = {
      model,
      messages: [once],
      providerOptions: { 'openai-chat': { ignore_eos: true } },
      tags: [{ name: 'left', value: 'yes' }],
    };
    const before = await usageOf(user);
    let id = '';
    let deltas = 0;
    for await (const { __typename, completionId } of user.completions(endless)) {
      id = completionId;
      if (__typename === 'CompletionDelta') deltas += 1;
      if (deltas < 3) continue;
      expect(await served.server.busy()).toBe(true);
      break;
    }
    await until('the slot is idle', async () => ((await served.server.busy()) ? null : true));
    const read = 'query ($id: ID!) { completion(id: $id) { state usage { basis outputTokens } error { code } } }';
    const left = await until('the call has ended', async () => {
      const { completion } = await user.get(read, { id });
      return completion.state === 'RUNNING' ? null : completion;
    });
    expect(left).toEqual({
      state: 'CANCELLED',
      usage: { basis: 'ESTIMATED', outputTokens: expect.any(Number) },
      error: { code: 'CANCELLED' },
    });
    expect(left.usage.outputTokens).toBeGreaterThan(0);
    expect((await usageOf(user)).requests).toBe(before.requests + 1);
  });
});

const asked = `mutation ($input: CompletionInput!) { createCompletion(input: $input) { finishReason toolCalls { id name arguments }
  message { role content parts { ... on TextPart { text } ... on ToolCallPart { toolCall { id name arguments } } ... on ReasoningPart { reasoning { text } } } } } }`;

describe.skipIf(!hasLlamaServer)('llama-server with tools', () => {
  it('has a conversation that goes on with what a tool answered', async () => {
    await using served = await serve('tools');
    const { user, model } = served;
    const parameters = {
      type: 'object',
      properties: { city: { type: 'string', maxLength: 5 } },
      required: ['city'],
      additionalProperties: false,
    };
    const tools = [{ name: 'weather', description: 'The weather of a city.', parameters }];
    const question = { role: 'USER', content: 'How is the weather?' };
    const first = { model, messages: [question], tools, parallelToolCalls: false, maxOutputTokens: 300, ...coldest };
    const { message, toolCalls, finishReason } = (await user.get(asked, { input: { ...first, toolChoice: { mode: 'REQUIRED' } } }))
      .createCompletion;
    expect([finishReason, toolCalls]).toEqual(['TOOL_CALLS', [{ id: expect.any(String), name: 'weather', arguments: expect.any(String) }]]);
    expect(JSON.parse(toolCalls[0].arguments)).toEqual({ city: expect.any(String) });
    const result = { role: 'TOOL', parts: [{ toolResult: { toolCallId: toolCalls[0].id, parts: [{ text: 'Sunny.' }] } }] };
    const next = { ...first, messages: [question, message, result], toolChoice: { mode: 'NONE' }, maxOutputTokens: 8 };
    const { createCompletion } = await user.get(asked, { input: next });
    expect(createCompletion.finishReason).toBeOneOf(['LENGTH', 'STOP']);
    expect(createCompletion.message.role).toBe('ASSISTANT');
    const events = await Array.fromAsync(user.completions(next));
    expect(events.at(-1)?.__typename).toBe('CompletionFinished');
  });
});

describe.skipIf(!hasLlamaServer)('llama-server with embeddings', () => {
  it('gives one vector a text, the nearer the likelier', async () => {
    await using served = await serve('embed', forEmbeddings);
    const { user, model } = served;
    const embed =
      'mutation ($input: EmbeddingsInput!) { createEmbeddings(input: $input) { vectors dimensions usage { inputTokens basis } } }';
    const { createEmbeddings } = await user.get(embed, { input: { model, inputs: ['a cat', 'a kitten', 'the stock market'] } });
    const { vectors, dimensions, usage } = createEmbeddings;
    expect([dimensions, vectors.length, usage.basis]).toEqual([384, 3, 'MEASURED']);
    expect(usage.inputTokens).toBeGreaterThan(0);
    const [cat, kitten, market] = vectors;
    expect(likeness(cat, kitten)).toBeGreaterThan(likeness(cat, market));
  });
});

function likeness(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, number, index) => sum + number * (right[index] ?? 0), 0);
}
