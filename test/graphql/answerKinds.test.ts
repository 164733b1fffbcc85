import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { finished, started, text, whole } from '../support/fakeAdapter.ts';
import { asJson, createGraphClient, executors } from '../support/graphClient.ts';
import type { HouseSettings } from '../support/house.ts';
import { house } from '../support/house.ts';

const base64 = (bytes: string) => Buffer.from(bytes).toString('base64');
const hello = { role: 'USER', content: 'Hello' };
const citation = { url: 'https://example.com/a', title: 'A', quote: null, start: 0, end: 4 };

/** All that an answer can say, but for a refusal. */
const everything: readonly ProviderEvent[] = [
  { type: 'metadata', fields: { filters: ['a'] } },
  started,
  { type: 'schemaMethod', method: 'NATIVE' },
  { type: 'warning', message: 'topK was left out.' },
  { type: 'reasoning', text: 'Hm.', signature: 'seal' },
  text('Here you are.'),
  { type: 'image', mediaType: 'image/png', data: base64('picture') },
  { type: 'audio', mediaType: 'audio/pcm', data: base64('la') },
  { type: 'audio', mediaType: 'audio/pcm', data: base64('li') },
  { type: 'citation', citation },
  { type: 'logprobs', tokens: [{ token: 'Here', logprob: -0.5, top: [] }] },
  { type: 'toolCall', index: 0, id: 'c1', name: 'look', arguments: '{}' },
  { type: 'alternative', index: 1, event: text('Or ') },
  { type: 'alternative', index: 1, event: text('this.') },
  { type: 'alternative', index: 1, event: { type: 'image', mediaType: 'image/png', data: base64('other') } },
  { type: 'alternative', index: 1, event: { type: 'finished', reason: 'LENGTH', providerReason: 'length' } },
  { type: 'metadata', fields: { service: 'fast' } },
  ...finished(10, 20),
];

const parts = `parts {
  ... on TextPart { text }
  ... on ImagePart { image { url data mediaType detail } }
  ... on AudioPart { audio { url data mediaType format } }
  ... on ToolCallPart { toolCall { id name arguments } }
  ... on ReasoningPart { reasoning { text signature } }
  ... on RefusalPart { refusal }
}`;
const answer = `fragment Answer on Completion {
  text reasoning toolCalls { id } schemaMethod providerMetadata warnings logprobs { token } finishReason state
  citations { url title quote start end }
  alternatives { text finishReason providerFinishReason toolCalls { id } message { role content name ${parts} } }
  message { role content name ${parts} }
}`;
const ask = `mutation ($input: CompletionInput!) { createCompletion(input: $input, route: { only: ["one", "sandbox"] }) { ...Answer } } ${answer}`;
const stream = `subscription ($input: CompletionInput!) { completionStream(input: $input, route: { only: ["one", "sandbox"] }) {
  __typename
  ... on CompletionDelta { text media { mediaType data } }
  ... on CompletionFinished { completion { ...Answer } }
} } ${answer}`;

const message = {
  role: 'ASSISTANT',
  content: null,
  name: null,
  parts: [
    { reasoning: { text: 'Hm.', signature: 'seal' } },
    { text: 'Here you are.' },
    { image: { url: null, data: base64('picture'), mediaType: 'image/png', detail: null } },
    { audio: { url: null, data: base64('lali'), mediaType: 'audio/pcm', format: null } },
    { toolCall: { id: 'c1', name: 'look', arguments: '{}' } },
  ],
};
const alternative = {
  text: 'Or this.',
  finishReason: 'LENGTH',
  providerFinishReason: 'length',
  toolCalls: [],
  message: {
    role: 'ASSISTANT',
    content: null,
    name: null,
    parts: [{ text: 'Or this.' }, { image: { url: null, data: base64('other'), mediaType: 'image/png', detail: null } }],
  },
};
const saidOfEverything = {
  state: 'SUCCEEDED',
  text: 'Here you are.',
  reasoning: 'Hm.',
  toolCalls: [{ id: 'c1' }],
  schemaMethod: 'NATIVE',
  providerMetadata: { filters: ['a'], service: 'fast' },
  warnings: ['topK was left out.'],
  logprobs: [{ token: 'Here' }],
  finishReason: 'STOP',
  citations: [citation],
  alternatives: [alternative],
  message,
};

