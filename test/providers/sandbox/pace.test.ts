import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import { chatCall, eventsOf, sandboxWorld, withOptions } from './sandboxWorld.ts';

/** When each batch came and how many tokens it brought. */
async function timesOf(
  options: JsonObject,
  changes: Partial<ProviderCall> = {},
): Promise<readonly (readonly [atMs: number, tokens: number])[]> {
  const { clock, adapter } = sandboxWorld();
  const times: [number, number][] = [];
  const play = async (): Promise<void> => {
    for await (const batch of adapter().complete(
      { ...chatCall(), prompt: withOptions(options), ...changes },
      new AbortController().signal,
    )) {
      times.push([clock.monotonic(), eventsOf([batch], 'text').length]);
    }
  };
  await clock.until(play());
  return times;
}

describe('format sandbox', () => {
  describe('time', () => {
    it('brings the first token after 50 ms and one every 5 ms, the start before and the end with the last', async () => {
      const times = await timesOf({}, { maxOutputTokens: 40 });
      expect(times).toEqual([[0, 0], ...Array.from({ length: 40 }, (_, index) => [50 + 5 * index, 1])]);
    });

    it('follows firstTokenMs and tokensPerSecond', async () => {
      expect(await timesOf({ firstTokenMs: 7, tokensPerSecond: 10 }, { maxOutputTokens: 3 })).toEqual([
        [0, 0],
        [7, 1],
        [107, 1],
        [207, 1],
      ]);
    });

    it('brings what falls due within 5 ms in one batch', async () => {
      expect(await timesOf({ tokensPerSecond: 1000 }, { maxOutputTokens: 12 })).toEqual([
        [0, 0],
        [50, 1],
        [55, 5],
        [60, 5],
        [65, 1],
      ]);
    });

    it('brings everything at once at 0 tokens a second', async () => {
      expect(await timesOf({ tokensPerSecond: 0, firstTokenMs: 0 }, { maxOutputTokens: 40 })).toEqual([
        [0, 0],
        [0, 40],
      ]);
    });

    it('brings a slow reader all that has fallen due', async () => {
      const { clock, adapter } = sandboxWorld();
      const reader = adapter()
        .complete({ ...chatCall(), maxOutputTokens: 40 }, new AbortController().signal)
        [Symbol.asyncIterator]();
      await reader.next();
      await clock.advance(100);
      expect((await reader.next()).value).toHaveLength(11);
      const next = reader.next();
      await clock.advance(5);
      expect((await next).value).toHaveLength(1);
    });

    it('brings who is not streamed to everything when the last token is due', async () => {
      expect(await timesOf({}, { maxOutputTokens: 40, streamed: false })).toEqual([
        [0, 0],
        [50 + 39 * 5, 40],
      ]);
    });

    it('varies by the jitter, the same for the same seed, and changes no word', async () => {
      const options = { tokensPerSecond: 50, jitterMs: 10 };
      const times = await timesOf(options);
      expect(await timesOf(options)).toEqual(times);
      expect(await timesOf({ ...options, seed: 3 })).not.toEqual(times);
      const gaps = times.slice(2).map(([atMs], index) => atMs - (times[index + 1]?.[0] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(30.001);
      expect(new Set(gaps).size).toBeGreaterThan(10);
    });
  });

  describe('leaving', () => {
    const places = [
      ['before the first token', {}, 20],
      ['between two tokens', {}, 62],
      ['under silence', { fault: 'silence' }, 20],
      ['before a slow first token', { fault: 'slow_first_token' }, 500],
      ['in a stall', { fault: 'stall', after: 2 }, 500],
    ] as const;

    it.each(places)('by the signal ends it at once %s', async (_place, options, afterMs) => {
      const { clock, adapter } = sandboxWorld();
      const leaving = new AbortController();
      const ended = Array.fromAsync(adapter().complete({ ...chatCall(), prompt: withOptions(options) }, leaving.signal));
      ended.catch(() => {});
      await clock.advance(afterMs);
      leaving.abort(new Error('left'));
      await expect(ended).rejects.toThrow('left');
      expect(clock.waiting).toBe(0);
    });

    it.each(places)('by return() ends it at once %s', async (_place, options, afterMs) => {
      const { clock, adapter } = sandboxWorld();
      const reader = adapter()
        .complete({ ...chatCall(), prompt: withOptions(options) }, new AbortController().signal)
        [Symbol.asyncIterator]();
      const read = (async () => {
        while ((await reader.next()).done !== true);
        return 'ended';
      })();
      await clock.advance(afterMs);
      await reader.return?.();
      expect(await read).toBe('ended');
      expect(clock.waiting).toBe(0);
      expect(await reader.next()).toEqual({ done: true, value: undefined });
    });

    it('by break ends it', async () => {
      const { clock, adapter } = sandboxWorld();
      for await (const batch of adapter().complete(chatCall(), new AbortController().signal)) {
        expect(batch[0]?.type).toBe('started');
        break;
      }
      expect(clock.waiting).toBe(0);
    });

    it('before the call starts nothing', async () => {
      const signal = AbortSignal.abort(new Error('left'));
      const { clock, adapter } = sandboxWorld();
      await expect(Array.fromAsync(adapter().complete(chatCall(), signal))).rejects.toThrow('left');
      expect(clock.waiting).toBe(0);
    });

    it('between reads is noticed where nothing waits', async () => {
      const { adapter } = sandboxWorld();
      const leaving = new AbortController();
      const call = { ...chatCall(), prompt: withOptions({ tokensPerSecond: 0, firstTokenMs: 0 }) };
      const reader = adapter().complete(call, leaving.signal)[Symbol.asyncIterator]();
      await reader.next();
      leaving.abort(new Error('left'));
      await expect(reader.next()).rejects.toThrow('left');
    });
  });
});
