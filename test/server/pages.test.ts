import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { openWorld } from './serverWorld.ts';

const script = `console.log('${'playground '.repeat(400)}');`;
let folder: TemporaryFolder;
let dist: string;

beforeEach(() => {
  folder = temporaryFolder();
  dist = join(folder.path, 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(folder.path, 'secret.txt'), 'secret');
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Playground</title>');
  writeFileSync(join(dist, 'csp.json'), JSON.stringify({ 'default-src': ["'none'"], 'script-src': ["'self'", 'data:'] }));
  writeFileSync(join(dist, 'assets', 'main-AbCd.js'), script);
});
afterEach(() => folder.remove());

const openPlayground = () => openWorld({ options: { playgroundFolder: dist } });

test('the page is served under its policy and never stored', async () => {
  await using world = await openPlayground();
  for (const path of ['/playground', '/playground/', '/playground?tab=1']) {
    const response = await fetch(`${world.server.url}${path}`);
    expect(response.status, path).toBe(200);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; script-src 'self' data:");
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await response.text()).toContain('<title>Playground</title>');
  }
});

test.each(['br', 'gzip', null])('an asset is kept for ever and sent as %s', async (encoding) => {
  await using world = await openPlayground();
  const response = await fetch(`${world.server.url}/playground/assets/main-AbCd.js`, {
    headers: { 'accept-encoding': encoding ?? 'identity' },
  });
  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(await response.text()).toBe(script);
});

test.each([
  '/playground/../secret.txt',
  '/playground/..%2fsecret.txt',
  '/playground/%2e%2e/secret.txt',
  '/playground/assets/../../secret.txt',
  '/playground//etc/passwd',
])('%s leads nowhere', async (path) => {
  await using world = await openPlayground();
  expect(await statusOf(world.server.port, path)).toBe(404);
});

/** fetch would tidy the path up before it asks. */
function statusOf(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

test('a Playground that was not built says so', async () => {
  await using world = await openWorld();
  const response = await fetch(`${world.server.url}/playground`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('npm run playground');
});

test('people are sent to the Playground, programs are told what there is', async () => {
  await using world = await openPlayground();
  const person = await fetch(world.server.url, { headers: { accept: 'text/html' }, redirect: 'manual' });
  expect([person.status, person.headers.get('location')]).toEqual([302, '/playground']);
  expect(await (await fetch(world.server.url)).json()).toMatchObject({ graph: '/graphql', ready: '/readyz' });
});

test.each([
  [true, 200],
  [false, 503],
])('ready: %s is answered with %i, alive always with 200', async (ready, status) => {
  const checks = { store: { ok: ready, detail: 'PostgreSQL' } };
  await using world = await openWorld({ options: { readiness: async () => ({ ready, checks }) } });
  const response = await fetch(`${world.server.url}/readyz`);
  expect(response.status).toBe(status);
  expect(await response.json()).toEqual({ ready, checks });
  expect((await fetch(`${world.server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${world.server.url}/healthz`, { method: 'POST' })).status).toBe(405);
});

test('a readiness that fails is an error with a code and no stack', async () => {
  const readiness = async () => {
    throw new Error('secret cause');
  };
  await using world = await openWorld({ options: { readiness } });
  const response = await fetch(`${world.server.url}/readyz`);
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).toContain('INTERNAL');
  expect(text).not.toContain('secret cause');
  expect(world.logged).toHaveLength(1);
});
