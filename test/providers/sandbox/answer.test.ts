import { describe, expect, it } from 'vitest';
import { promptBytes } from '../../../src/domain/prompt.ts';
import { chatCall, endOf, eventsOf, prompt, sandboxWorld, textIn, user, withOptions } from './sandboxWorld.ts';

const stopped = { type: 'finished', reason: 'STOP', providerReason: 'stop' };
const cutShort = { type: 'finished', reason: 'LENGTH', providerReason: 'length' };

describe('format sandbox', () => {
  describe('an answer', () => {
    it('says that it is simulated and repeats the first words it was asked', async () => {
      const batches = await sandboxWorld().complete();
      expect(textIn(batches)).toMatch(/^This is a simulated answer to "Once upon a time"\. The /);
      expect(batches[0]).toEqual([{ type: 'started', providerRequestId: `sandbox-${chatCall().id}`, providerModel: 'chat' }]);
    });

    it('has 60 to 120 tokens and stops', async () => {
      for (let seed = 0; seed < 40; seed++) {
        const { finished, outputTokens } = endOf(await sandboxWorld().complete({ prompt: withOptions({ seed, tokensPerSecond: 0 }) }));
        expect(finished).toEqual(stopped);
        expect(outputTokens).toBeGreaterThanOrEqual(60);
        expect(outputTokens).toBeLessThanOrEqual(120);
      }
    });

    it('is the same for the same seed and prompt, at either sandbox', async () => {
      const text = textIn(await sandboxWorld().complete());
      expect(textIn(await sandboxWorld().complete())).toBe(text);
      expect(textIn(await sandboxWorld().complete({}, 'sandbox-b'))).toBe(text);
    });

    it('differs by the seed of the options, the seed of the sampling, and the prompt', async () => {
      const sampling = { ...prompt({}).sampling, seed: 7 };
      const prompts = [prompt({}), withOptions({ seed: 1 }), prompt({ sampling }), prompt({ messages: [user('Once upon a time ')] })];
      const texts = await Promise.all(prompts.map(async (each) => textIn(await sandboxWorld().complete({ prompt: each }))));
      expect(new Set(texts).size).toBe(4);
      expect(textIn(await sandboxWorld().complete({ prompt: withOptions({ seed: 7 }, { sampling: { ...sampling, seed: 9 } }) }))).toBe(
        texts[2],
      );
    });

    it('ends at maxOutputTokens with the beginning of the same text', async () => {
      const batches = await sandboxWorld().complete({ maxOutputTokens: 40 });
      expect(endOf(batches)).toEqual({ finished: cutShort, outputTokens: 40 });
      expect(textIn(await sandboxWorld().complete()).startsWith(textIn(batches))).toBe(true);
    });

    it('ends where the context window is full', async () => {
      const offer = { ...chatCall().offer, contextWindow: 20 };
      expect(endOf(await sandboxWorld().complete({ offer }))).toEqual({ finished: cutShort, outputTokens: 8 });
    });

    it('refuses a prompt that does not fit, and says by how much but not what', async () => {
      const messages = [user('secret '.repeat(5000))];
      const failure = sandboxWorld().complete({ prompt: prompt({ messages }) });
      await expect(failure).rejects.toMatchObject({ code: 'CONTEXT_TOO_LONG', details: { inputTokens: 8758, contextWindow: 8192 } });
      await expect(failure).rejects.not.toThrow('secret');
    });

    it('stops before the first stop sequence, also inside a token', async () => {
      const options = { text: 'one two three four' };
      const batches = await sandboxWorld().complete({ prompt: withOptions(options, { stop: ['four', 'ee', ''] }) });
      expect(textIn(batches)).toBe('one two thr');
      expect(endOf(batches)).toEqual({ finished: stopped, outputTokens: 3 });
    });

    it('is the text that was asked for, to the character', async () => {
      const text = ' Ünïcode 👩‍👩‍👧 \n\t数えきれないほどの長い日本語の言葉 x\ud800 end  ';
      const batches = await sandboxWorld().complete({ prompt: withOptions({ text }) });
      expect(textIn(batches)).toBe(text);
      expect(endOf(batches).outputTokens).toBe(eventsOf(batches, 'text').length);
    });

    it('may be empty', async () => {
      const batches = await sandboxWorld().complete({ prompt: withOptions({ text: '' }) });
      expect(batches.flat().map(({ type }) => type)).toEqual(['started', 'usage', 'finished']);
    });

    it('comes to a prompt without words and to one without a user', async () => {
      for (const messages of [[user('…')], [{ ...user('Be kind.'), role: 'SYSTEM' as const }]]) {
        expect(textIn(await sandboxWorld().complete({ prompt: prompt({ messages }) }))).toMatch(/^This is a simulated answer\. /);
      }
    });

    it('is refused by a model of another name or kind', async () => {
      const offer = { ...chatCall().offer, providerModel: 'embed' };
      await expect(sandboxWorld().complete({ offer })).rejects.toMatchObject({ code: 'UPSTREAM_REFUSED' });
    });
  });

  describe('usage', () => {
    it('is measured: four bytes of the prompt a token, exactly the tokens sent, nothing cached', async () => {
      const batches = await sandboxWorld().complete({ maxOutputTokens: 3 });
      const inputTokens = Math.ceil(promptBytes(prompt({})) / 4);
      expect(eventsOf(batches, 'usage').map(({ usage }) => usage)).toEqual([
        { inputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 3, reasoningTokens: 0, basis: 'MEASURED' },
      ]);
    });

    it('counts a picture as 256 tokens at most', async () => {
      const picture = { type: 'image', url: null, data: 'A'.repeat(1_000_000), mediaType: 'image/png', detail: null } as const;
      const result = { type: 'toolResult', toolCallId: '', parts: [picture], isError: false } as const;
      const messages = [{ ...user(''), parts: [picture, result] }];
      const batches = await sandboxWorld().complete({ prompt: prompt({ messages }), maxOutputTokens: 1 });
      expect(eventsOf(batches, 'usage')[0]?.usage.inputTokens).toBe(8 + 256 + 8 + 256);
    });
  });

  describe('reasoning', () => {
    it('comes before the text, longer with more effort, and is counted inside the output', async () => {
      const lengths: number[] = [];
      for (const reasoningEffort of ['NONE', 'MINIMAL', 'LOW', 'MEDIUM', 'HIGH'] as const) {
        const batches = await sandboxWorld().complete({ prompt: prompt({ reasoningEffort }) });
        const thoughts = eventsOf(batches, 'reasoning').length;
        const usage = eventsOf(batches, 'usage')[0]?.usage;
        expect(usage).toMatchObject({ reasoningTokens: thoughts, outputTokens: thoughts + eventsOf(batches, 'text').length });
        lengths.push(thoughts);
      }
      expect(lengths).toEqual([0, 8, 16, 32, 64]);
    });

    it('ends with a signature and leaves the text as it is without reasoning', async () => {
      const batches = await sandboxWorld().complete({ prompt: prompt({ reasoningEffort: 'LOW' }) });
      const signatures = eventsOf(batches, 'reasoning').map(({ signature }) => signature);
      expect(signatures.filter((signature) => signature !== null)).toEqual([signatures.at(-1)]);
      expect(textIn(batches)).toBe(textIn(await sandboxWorld().complete()));
    });

    it('may use up all that was allowed', async () => {
      const batches = await sandboxWorld().complete({ prompt: prompt({ reasoningEffort: 'HIGH' }), maxOutputTokens: 10 });
      expect(textIn(batches)).toBe('');
      expect(eventsOf(batches, 'usage')[0]?.usage).toMatchObject({ outputTokens: 10, reasoningTokens: 10 });
    });
  });

  describe('logprobs', () => {
    it('name each token, and as many alternatives as were asked for', async () => {
      for (const topLogprobs of [0, 1, 3, 50]) {
        const batches = await sandboxWorld().complete({ prompt: prompt({ topLogprobs }), maxOutputTokens: 5 });
        const tokens = eventsOf(batches, 'logprobs').flatMap((event) => event.tokens);
        expect(tokens.map(({ token }) => token).join('')).toBe(textIn(batches));
        for (const { logprob, top } of tokens) {
          expect(logprob).toBeLessThanOrEqual(0);
          expect(top).toHaveLength(Math.min(topLogprobs, 20));
          expect(top.map((each) => each.logprob)).toEqual(top.map((each) => each.logprob).sort((a, b) => b - a));
        }
      }
    });

    it('are left out when nobody asks', async () => {
      expect(eventsOf(await sandboxWorld().complete(), 'logprobs')).toEqual([]);
    });
  });

  describe('JSON', () => {
    it('is a small object when any will do, and says that it is simulated', async () => {
      const batches = await sandboxWorld().complete({ prompt: prompt({ outputFormat: { type: 'json' } }) });
      expect(JSON.parse(textIn(batches))).toMatchObject({ simulated: true, answer: expect.stringContaining('simulated') });
    });

    it('follows the schema', async () => {
      const schema = {
        type: 'object',
        properties: { city: { enum: ['Oslo', 'Lima'] }, people: { type: 'integer', minimum: 5 } },
        required: ['city', 'people'],
      };
      const outputFormat = { type: 'jsonSchema', name: 'city', schema, strict: true } as const;
      const city: unknown = JSON.parse(textIn(await sandboxWorld().complete({ prompt: prompt({ outputFormat }) })));
      expect(city).toEqual({ city: expect.stringMatching(/^(Oslo|Lima)$/), people: expect.any(Number) });
    });
  });
});

