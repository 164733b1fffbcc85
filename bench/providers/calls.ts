import { Pool } from 'undici';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import type { ProviderAdapter } from '../../src/ports/provider.ts';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import { neverAborted } from '../../test/support/collect.ts';
import { chunkedHead, httpChunk } from '../../test/support/httpBytes.ts';
import { callOf, settingsOf } from '../../test/support/providerCall.ts';
import type { ReplayServer } from '../../test/support/replayServer.ts';
import type { LongStream } from './streams.ts';

/** One whole call over loopback: how many batches of events came, and the length of the text they said. */
export interface CallReading {
  readonly batches: number;
  readonly textLength: number;
}

/** A way to the server that plays a stream. */
export interface CallTarget extends AsyncDisposable {
  readonly name: string;
  readonly stream: LongStream;
  call(): Promise<CallReading>;
}

/** Each format by its adapter, OpenAI's also through the package of the AI SDK, and without any adapter at all. */
export function openTargets(server: ReplayServer, streams: readonly LongStream[]): readonly CallTarget[] {
  const targets = streams.map((stream) => adapterTarget(stream.format, stream, openAdapter(stream, server.url)));
  const chat = streams.find(({ format }) => format === 'openai-chat');
  if (chat === undefined) throw new Error('There is no stream of OpenAI chat completions.');
  const options = { package: '@ai-sdk/openai', model: 'chat' };
  const bridge = createProvider(settingsOf({ format: 'ai-sdk', baseUrl: server.url, apiKey: 'key', options }), { clock: createClock() });
  return [directTarget(server, chat), ...targets, adapterTarget('ai-sdk (@ai-sdk/openai)', chat, bridge)];
}

/** One write of the server's: a stream in pieces of so many bytes, each its own HTTP chunk. */
export function piecesOf({ contentType, body }: LongStream, bytes: number): readonly Buffer[] {
  const places = Array.from({ length: Math.ceil(body.length / bytes) }, (_, place) => place * bytes);
  return [chunkedHead(contentType), ...places.map((from) => httpChunk(body.subarray(from, from + bytes))), httpChunk(Buffer.alloc(0))];
}

function openAdapter({ format }: LongStream, url: string): ProviderAdapter {
  const baseUrl = format === 'ollama' ? url.replace(/\/v1$/, '') : url;
  return createProvider(settingsOf({ format, baseUrl }), { clock: createClock() });
}

function adapterTarget(name: string, stream: LongStream, adapter: ProviderAdapter): CallTarget {
  return {
    name,
    stream,
    async call() {
      let batches = 0;
      let textLength = 0;
      for await (const events of adapter.complete(callOf(), neverAborted)) {
        batches++;
        textLength += lengthOf(events);
      }
      return { batches, textLength };
    },
    [Symbol.asyncDispose]: () => adapter[Symbol.asyncDispose](),
  };
}

function lengthOf(events: readonly ProviderEvent[]): number {
  return events.reduce((sum, event) => sum + (event.type === 'text' ? event.text.length : 0), 0);
}

/** What a program does that calls OpenAI itself: reads the bytes, splits them, parses each event, adds up its text. */
function directTarget(server: ReplayServer, stream: LongStream): CallTarget {
  const pool = new Pool(new URL(server.url).origin);
  return {
    name: 'direct call (OpenAI)',
    stream,
    async call() {
      const { body } = await pool.request({ method: 'POST', path: '/v1/chat/completions', body: JSON.stringify({ stream: true }) });
      let [rest, batches, textLength] = ['', 0, 0];
      for await (const piece of body) {
        batches++;
        const lines = (rest + String(piece)).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines)
          if (line.startsWith('data: {')) textLength += JSON.parse(line.slice(6)).choices[0]?.delta.content?.length ?? 0;
      }
      return { batches, textLength };
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}
