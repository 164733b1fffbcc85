import { describe, expect, it } from 'vitest';
import { embedText } from '../../../src/providers/sandbox/embedding.ts';
import { embeddingCall, sandboxWorld } from './sandboxWorld.ts';

function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, axis) => sum + value * (right[axis] ?? 0), 0);
}

describe('format sandbox', () => {
  describe('an embedding', () => {
    it('is a unit vector of 64 dimensions an input, in the order of the inputs, after 50 ms', async () => {
      const world = sandboxWorld();
      const { vectors, providerRequestId } = await world.embed({ inputs: ['a river', 'a stream', '', '数', '\ud800'] });
      expect(vectors.map((vector) => vector.length)).toEqual([64, 64, 64, 64, 64]);
      for (const vector of vectors) expect(cosine(vector, vector)).toBeCloseTo(1, 5);
      expect(vectors[1]).toEqual(embedText('a stream', 64, 0));
      expect(world.clock.monotonic()).toBe(50);
      expect(providerRequestId).toBe(`sandbox-${embeddingCall().id}`);
    });

    it('is near that of a similar text, and far from another', () => {
      const [text, near, far] = ['The river runs to the sea', 'the rivers run to the sea.', 'Quarterly tax report'].map((each) =>
        embedText(each, 256, 0),
      );
      if (text === undefined || near === undefined || far === undefined) throw new Error('A vector is missing.');
      expect(cosine(text, near)).toBeGreaterThan(0.7);
      expect(Math.abs(cosine(text, far))).toBeLessThan(0.3);
    });

    it('is the same at either sandbox, and differs by the seed', async () => {
      const [first, second, seeded] = await Promise.all([
        sandboxWorld().embed(),
        sandboxWorld().embed({}, 'sandbox-b'),
        sandboxWorld().embed({ providerOptions: { sandbox: { seed: 5 } } }),
      ]);
      expect(first.vectors).toEqual(second.vectors);
      expect(first.vectors).not.toEqual(seeded.vectors);
    });

    it('has the dimensions asked for, from 1 to 4096', async () => {
      for (const dimensions of [1, 3, 4096]) {
        const { vectors } = await sandboxWorld().embed({ dimensions });
        expect(vectors[0]).toHaveLength(dimensions);
      }
      for (const dimensions of [0, -1, 1.5, 4097]) {
        await expect(sandboxWorld().embed({ dimensions })).rejects.toMatchObject({
          code: 'INVALID_REQUEST',
          details: { field: 'dimensions' },
        });
      }
    });

    it('is measured at four bytes a token, and has no output', async () => {
      const { usage } = await sandboxWorld().embed({ inputs: ['12345', '', '数数'] });
      expect(usage).toEqual({
        inputTokens: 2 + 1 + 2,
        cachedInputTokens: 0,
        cacheWriteTokens: 0,
        outputTokens: 0,
        reasoningTokens: 0,
        basis: 'MEASURED',
      });
    });

    it('is refused for an input that is too long', async () => {
      await expect(sandboxWorld().embed({ inputs: ['ok', 'x'.repeat(32_769)] })).rejects.toMatchObject({ code: 'CONTEXT_TOO_LONG' });
    });

    it('ends when the caller leaves', async () => {
      const { clock, adapter } = sandboxWorld();
      const leaving = new AbortController();
      const embedding = adapter().embed(embeddingCall(), leaving.signal);
      await clock.advance(10);
      leaving.abort(new Error('left'));
      await expect(embedding).rejects.toThrow('left');
      expect(clock.waiting).toBe(0);
    });

    it('is refused by a model for chat', async () => {
      const offer = { ...embeddingCall().offer, providerModel: 'chat' };
      await expect(sandboxWorld().embed({ offer })).rejects.toMatchObject({ code: 'UPSTREAM_REFUSED' });
    });
  });
});