describe('several answers of the sandbox', () => {
  const three = withOptions({ tokensPerSecond: 0 }, { choices: 3 });

  it('come in parallel, each ends, and all are counted', async () => {
    const batches = await sandboxWorld().complete({ prompt: three });
    const others = eventsOf(batches, 'alternative');
    const textOf = (index: number) =>
      others.map((event) => (event.index === index && event.event.type === 'text' ? event.event.text : '')).join('');
    const texts = [textIn(batches), textOf(1), textOf(2)];
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) expect(text).toMatch(/^This is a simulated answer to "Once upon a time"\./);
    expect(others.filter(({ event }) => event.type === 'finished').map(({ index }) => index)).toEqual(expect.arrayContaining([1, 2]));
    const alone = await sandboxWorld().complete({ prompt: withOptions({ tokensPerSecond: 0 }) });
    expect(textIn(alone)).toBe(texts[0]);
    const counted = eventsOf(batches, 'text').length + others.filter(({ event }) => event.type === 'text').length;
    expect(endOf(batches)).toEqual({ finished: stopped, outputTokens: counted });
  });

  it('are each cut at maxOutputTokens', async () => {
    const batches = await sandboxWorld().complete({ prompt: three, maxOutputTokens: 5 });
    expect(endOf(batches)).toEqual({ finished: cutShort, outputTokens: 15 });
  });
});

describe('what the sandbox does not have', () => {
  const warm = prompt({ sampling: { ...prompt({}).sampling, temperature: 0.5 } });

  it('is told', async () => {
    expect(eventsOf(await sandboxWorld().complete({ prompt: warm }), 'warning')).toEqual([
      { type: 'warning', message: 'temperature was left out: sandbox does not have it.' },
    ]);
  });

  it('is refused where the call requires it', async () => {
    await expect(sandboxWorld().complete({ prompt: warm, requireParameters: true })).rejects.toMatchObject({
      code: 'UNSUPPORTED_PARAMETER',
      details: { parameter: 'temperature' },
    });
  });
});