/** The graph over a gateway whose provider a test speaks for. */
function graphHouse(settings: { readonly jit: boolean }, world: HouseSettings = {}) {
  const { gateway, caller, clock, catalog, ledger } = house(world);
  const client = createGraphClient(gateway, settings);
  const { principal } = caller;
  const inputOf = (changes: object) => ({ input: { model: 'acme/chat', messages: [hello], maxOutputTokens: 100, ...changes } });
  return {
    catalog,
    clock,
    ledger,
    complete: (changes: object = {}) => clock.until(client.ask({ source: ask, variables: inputOf(changes), principal })),
    async stream(changes: object = {}) {
      const cursor = await client.subscribe({ source: stream, variables: inputOf(changes), principal });
      return (await clock.until(Array.fromAsync(cursor))).map((event) => asJson(event).data.completionStream);
    },
  };
}

describe.each(executors)('an answer, $jit', (settings) => {
  it('shows all that was said', async () => {
    const { complete, catalog } = graphHouse(settings);
    catalog.one.answer(everything);
    expect(await complete()).toEqual({ data: { createCompletion: saidOfEverything } });
  });

  it('shows it as a stream, too: pictures and sounds as they come', async () => {
    const { stream, catalog } = graphHouse(settings);
    catalog.one.answer(...everything.map((event) => [event]));
    const events = await stream();
    const media = events.flatMap((event) => event.media ?? []);
    expect(media).toEqual([
      { mediaType: 'image/png', data: base64('picture') },
      { mediaType: 'audio/pcm', data: base64('la') },
      { mediaType: 'audio/pcm', data: base64('li') },
    ]);
    expect(events.at(-1)).toEqual({ __typename: 'CompletionFinished', completion: saidOfEverything });
  });

  it.each([
    ['everything', everything, 0],
    ['a refusal', [started, { type: 'refusal', text: 'No.' } as const, ...finished(1, 1)], 0],
    ['nothing at all', [started, ...finished(1, 0)], 0],
  ])('that says %s goes back as it came', async (_what, events) => {
    const { complete, catalog } = graphHouse(settings);
    catalog.one.answer(events);
    const { data } = await complete();
    catalog.one.answer(whole('Again.'));
    const { errors } = await complete({ messages: [hello, data.createCompletion.message, hello] });
    expect(errors).toBeUndefined();
    expect(catalog.one.completions[1]?.call.prompt.messages).toHaveLength(3);
  });

  it('goes back with every part as it was, to the bit', async () => {
    const { complete, catalog } = graphHouse(settings);
    catalog.one.answer(everything);
    const { data } = await complete();
    catalog.one.answer(whole('Again.'));
    const cached = { role: 'USER', parts: [{ text: 'Hello' }, { cacheControl: { lifetime: 'FIVE_MINUTES' } }] };
    await complete({ messages: [cached, data.createCompletion.message] });
    expect(catalog.one.completions[1]?.call.prompt.messages).toEqual([
      {
        role: 'USER',
        name: null,
        parts: [
          { type: 'text', text: 'Hello' },
          { type: 'cacheControl', lifetime: 'FIVE_MINUTES' },
        ],
      },
      {
        role: 'ASSISTANT',
        name: null,
        parts: [
          { type: 'reasoning', text: 'Hm.', signature: 'seal' },
          { type: 'text', text: 'Here you are.' },
          { type: 'image', url: null, data: base64('picture'), mediaType: 'image/png', detail: null },
          { type: 'audio', url: null, data: base64('lali'), mediaType: 'audio/pcm', format: null },
          { type: 'toolCall', id: 'c1', name: 'look', arguments: '{}' },
        ],
      },
    ]);
  });

  it('asked for in several, in pictures and in speech, is asked for so', async () => {
    const { complete, catalog } = graphHouse(settings);
    catalog.one.answer(whole('once'));
    const { errors } = await complete({ n: 3, modalities: ['TEXT', 'AUDIO', 'IMAGE', 'AUDIO'], audio: { voice: 'alto', format: 'wav' } });
    expect(errors).toBeUndefined();
    expect(catalog.one.completions[0]?.call.prompt).toMatchObject({
      choices: 3,
      modalities: ['TEXT', 'AUDIO', 'IMAGE'],
      audio: { voice: 'alto', format: 'wav' },
    });
  });

  it.each([
    ['pictures', { modalities: ['IMAGE'] }, 'It lacks IMAGE_OUTPUT.'],
    ['speech', { modalities: ['TEXT', 'AUDIO'] }, 'It lacks AUDIO_OUTPUT.'],
  ])('in %s is asked of no offer that is known not to give them', async (_what, wish, reason) => {
    const { complete, catalog } = graphHouse(settings);
    catalog.change('acme/chat', () => ({ capabilities: ['STREAMING'] }));
    const { errors } = await complete(wish);
    expect(errors).toMatchObject([{ extensions: { code: 'NO_ROUTE', offers: [expect.stringContaining(reason), expect.anything()] } }]);
    expect(catalog.one.completions).toEqual([]);
  });

  it.each([
    [{ n: 0 }, 'input.n: must be at least 1 and at most 8.'],
    [{ n: 9 }, 'input.n: must be at least 1 and at most 8.'],
    [{ modalities: [] }, 'input.modalities: must not be empty.'],
  ])('is refused for %j', async (changes, sentence) => {
    const { complete, ledger } = graphHouse(settings);
    expect((await complete(changes)).errors).toMatchObject([{ message: sentence, extensions: { code: 'INVALID_REQUEST' } }]);
    expect(ledger.begun).toEqual([]);
  });

  it.each(['TOOL', 'PROMPT'] as const)('that breaks its JSON schema, asked for by %s, is a failure, and is billed', async (method) => {
    const { complete, stream, catalog, ledger } = graphHouse(settings);
    const outputFormat = { jsonSchema: { name: 'answer', schema: { type: 'object', required: ['colour'] } } };
    const events: readonly ProviderEvent[] = [started, { type: 'schemaMethod', method }, text('{"color":"red"}'), ...finished(10, 5)];
    for (let tries = 0; tries < 4; tries++) catalog.one.answer(events);
    expect((await complete({ outputFormat })).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_MALFORMED' } }]);
    expect((await stream({ outputFormat })).at(-1)).toMatchObject({ __typename: 'CompletionFailed' });
    expect(ledger.ended).toHaveLength(2);
    for (const { outcome, errorCode, attempts, usage, cost } of ledger.ended) {
      expect([outcome, errorCode]).toEqual(['FAILED', 'UPSTREAM_MALFORMED']);
      const tries = attempts.length;
      expect([usage.inputTokens, usage.outputTokens, cost?.total]).toEqual([10 * tries, 5 * tries, 30_000n * BigInt(tries)]);
    }
  });

  it('under an idempotency key is the same again from the database, with all that was said', async () => {
    const { complete, stream, catalog, clock, ledger } = graphHouse(settings);
    const keyed = { idempotencyKey: 'order 7' };
    catalog.one.answer(...everything.map((event) => [event]));
    const events = await stream(keyed);
    await clock.advance(6 * 60_000);
    expect(await stream(keyed)).toEqual(events);
    await clock.advance(6 * 60_000);
    expect(await complete(keyed)).toEqual({ data: { createCompletion: saidOfEverything } });
    expect(ledger.ended).toHaveLength(1);
  });

  it('asked for n times holds a strict budget n times, and shortens each to its share', async () => {
    const { complete, catalog } = graphHouse(settings, { budgets: [{ limit: 400_000n }] });
    catalog.one.answer(whole('once'));
    await complete({ maxOutputTokens: null });
    const cap = catalog.one.completions[0]?.call.maxOutputTokens ?? 0;
    catalog.one.answer(whole('once'));
    await complete({ maxOutputTokens: null, n: 3 });
    const each = catalog.one.completions[1]?.call.maxOutputTokens ?? 0;
    expect(cap).toBeGreaterThan(3);
    // The first call took 30,000 nanodollars, which are 7.5 tokens.
    expect(each).toBe(Math.floor((cap - 7.5) / 3));
    const refused = await complete({ maxOutputTokens: 1, n: 8, messages: [{ role: 'USER', content: 'x'.repeat(300) }] });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'QUOTA_EXHAUSTED' } }]);
    expect(catalog.one.completions).toHaveLength(2);
  });

  it('asked for n times by the sandbox is n answers, and what it lacks is told', async () => {
    const { complete } = graphHouse(settings);
    const { data } = await complete({ model: 'sandbox/chat', n: 3, topP: 0.5, maxOutputTokens: 20 });
    const { text: said, alternatives, warnings } = data.createCompletion;
    const texts = [said, ...alternatives.map((other: { readonly text: string }) => other.text)];
    expect(new Set(texts).size).toBe(3);
    expect(alternatives).toMatchObject([{ finishReason: 'LENGTH' }, { finishReason: 'LENGTH' }]);
    expect(warnings).toEqual(['topP was left out: sandbox does not have it.']);
  });
});
