import { expect, it } from 'vitest';
import type { EmbeddingCall } from '../../../src/ports/provider.ts';
import { embedInParts } from '../../../src/providers/wire/embedInParts.ts';
import { errorOf, neverAborted } from '../../support/collect.ts';
import { callOf } from '../../support/providerCall.ts';

const usage = (inputTokens: number) =>
  ({ inputTokens, cachedInputTokens: null, cacheWriteTokens: null, outputTokens: 0, reasoningTokens: null, basis: 'MEASURED' }) as const;
const callFor = (count: number): EmbeddingCall => ({
  ...callOf(),
  inputs: Array.from({ length: count }, (_, index) => String(index)),
  dimensions: null,
  providerOptions: {},
});
const answer = ({ inputs }: EmbeddingCall) => ({
  vectors: inputs.map((text) => Float32Array.of(Number(text))),
  usage: usage(inputs.length),
  providerRequestId: null,
});

it('asks for parts, few at a time, and joins them in their order', async () => {
  const sizes: number[] = [];
  let underWay = 0;
  let most = 0;
  const ask = async (part: EmbeddingCall) => {
    sizes.push(part.inputs.length);
    most = Math.max(most, ++underWay);
    // The first ones take the longest.
    for (let turn = Number(part.inputs[0]); turn < 60; turn++) await Promise.resolve();
    underWay--;
    return answer(part);
  };
  const { vectors, usage: used } = await embedInParts({ call: callFor(50), most: 3, signal: neverAborted, ask });
  expect(vectors.map(([first]) => first)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(used).toEqual(usage(50));
  expect(sizes).toHaveLength(17);
  expect(most).toBe(8);
});

it('asks once where one request takes all', async () => {
  const call = callFor(3);
  let asked: EmbeddingCall | null = null;
  const ask = async (part: EmbeddingCall) => {
    asked = part;
    return answer(part);
  };
  await embedInParts({ call, most: 3, signal: neverAborted, ask });
  expect(asked).toBe(call);
});

it('gives up what is under way when one part fails, and begins no more', async () => {
  const fault = new Error('refused');
  const given: unknown[] = [];
  let asked = 0;
  const ask = async (part: EmbeddingCall, signal: AbortSignal) => {
    asked++;
    if (part.inputs[0] === '2') throw fault;
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return answer(part);
  };
  const watched = async (part: EmbeddingCall, signal: AbortSignal) =>
    ask(part, signal).catch((error: unknown) => {
      given.push(error);
      throw error;
    });
  expect(await errorOf(embedInParts({ call: callFor(40), most: 1, signal: neverAborted, ask: watched }))).toBe(fault);
  await Promise.resolve();
  expect(asked).toBe(8);
  expect(given.every((error) => error === fault)).toBe(true);
});
