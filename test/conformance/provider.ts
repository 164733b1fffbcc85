import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/domain/errors.ts';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import type { ProviderAdapter } from '../../src/ports/provider.ts';
import { collect, errorOf, neverAborted } from '../support/collect.ts';
import { foldAnswer } from '../support/foldAnswer.ts';
import { chunkedAnswer, chunkedHead, cut, httpAnswer, httpChunk } from '../support/httpBytes.ts';
import { callOf, promptOf } from '../support/providerCall.ts';
import type { ReplayServer } from '../support/replayServer.ts';
import { startReplayServer } from '../support/replayServer.ts';
import { standstill } from '../support/standstill.ts';
import { eventsUntil } from './eventEnds.ts';
import type { FormatAnswer, FormatUnderTest } from './format.ts';

/** What every adapter of a wire format must do, over real sockets: a server replays chosen bytes. */
export function describeProvider(format: FormatUnderTest): void {
  describe(`format ${format.folder}`, () => {
    let server: ReplayServer;
    let adapter: ProviderAdapter;
    const first = format.answers[0];
    if (first === undefined) throw new Error('A format without an answer cannot be tested.');
    const events = answerBytes(first);
    const complete = (streamed = true, signal = neverAborted) => collect(adapter.complete(callOf({ streamed }), signal));
    const read = async ({ streamed, choices = 1 }: FormatAnswer, pieces: readonly Uint8Array[], from: ProviderAdapter) => {
      server.play({ pieces, then: 'keep' });
      return foldAnswer(await collect(from.complete(callOf({ streamed, prompt: promptOf({ choices }) }), neverAborted)));
    };

    beforeAll(async () => {
      server = await startReplayServer();
    });
    afterAll(async () => {
      await adapter?.[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    });
    beforeEach(async () => {
      await adapter?.[Symbol.asyncDispose]();
      adapter = format.create(server.url);
    });
    it.each(format.answers)('reads $name', async (answer) => {
      await using kin = format.create(server.url, answer.kin);
      expect(await read(answer, [answerBytes(answer)], kin)).toMatchObject(answer.says);
    });

    it.each(format.answers)('reads $name the same in any split of its bytes', async (answer) => {
      await using kin = format.create(server.url, answer.kin);
      const bytes = answerBytes(answer);
      const whole = await read(answer, [bytes], kin);
      const places = fc.array(fc.nat(bytes.length), { maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(places, async (at) => {
          expect(await read(answer, cut(bytes, at), kin)).toEqual(whole);
        }),
        { numRuns: 25, seed: 7 },
      );
    });

    it.each(['end', 'reset'] as const)('never takes an answer that breaks off by %s for a whole one', async (then) => {
      server.play({ pieces: [events], then: 'keep' });
      const whole = foldAnswer(await complete());
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: events.length - 1 }), async (length) => {
          server.play({ pieces: [events.subarray(0, length)], then });
          const heard: ProviderEvent[] = [];
          const error = await collect(adapter.complete(callOf(), neverAborted), heard).then(
            () => null,
            (thrown: unknown) => thrown,
          );
          const said = foldAnswer(heard);
          expect(whole.text.startsWith(said.text)).toBe(true);
          if (error === null) expect(said).toEqual(whole);
          else expect(error).toMatchObject({ code: expect.stringMatching(/^UPSTREAM_(?:UNAVAILABLE|MALFORMED)$/) });
        }),
        { numRuns: 40, seed: 7 },
      );
    });

    it.each(format.refusals)('says what $name means', async ({ answer, code, retryAfterMs, details }) => {
      server.play({ pieces: [httpAnswer(answer)], then: 'keep' });
      const error = await errorOf(complete());
      expect(error).toMatchObject({ name: 'GatewayError', code, retryAfterMs: retryAfterMs ?? null, details: details ?? {} });
      // An error tells nothing of what the provider wrote or was sent.
      const words = String(answer.body).match(/[A-Za-z' ]{30,}/g) ?? [];
      for (const sentence of [...words, 'Once upon a time']) expect(inspectError(error)).not.toContain(sentence);
    });

    it('delivers what came before a fault, then throws', async () => {
      const half = Buffer.from(first.body).subarray(0, first.body.length / 2);
      const body = (format.wholeEvents ?? eventsUntil(['\n\n', '\r\n\r\n']))(half);
      server.play({
        pieces: [chunkedAnswer({ 'content-type': first.contentType }, [body, Buffer.from(format.malformedEvent)])],
        then: 'keep',
      });
      const heard: ProviderEvent[] = [];
      const error = await errorOf(collect(adapter.complete(callOf(), neverAborted), heard));
      expect(error).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
      expect(foldAnswer(heard).text).not.toBe('');
    });

    it('gives up an event that does not end', async () => {
      const megabyte = Buffer.alloc(1024 * 1024, 'x');
      const pieces = [
        chunkedHead(first.contentType),
        httpChunk(Buffer.from(format.endlessEvent)),
        ...Array.from({ length: 16 }, () => httpChunk(megabyte)),
      ];
      server.play({ pieces, then: 'hold' });
      expect(await errorOf(complete())).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
      await server.left();
    });

    it('hands on, once, what the head says of rate limits', async () => {
      const limits = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0s', 'x-ratelimit-remaining-tokens': '7' };
      server.play({ pieces: [chunkedAnswer({ 'content-type': first.contentType, ...limits }, [first.body])], then: 'keep' });
      const heard = (await complete()).flatMap((event) => (event.type === 'limits' ? [event.limits] : []));
      expect(heard).toEqual([{ requests: { remaining: 0, resetsAt: expect.any(Number) }, tokens: { remaining: 7, resetsAt: null } }]);
    });

    it('refuses what is not HTTP', async () => {
      server.play({ pieces: [Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')], then: 'end' });
      expect(await errorOf(complete())).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    });

    it('refuses a web page', async () => {
      server.play({ pieces: [httpAnswer({ headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' })], then: 'keep' });
      expect(await errorOf(complete())).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    });

    it('refuses a compressed answer, which it did not ask for', async () => {
      server.play({
        pieces: [chunkedAnswer({ 'content-type': first.contentType, 'content-encoding': 'gzip' }, [first.body])],
        then: 'keep',
      });
      expect(await errorOf(complete())).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
      expect(server.requests.at(-1)?.head).toMatch(/^accept-encoding: identity$/im);
    });

    it('does not follow a redirect', async () => {
      server.play({ pieces: [httpAnswer({ status: 302, headers: { location: server.url }, body: '' })], then: 'keep' });
      const before = server.requests.length;
      expect(await errorOf(complete())).toMatchObject({ code: 'UPSTREAM_REFUSED' });
      expect(server.requests.length).toBe(before + 1);
    });

    it('says that nobody answers at an address', async () => {
      await using nobody = format.create('http://127.0.0.1:9/v1');
      const error = await errorOf(collect(nobody.complete(callOf(), neverAborted)));
      expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: expect.not.stringContaining('127.0.0.1') });
    });

    it('says that a name is unknown', async () => {
      await using nobody = format.create('http://nobody.invalid/v1');
      const error = await errorOf(collect(nobody.complete(callOf(), neverAborted)));
      expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: expect.stringMatching(/name cannot be resolved/) });
    });

    it('sends nothing for a call that was given up before', async () => {
      const before = server.requests.length;
      const reason = new Error('gone');
      expect(await errorOf(complete(true, AbortSignal.abort(reason)))).toBe(reason);
      expect(server.requests.length).toBe(before);
    });

    it('sends nothing for a call that is given up while it connects', async () => {
      const before = server.requests.length;
      const abort = new AbortController();
      const outcome = errorOf(complete(true, abort.signal));
      abort.abort(new Error('gone'));
      expect(await outcome).toBe(abort.signal.reason);
      server.play({ pieces: [events], then: 'keep' });
      await complete();
      expect(server.requests.length).toBe(before + 1);
    });

    it('ends the request when the signal aborts before the answer', async () => {
      server.play({ pieces: [], then: 'hold' });
      const abort = new AbortController();
      const reason = new Error('gone');
      const asked = server.asked();
      const outcome = errorOf(complete(true, abort.signal));
      await asked;
      abort.abort(reason);
      expect(await outcome).toBe(reason);
      await server.left();
    });

    it('ends the request when the signal aborts in the middle', async () => {
      server.play({ pieces: [chunkedHead(first.contentType), httpChunk(half(first.body))], then: 'hold' });
      const abort = new AbortController();
      const iterator = adapter.complete(callOf(), abort.signal)[Symbol.asyncIterator]();
      expect((await iterator.next()).done).toBe(false);
      const waiting = errorOf(readOn(iterator));
      const reason = new Error('gone');
      abort.abort(reason);
      expect(await waiting).toBe(reason);
      await server.left();
    });

    it('ends the request when its reader leaves while it waits', async () => {
      server.play({ pieces: [chunkedHead(first.contentType), httpChunk(half(first.body))], then: 'hold' });
      const iterator = adapter.complete(callOf(), neverAborted)[Symbol.asyncIterator]();
      await iterator.next();
      const waiting = readOn(iterator);
      await iterator.return?.();
      await waiting;
      await server.left();
      expect((await iterator.next()).done).toBe(true);
    });

    it('keeps its connections for calls that follow each other', async () => {
      server.play({ pieces: [events], then: 'keep' });
      const before = server.connections;
      for (let call = 0; call < 10; call++) await complete();
      // Two, where the next call comes before the last one's connection is free again.
      expect(server.connections - before).toBeLessThanOrEqual(2);
    });

    it('stops a server that sends faster than it is read', async () => {
      const idle = Buffer.from(`: ${'x'.repeat(64 * 1024)}\n\n`);
      server.play({
        pieces: [chunkedHead(first.contentType), httpChunk(half(first.body)), ...Array.from({ length: 1024 }, () => httpChunk(idle))],
        then: 'hold',
      });
      const iterator = adapter.complete(callOf(), neverAborted)[Symbol.asyncIterator]();
      await iterator.next();
      await standstill(() => server.sentBytes);
      expect(server.sentBytes).toBeLessThan(32 * 1024 * 1024);
      await iterator.return?.();
      await server.left();
    });
  });
}

function answerBytes({ contentType, body }: FormatAnswer): Buffer {
  return chunkedAnswer({ 'content-type': contentType }, [body]);
}

async function readOn(iterator: AsyncIterator<unknown>): Promise<void> {
  for (let step = await iterator.next(); step.done !== true; step = await iterator.next());
}

function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length / 2);
}

function inspectError(error: unknown): string {
  return error instanceof GatewayError ? JSON.stringify([error.message, error.details, String(error.cause)]) : String(error);
}
