import { describe, expect, it } from 'vitest';
import type { CompletionId } from '../../../src/domain/id.ts';
import { toId } from '../../../src/domain/id.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { ProviderCall } from '../../../src/ports/provider.ts';
import { createAttemptCounter } from '../../../src/providers/sandbox/attemptCounter.ts';
import { faultNames } from '../../../src/providers/sandbox/faults.ts';
import type { Batch } from './sandboxWorld.ts';
import { chatCall, embeddingCall, endOf, eventsOf, sandboxWorld, textIn, withOptions } from './sandboxWorld.ts';

/** Begins an answer and keeps what it says, also when it fails or hangs. */
function begin(options: JsonObject, changes: Partial<ProviderCall> = {}) {
  const { clock, adapter } = sandboxWorld();
  const batches: Batch[] = [];
  const leaving = new AbortController();
  const ended = (async () => {
    for await (const batch of adapter().complete({ ...chatCall(), prompt: withOptions(options), ...changes }, leaving.signal))
      batches.push(batch);
  })();
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  ended.then(settle, settle);
  return { clock, batches, ended, leaving, settled: () => settled };
}

const hour = 3_600_000;

describe('format sandbox', () => {
  describe('a fault before the answer', () => {
    it.each([
      ['rate_limited', 'UPSTREAM_RATE_LIMITED', 1000],
      ['rate_limited_no_delay', 'UPSTREAM_RATE_LIMITED', null],
      ['server_error', 'UPSTREAM_UNAVAILABLE', null],
      ['unavailable', 'UPSTREAM_UNAVAILABLE', null],
      ['reset', 'UPSTREAM_UNAVAILABLE', null],
      ['context_too_long', 'CONTEXT_TOO_LONG', null],
      ['content_filtered', 'CONTENT_FILTERED', null],
    ])('%s is %s, for a completion and an embedding', async (fault, code, retryAfterMs) => {
      const { batches, ended } = begin({ fault });
      await expect(ended).rejects.toMatchObject({ code, retryAfterMs });
      expect(batches).toEqual([]);
      await expect(sandboxWorld().embed({ providerOptions: { sandbox: { fault } } })).rejects.toMatchObject({ code, retryAfterMs });
    });

    it('rate_limited asks for the delay of the options', async () => {
      await expect(begin({ fault: 'rate_limited', delayMs: 2500 }).ended).rejects.toMatchObject({ retryAfterMs: 2500 });
    });

    it('silence lasts until the caller leaves', async () => {
      const { clock, batches, ended, leaving, settled } = begin({ fault: 'silence' });
      await clock.advance(hour);
      expect([batches, settled()]).toEqual([[], false]);
      leaving.abort(new Error('left'));
      await expect(ended).rejects.toThrow('left');
    });

    it('slow_first_token waits for delayMs, then goes on as ever', async () => {
      const { clock, batches, ended } = begin({ fault: 'slow_first_token', delayMs: 2000 });
      await clock.advance(1999);
      expect(textIn(batches)).toBe('');
      await clock.advance(1);
      expect(textIn(batches)).toBe('This');
      await clock.until(ended);
    });
  });

  describe('a fault after `after` tokens', () => {
    it.each(['cut', 'malformed'])('%s is UPSTREAM_MALFORMED, without usage or an end', async (fault) => {
      for (const after of [0, 1, 12, 100_000]) {
        const { clock, batches, ended } = begin({ fault, after }, { maxOutputTokens: 30 });
        await expect(clock.until(ended)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
        expect(batches.flat().map(({ type }) => type)).toEqual(['started', ...Array.from({ length: Math.min(after, 30) }, () => 'text')]);
        expect(batches.every((batch) => batch.length > 0)).toBe(true);
      }
    });

    it('stall says nothing more until the caller leaves', async () => {
      const { clock, batches, ended, leaving, settled } = begin({ fault: 'stall', after: 3 });
      await clock.advance(hour);
      expect([eventsOf(batches, 'text').length, settled(), clock.waiting]).toEqual([3, false, 0]);
      leaving.abort(new Error('left'));
      await expect(ended).rejects.toThrow('left');
    });

    it('strikes after twelve tokens when nothing else is said', async () => {
      const { clock, batches, ended } = begin({ fault: 'cut' });
      await expect(clock.until(ended)).rejects.toThrow('ended without a finish reason');
      expect(eventsOf(batches, 'text')).toHaveLength(12);
    });

    it('shows who is not streamed to no part of the answer', async () => {
      const { clock, batches, ended } = begin({ fault: 'cut' }, { streamed: false });
      await expect(clock.until(ended)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
      expect(batches.flat().map(({ type }) => type)).toEqual(['started']);
    });
  });

  describe('a fault of the end', () => {
    it('no_end is a whole answer', async () => {
      const batches = await sandboxWorld().complete({ prompt: withOptions({ fault: 'no_end' }) });
      expect(batches).toEqual(await sandboxWorld().complete());
      expect(endOf(batches).finished).toMatchObject({ reason: 'STOP' });
    });

    it('overlong makes twice as many tokens as were allowed, and reports them', async () => {
      const prompt = withOptions({ fault: 'overlong' });
      const batches = await sandboxWorld().complete({ prompt, maxOutputTokens: 40 });
      const { finished, outputTokens } = endOf(batches);
      expect(finished).toMatchObject({ reason: 'STOP' });
      expect(outputTokens).toBe(eventsOf(batches, 'text').length);
      expect(outputTokens).toBeGreaterThanOrEqual(80);
      expect(endOf(await sandboxWorld().complete({ prompt })).outputTokens).toBeGreaterThanOrEqual(240);
    });
  });

  describe('a fault of an embedding', () => {
    it.each(['cut', 'malformed'])('%s is UPSTREAM_MALFORMED', async (fault) => {
      await expect(sandboxWorld().embed({ providerOptions: { sandbox: { fault } } })).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    });

    it.each(['silence', 'stall'])('%s lasts until the caller leaves', async (fault) => {
      const { clock, adapter } = sandboxWorld();
      const leaving = new AbortController();
      const embedding = adapter().embed({ ...embeddingCall(), providerOptions: { sandbox: { fault } } }, leaving.signal);
      await clock.advance(hour);
      leaving.abort(new Error('left'));
      await expect(embedding).rejects.toThrow('left');
    });

    it('slow_first_token delays it', async () => {
      const world = sandboxWorld();
      await world.embed({ providerOptions: { sandbox: { fault: 'slow_first_token' } } });
      expect(world.clock.monotonic()).toBe(1000);
    });
  });

  describe('who a fault strikes', () => {
    const cases = (options: JsonObject) => ({ prompt: withOptions({ fault: 'server_error', ...options }) });

    it('is both sandboxes, or the one that is named', async () => {
      const { complete } = sandboxWorld();
      await expect(complete(cases({ offer: null }))).rejects.toThrow();
      await expect(complete(cases({ offer: null }), 'sandbox-b')).rejects.toThrow();
      await expect(complete(cases({ offer: 'sandbox' }))).rejects.toThrow();
      expect(textIn(await complete(cases({ offer: 'sandbox' }), 'sandbox-b'))).toContain('simulated');
    });

    it('is the first `times` attempts of a call, over both sandboxes', async () => {
      const { complete } = sandboxWorld();
      await expect(complete(cases({ times: 2 }))).rejects.toThrow();
      await expect(complete(cases({ times: 2 }), 'sandbox-b')).rejects.toThrow();
      expect(textIn(await complete(cases({ times: 2 })))).toContain('simulated');
      await expect(complete({ ...cases({ times: 2 }), id: toId<CompletionId>('another') })).rejects.toThrow();
    });

    it('counts only the attempts that it is meant for', async () => {
      const { complete } = sandboxWorld();
      await complete(cases({ times: 1, offer: 'sandbox-b' }));
      await expect(complete(cases({ times: 1, offer: 'sandbox-b' }), 'sandbox-b')).rejects.toThrow();
      await complete(cases({ times: 1, offer: 'sandbox-b' }), 'sandbox-b');
    });

    it('is nobody when times is 0, and every attempt when it is null', async () => {
      const { complete } = sandboxWorld();
      await complete(cases({ times: 0 }));
      for (let attempt = 0; attempt < 5; attempt++) await expect(complete(cases({ times: null }))).rejects.toThrow();
    });

    it('is remembered for the calls counted last', () => {
      const counter = createAttemptCounter(2);
      const count = (id: string): number => counter.count(toId<CompletionId>(id));
      expect([count('a'), count('b'), count('a'), count('c')]).toEqual([1, 1, 2, 1]);
      expect([count('a'), count('b')]).toEqual([3, 1]);
    });
  });

  it('has every fault of the contract', () => {
    expect(faultNames).toEqual([
      'rate_limited',
      'rate_limited_no_delay',
      'server_error',
      'unavailable',
      'reset',
      'silence',
      'slow_first_token',
      'cut',
      'stall',
      'malformed',
      'no_end',
      'context_too_long',
      'content_filtered',
      'overlong',
    ]);
  });
});
