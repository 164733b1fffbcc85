import { request } from 'node:http';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ServerSettings } from '../../src/server/settings.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { nonZero, restingVitals } from '../support/metricsPage.ts';
import { adminHeader, openStreamWorld, openWorld } from './serverWorld.ts';

const page = { contentType: 'text/plain; version=0.0.4', text: 'up 1\n' };

const openMetrics = (settings: Partial<ServerSettings> = {}) =>
  openWorld({ settings: { trustedProxies: ['127.0.0.0/8'], ...settings }, options: { metrics: async () => page } });

interface Answered {
  readonly status: number | undefined;
  readonly text: string;
}

async function read(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> {
  const response = await fetch(`${url}/metrics`, { headers, method });
  return { status: response.status, text: await response.text() };
}

test('the metrics are read on this machine without a key, and are not stored', async () => {
  await using world = await openMetrics();
  const response = await fetch(`${world.server.url}/metrics`);
  expect([response.status, await response.text()]).toEqual([200, page.text]);
  expect(response.headers.get('content-type')).toBe(page.contentType);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await read(world.server.url, {}, 'HEAD')).toEqual({ status: 200, text: '' });
});

test.each([
  ['x-forwarded-for', '203.0.113.7'],
  // Whoever writes this himself says only that somebody stands between.
  ['x-forwarded-for', '127.0.0.1'],
  ['x-forwarded-for', ''],
  ['forwarded', 'for=127.0.0.1'],
  ['x-real-ip', '127.0.0.1'],
  ['via', '1.1 proxy'],
])('what a proxy passes on with %s: %s needs a key', async (name, value) => {
  await using world = await openMetrics();
  const { url, port } = world.server;
  expect(await statusOf(port, { [name]: value })).toBe(401);
  expect(await statusOf(port, { [name]: value, authorization: adminHeader })).toBe(200);
  const reader = await read(url, { [name]: value, authorization: 'Bearer mg_live_reader' });
  expect(reader).toMatchObject({ status: 403, text: expect.stringContaining('METRICS_READ') });
  expect(await read(url, { [name]: value, authorization: 'Bearer mg_live_nobody' })).toMatchObject({ status: 401 });
  expect(reader.text).not.toContain(page.text);
});

/** fetch would leave out a header without a value. */
function statusOf(port: number, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/metrics', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

test('a key with METRICS_READ alone reads them from elsewhere', async () => {
  await using world = await openMetrics();
  const headers = { 'x-forwarded-for': '203.0.113.7', authorization: 'Bearer mg_live_collector' };
  expect(await read(world.server.url, headers)).toEqual({ status: 200, text: page.text });
});

test('open, anybody reads them; off, there are none', async () => {
  const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
  await using open = await openMetrics({ metrics: 'open' });
  expect(await read(open.server.url, elsewhere)).toMatchObject({ status: 200 });
  await using off = await openMetrics({ metrics: 'off' });
  expect(await read(off.server.url)).toMatchObject({ status: 404 });
});

test('the page is only read, and by no foreign web page', async () => {
  await using world = await openMetrics();
  const posted = await fetch(`${world.server.url}/metrics`, { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  const foreign = await fetch(`${world.server.url}/metrics`, { headers: { origin: 'https://elsewhere.example' } });
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
});

test('a page that cannot be made is an error with a code and no cause', async () => {
  const metrics = () => Promise.reject(new Error('secret cause'));
  await using world = await openWorld({ options: { metrics } });
  const { status, text } = await read(world.server.url);
  expect(status).toBe(500);
  expect(text).toContain('INTERNAL');
  expect(text).not.toContain('secret cause');
});

test('open sockets and subscriptions are counted, on both transports, until they close', async () => {
  const { telemetry, read: readPage } = createMetrics({ version: '1' });
  const open = async () => nonZero((await readPage(restingVitals)).text, 'modelgraph_');
  await using world = await openStreamWorld({ options: { telemetry } });
  const query =
    'subscription { completionStream(input: { model: "sandbox/chat", messages: [{ role: USER, content: "Hi" }] }) { __typename } }';
  const leaving = new AbortController();
  const stream = await fetch(world.url, {
    method: 'POST',
    signal: leaving.signal,
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: adminHeader },
    body: JSON.stringify({ query }),
  });
  const client = createClient({ url: world.socketUrl, webSocketImpl: WebSocket, connectionParams: { Authorization: adminHeader } });
  const events = client.iterate({ query });
  void events.next();
  const both = { modelgraph_websockets: 1, 'modelgraph_subscriptions WEBSOCKET': 1, 'modelgraph_subscriptions EVENT_STREAM': 1 };
  await expect.poll(open).toMatchObject(both);
  leaving.abort();
  await stream.text().catch(() => undefined);
  await client.dispose();
  for (const name of Object.keys(both)) await expect.poll(open).not.toHaveProperty([name]);
});
