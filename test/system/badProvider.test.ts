import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderAdapter } from '../../src/ports/provider.ts';
import type { ProviderSettings } from '../../src/ports/providerSettings.ts';
import { formatNames } from '../../src/providers/formatNames.ts';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import { collect, errorOf, neverAborted } from '../support/collect.ts';
import type { ForwardProxy } from '../support/forwardProxy.ts';
import { startForwardProxy } from '../support/forwardProxy.ts';
import { freePort } from '../support/freePort.ts';
import { chunkedHead, httpAnswer, httpChunk } from '../support/httpBytes.ts';
import { callOf, settingsOf } from '../support/providerCall.ts';
import type { ReplayServer } from '../support/replayServer.ts';
import { startReplayServer } from '../support/replayServer.ts';
import { selfSigned } from '../support/selfSigned.ts';

/** A bridge speaks by its package, which has sockets of its own. */
const formats = formatNames.filter((name) => name !== 'ai-sdk');

function create(format: string, baseUrl: string, more: Partial<ProviderSettings> = {}): ProviderAdapter {
  const account = { apiKey: 'a-key', keyName: 'SOME_KEY', options: { region: 'eu-west-1' } };
  return createProvider(settingsOf({ format, baseUrl, ...account, ...more }), { clock: createClock() });
}

async function failureOf(adapter: ProviderAdapter, signal = neverAborted): Promise<unknown> {
  await using asked = adapter;
  return await errorOf(collect(asked.complete(callOf(), signal)));
}

let server: ReplayServer;
let other: ReplayServer;
let proxy: ForwardProxy;
const tls = createServer(selfSigned, (socket) => socket.on('error', () => undefined));
let tlsUrl: string;

beforeAll(async () => {
  [server, other, proxy] = await Promise.all([startReplayServer(), startReplayServer(), startForwardProxy()]);
  tls.on('tlsClientError', () => undefined);
  tls.listen(0, '127.0.0.1');
  await once(tls, 'listening');
  // A server that listens on a port has an address with one.
  tlsUrl = `https://127.0.0.1:${(tls.address() as AddressInfo).port}/v1`;
});
afterAll(async () => {
  tls.close();
  await Promise.all([server, other, proxy].map((each) => each?.[Symbol.asyncDispose]()));
});

describe.each(formats)('format %s', (format) => {
  it('says where the key is set that was refused, and says nothing of the key', async () => {
    server.play({
      pieces: [httpAnswer({ status: 401, headers: { 'content-type': 'application/json' }, body: '{"message":"a-key is wrong"}' })],
      then: 'keep',
    });
    const error = await failureOf(create(format, server.url));
    expect(error).toMatchObject({
      code: 'UPSTREAM_REFUSED',
      details: { reason: 'KEY_REFUSED' },
      message: expect.stringMatching(/: check SOME_KEY\.$/),
    });
    expect(JSON.stringify(error)).not.toContain('a-key');
  });

  it('asks nothing of a private address that it is sent to', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      server.play({ pieces: [httpAnswer({ status, headers: { location: other.url }, body: '' })], then: 'keep' });
      expect(await failureOf(create(format, server.url))).toMatchObject({
        code: 'UPSTREAM_REFUSED',
        message: expect.stringMatching(/redirect/),
      });
    }
    expect(other.connections).toBe(0);
  });

  it('says that a certificate is not trusted', async () => {
    const error = await failureOf(create(format, tlsUrl));
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: expect.stringMatching(/TLS certificate was not accepted/) });
  });

  it('says that a server speaks no TLS', async () => {
    const error = await failureOf(create(format, proxy.url.replace('http:', 'https:')));
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: 'Upstream could not be reached: the TLS handshake failed.' });
  });

  it('gives up an answer in one line of 11 MB, and its connection', async () => {
    const line = Buffer.concat([Buffer.from('data: {"a":"'), Buffer.alloc(11_000_000, 'x'), Buffer.from('"}\n\n')]);
    const type = format === 'ollama' ? 'application/x-ndjson' : 'text/event-stream';
    server.play({ pieces: [chunkedHead(type), httpChunk(line)], then: 'hold' });
    expect(await failureOf(create(format, server.url))).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    await server.left();
  });

  it('goes through a proxy, which is asked for the address', async () => {
    server.play({ pieces: [httpAnswer({ status: 503, headers: { 'content-type': 'application/json' }, body: '{}' })], then: 'keep' });
    const before = proxy.asked.length;
    const error = await failureOf(create(format, server.url, { proxyUrl: proxy.url }));
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(proxy.asked.slice(before)).toEqual([expect.stringMatching(`^POST ${new URL(server.url).origin}/`)]);
  });

  it('goes to TLS by a tunnel, of which the proxy sees nothing', async () => {
    const before = proxy.asked.length;
    const error = await failureOf(create(format, tlsUrl, { proxyUrl: proxy.url }));
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: expect.stringMatching(/TLS certificate was not accepted/) });
    expect(proxy.asked.slice(before)).toEqual([`CONNECT ${new URL(tlsUrl).host}`]);
  });

  it('leaves both sides of a proxy when its reader leaves', async () => {
    server.play({ pieces: [chunkedHead('text/event-stream')], then: 'hold' });
    const abort = new AbortController();
    await using adapter = create(format, server.url, { proxyUrl: proxy.url });
    const asked = server.asked();
    const outcome = errorOf(collect(adapter.complete(callOf(), abort.signal)));
    await asked;
    abort.abort(new Error('gone'));
    expect(await outcome).toBe(abort.signal.reason);
    await Promise.all([proxy.left(), server.left()]);
  });

  it('names the provider, and no address, where the proxy is dead', async () => {
    const port = await freePort();
    const error = await failureOf(create(format, 'http://nobody.invalid/v1', { proxyUrl: `http://127.0.0.1:${port}` }));
    expect(error).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringMatching(/^Upstream /),
      details: { provider: 'upstream' },
    });
    expect(JSON.stringify(error)).not.toMatch(/127\.0\.0\.1|nobody\.invalid/);
  });
});

it('says that a server lets it wait for a connection', async () => {
  const error = await failureOf(create('openai-chat', server.url.replace('http:', 'https:'), { connectTimeoutMs: 50 }));
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: expect.stringMatching(/the connection timed out/) });
});
